/** What can be said of a message's text without looking at the page. */

const ADDRESS = /https?:\/\/[^\s<>"'，。！？；：、（）【】《》]+/g;
const PICTURE = '\\p{Extended_Pictographic}(?:\\uFE0F|\\p{Emoji_Modifier})?';
const EMOJI = `(?:${PICTURE}(?:\\u200D${PICTURE})*|\\p{Regional_Indicator}{2})`;
const FEW_EMOJI = new RegExp(`^(?:${EMOJI}\\s*){1,3}$`, 'u');

/** The text in parts, in order: `{text, isLink}`. */
export function splitLinks(text) {
  const parts = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = withoutSentence(found);
    parts.push({ text: text.slice(end, index), isLink: false }, { text: address, isLink: true });
    end = index + address.length;
  }
  parts.push({ text: text.slice(end), isLink: false });
  return parts.filter((part) => part.text !== '');
}

/** Up to three emoji and nothing else: they are shown large. */
export function isFewEmoji(text) {
  return FEW_EMOJI.test(text);
}

/** Without what ends the sentence around the address; a bracket that it opened itself stays. */
function withoutSentence(address) {
  for (;;) {
    const last = address.at(-1);
    const closes = last === ')' && count(address, ')') > count(address, '(');
    if (!closes && !'.,;:!?]'.includes(last)) {
      return address;
    }
    address = address.slice(0, -1);
  }
}

function count(text, letter) {
  return text.split(letter).length - 1;
}
