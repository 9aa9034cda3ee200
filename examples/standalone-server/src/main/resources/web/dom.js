const SVG = 'http://www.w3.org/2000/svg';

export function byId(id) {
  return document.getElementById(id);
}

/** An element with these properties, or attributes, and children; text stays text. */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'dataset') {
      Object.assign(node.dataset, value);
    } else if (name in node) {
      node[name] = value;
    } else {
      node.setAttribute(name, value);
    }
  }
  node.append(...children);
  return node;
}

/** An icon of the sprite in index.html; with a label it says something, without it decorates. */
export function icon(name, label) {
  const svg = document.createElementNS(SVG, 'svg');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#icon-${name}`);
  svg.setAttribute('class', `icon icon-${name}`);
  svg.append(use);
  if (label) {
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', label);
  } else {
    svg.setAttribute('aria-hidden', 'true');
  }
  return svg;
}

/** Changes a text only when it differs: a screen reader would read it again. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/**
 * Keeps the children of an element equal to a list of items. A child is made once per key, changed
 * when its item's `version` changes, and moved only when the order demands it, so that focus and
 * selection hold.
 */
export class KeyedChildren {
  #parent;
  #create;
  #fill;
  #children = new Map();

  /**
   * @param create makes the element for an item
   * @param fill writes an item into its element
   */
  constructor(parent, create, fill) {
    this.#parent = parent;
    this.#create = create;
    this.#fill = fill;
  }

  get(key) {
    return this.#children.get(key)?.node;
  }

  /** @param items each with a `key` and a `version`, both strings */
  show(items) {
    const held = this.#parent.contains(document.activeElement) ? document.activeElement : null;
    const keys = new Set(items.map(({ key }) => key));
    for (const [key, { node }] of this.#children) {
      if (!keys.has(key)) {
        node.remove();
        this.#children.delete(key);
      }
    }
    let next = this.#parent.firstChild;
    for (const item of items) {
      const node = this.#upToDate(item);
      if (node === next) {
        next = next.nextSibling;
      } else {
        this.#parent.insertBefore(node, next);
      }
    }
    if (held !== null && !this.#parent.contains(document.activeElement)) {
      this.#heirOf(held)?.focus({ preventScroll: true });
    }
  }

  /** What had the focus was moved, or it is gone: then what holds the list, or the rest of it. */
  #heirOf(held) {
    if (held.isConnected) {
      return held;
    }
    return this.#parent.closest('[tabindex]') ?? this.#parent.querySelector('button');
  }

  #upToDate(item) {
    let child = this.#children.get(item.key);
    if (!child) {
      child = { node: this.#create(item) };
      this.#children.set(item.key, child);
    }
    if (child.version !== item.version) {
      child.version = item.version;
      keepFocus(child.node, () => this.#fill(child.node, item));
    }
    return child.node;
  }
}

/** Writes an element anew. What had the focus in it gives it to what stands in its place. */
export function keepFocus(node, write) {
  const held = node.contains(document.activeElement) ? document.activeElement : null;
  write();
  if (held !== null && !held.isConnected) {
    const isLike = (one) => JSON.stringify(one.dataset) === JSON.stringify(held.dataset);
    const all = [...node.querySelectorAll('button, input')];
    (all.find(isLike) ?? all[0])?.focus({ preventScroll: true });
  }
}

/** A function that runs the action soon, once for all calls until then; also in a hidden page. */
export function coalesced(action) {
  let timer = null;
  return () => {
    timer ??= setTimeout(() => {
      timer = null;
      action();
    }, 0);
  };
}

/**
 * Initials and a colour that stay the same for the same id.
 *
 * @param who `{id, name, isGroup}`; the name is the id where there is none
 */
export function paintAvatar(avatar, { id, name = id, isGroup = false }, text = avatar) {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters = words.length > 1 ? words.slice(0, 2) : [words[0] ?? name];
  setText(text, letters.map((word) => [...word][0]).join('').toUpperCase());
  let hash = 0;
  for (const char of id) {
    hash = (hash * 31 + char.charCodeAt(0)) >>> 0;
  }
  // Steps by the golden angle: ids that differ little get colours that differ much.
  avatar.style.setProperty('--hue', Math.round((hash % 1_000) * 137.508) % 360);
  avatar.classList.toggle('of-group', isGroup);
}
