import { element } from './dom.js';
import { t } from './i18n.js';

const GAP = 4;

/**
 * Opens a menu at a button. It closes with Escape, with a choice, and with a click elsewhere, and
 * gives the focus back to the button.
 *
 * @param items `{testid, text, action, isDanger, isDisabled}`; those that are falsy are left out
 * @param above nodes that stand above the items, or none
 */
export function openMenu(button, items, above = []) {
  const menu = element(
    'div',
    {
      ...{ className: 'menu-items', popover: 'auto', role: 'menu' },
      ...{ 'aria-label': button.getAttribute('aria-label') ?? t('menu') },
      dataset: { testid: 'menu-items' },
    },
    ...above,
    ...items.filter(Boolean).map(itemOf),
  );
  button.setAttribute('aria-expanded', 'true');
  // Before the choice is acted on: what that opens then gives the focus back to the button too.
  menu.addEventListener('click', ({ target }) => target.closest('button') && menu.hidePopover(), true);
  menu.onkeydown = (event) => moveFocus(menu, event);
  menu.ontoggle = ({ newState }) => {
    if (newState === 'closed') {
      button.setAttribute('aria-expanded', 'false');
      menu.remove();
    }
  };
  document.body.append(menu); // Not beside the button, which may be written anew meanwhile.
  menu.showPopover();
  place(menu, button.getBoundingClientRect());
  buttons(menu)[0]?.focus();
}

function itemOf({ testid, text, action, isDanger, isDisabled }) {
  const className = isDanger ? 'danger' : '';
  return element(
    'button',
    {
      ...{ type: 'button', role: 'menuitem', className, disabled: isDisabled === true },
      dataset: { testid },
      onclick: action,
    },
    text,
  );
}

function buttons(menu) {
  return [...menu.querySelectorAll('button:not(:disabled)')];
}

function moveFocus(menu, event) {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (step) {
    event.preventDefault();
    const all = buttons(menu);
    const next = all.indexOf(document.activeElement) + step;
    all[(next + all.length) % all.length]?.focus();
  }
}

/** Below the button, or above it where there is no room, and always within the window. */
function place(menu, { left, right, top, bottom }) {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const x = left + width <= innerWidth - GAP ? left : right - width;
  const y = bottom + GAP + height <= innerHeight - GAP ? bottom + GAP : top - GAP - height;
  menu.style.left = `${Math.max(GAP, Math.min(x, innerWidth - width - GAP))}px`;
  menu.style.top = `${Math.max(GAP, Math.min(y, innerHeight - height - GAP))}px`;
}
