import { t } from './i18n.js';

const LINK = /https?:\/\/[^\s<>"'，。！？；、（）]+/g;
/** What ends a sentence rather than an address. */
const TRAILING = /[.,;:!?)\]]+$/;

/** What one line shows of a message: its text, or its kind. */
export function previewOf({ revoked, content_type, content }) {
  if (revoked) {
    return t('message.revoked');
  }
  if (typeof content.text === 'string') {
    return content.text;
  }
  return `[${t(`message.${content_type >= 2 && content_type <= 8 ? content_type : 8}`)}]`;
}

/** The name of a conversation: ids are all that the engine knows of people. */
export function nameOf({ peer_id, group_id }) {
  return peer_id ?? group_id;
}

/** A text as nodes, addresses as links. */
export function withLinks(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const address = match[0].replace(TRAILING, '');
    const link = document.createElement('a');
    link.href = address;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    link.textContent = address;
    nodes.push(text.slice(end, match.index), link);
    end = match.index + address.length;
  }
  nodes.push(text.slice(end));
  return nodes;
}
