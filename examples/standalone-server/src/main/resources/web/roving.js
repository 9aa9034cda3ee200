/**
 * Makes the buttons in a long list one stop of the Tab key. From there the arrow keys lead to the
 * others, so that nobody has to pass them all. Each is made with a `tabIndex` of -1.
 */
export class RovingButtons {
  #list;
  #selector;
  #stopOf;
  #stop = null;

  /** @param stopOf gives the stop among all buttons, in their order */
  constructor(list, selector, stopOf) {
    this.#list = list;
    this.#selector = selector;
    this.#stopOf = stopOf;
    list.onkeydown = (event) => this.#pressed(event);
  }

  /** The list has changed. */
  update() {
    const stop = this.#stopOf(this.#all()) ?? null;
    if (stop !== this.#stop) {
      this.#stop?.setAttribute('tabindex', -1);
      stop?.setAttribute('tabindex', 0);
      this.#stop = stop;
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
