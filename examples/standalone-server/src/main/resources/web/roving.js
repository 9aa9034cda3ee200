/**
 * Makes the buttons in a long list one stop of the Tab key: the last one. From there the arrow keys
 * lead to the others, so that nobody has to pass them all.
 */
export class RovingButtons {
  #list;
  #selector;
  #stop = null;

  constructor(list, selector) {
    this.#list = list;
    this.#selector = selector;
    list.onkeydown = (event) => this.#pressed(event);
  }

  /** The list has changed. */
  update() {
    const last = this.#all().at(-1) ?? null;
    if (last !== this.#stop) {
      this.#stop?.setAttribute('tabindex', -1);
      last?.setAttribute('tabindex', 0);
      this.#stop = last;
    }
  }

  #pressed(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step && event.target.matches(this.#selector)) {
      event.preventDefault();
      const all = this.#all();
      all[all.indexOf(event.target) + step]?.focus();
    }
  }

  #all() {
    return [...this.#list.querySelectorAll(this.#selector)];
  }
}
