/** What can be said of reactions without looking at the page. */

const SELECTORS = /[\uFE0E\uFE0F]/g;
/** A character that is text unless a selector, or a colour of the skin, behind it makes it a picture. */
const TEXT_BY_DEFAULT = /(?!\p{Emoji_Presentation})\p{Emoji}(?!\p{Emoji_Modifier})/gu;

/** The same emoji with the selectors that make it a picture everywhere: one of its spellings. */
export function qualified(emoji) {
  return emoji.replace(SELECTORS, '').replace(TEXT_BY_DEFAULT, '$&\uFE0F');
}

/**
 * The reactions to a message, `{emoji: [user ids]}`, as one shows them: `{emoji, userIds}`. What
 * differs in its spelling only is one.
 */
export function shownReactions(reactions) {
  const shown = new Map();
  for (const [emoji, users] of Object.entries(reactions)) {
    const key = qualified(emoji);
    shown.set(key, [...new Set([...(shown.get(key) ?? []), ...users])]);
  }
  return [...shown].map(([emoji, userIds]) => ({ emoji, userIds }));
}

/** The spellings of this emoji with which the user has reacted. */
export function spellingsOf(emoji, reactions, userId) {
  const all = Object.keys(reactions).filter((each) => qualified(each) === qualified(emoji));
  return all.filter((each) => reactions[each].includes(userId));
}
