/** What can be said of a message's text without looking at the page. */

const ADDRESS = /https?:\/\/[^\s<>"'，。！？；：、（）【】《》]+/g;
const NAME = /(?<![A-Za-z0-9_.@-])@([A-Za-z0-9_.@-]+|[^\s@，。！？；：、,!?;:]+)/gu;
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

/**
 * The text in parts, in order: `{text, isLink}` or `{text, mentions}`, the id of a user whom the
 * message mentions, or `*`.
 *
 * @param mentions the ids that the message mentions
 * @param everybody what `*` is called in the text
 */
export function splitText(text, mentions, everybody) {
  return splitLinks(text).flatMap((part) =>
    part.isLink ? [part] : splitMentions(part.text, new Set(mentions), everybody),
  );
}

/** The members whom this text mentions by their ids, and `*` where it calls for everybody. */
export function mentionsIn(text, memberIds, everybody) {
  const known = new Set([...memberIds, ...(everybody.length > 0 ? ['*'] : [])]);
  const parts = splitText(text, known, everybody);
  return [...new Set(parts.flatMap(({ mentions }) => mentions ?? []))];
}

function splitMentions(text, mentions, everybody) {
  const parts = [];
  let end = 0;
  for (const { 1: name, index } of text.matchAll(NAME)) {
    const id = mentioned(name, mentions, everybody);
    if (id !== undefined) {
      const length = 1 + (id === '*' ? name : id).length;
      parts.push({ text: text.slice(end, index) });
      parts.push({ text: text.slice(index, index + length), mentions: id });
      end = index + length;
    }
  }
  parts.push({ text: text.slice(end) });
  return parts.filter((part) => part.text !== '');
}

/** Who is meant: what ends the sentence behind the name is not part of it. */
function mentioned(name, mentions, everybody) {
  for (let id = name; id !== ''; id = id.slice(0, -1)) {
    if (mentions.has(id)) {
      return id;
    }
    if (!'.-@_'.includes(id.at(-1))) {
      break;
    }
  }
  return mentions.has('*') && everybody.includes(name) ? '*' : undefined;
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
