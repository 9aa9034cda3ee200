import { health, login, register } from './api.js';
import { byId } from './dom.js';
import { errorText, t } from './i18n.js';
import { isUserId } from './im-client.js';

/** The log-in screen: a user id on a demo server, else a username and password. */
export class LoginView {
  #onLogin;
  // Null until the server has said what it asks for.
  #isDemo = null;
  #isRegistration = false;
  #isBusy = false;

  /** @param onLogin called with the session that the server opened */
  constructor(onLogin) {
    this.#onLogin = onLogin;
    byId('login-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    byId('login-mode').addEventListener('click', () => {
      this.#isRegistration = !this.#isRegistration;
      this.#showError('');
      this.#render();
      byId('login-user').focus();
    });
    byId('login-retry').addEventListener('click', () => this.#askServer());
  }

  /** @param notice why the user has to log in, or an empty text */
  async show(notice = '') {
    byId('login-notice').textContent = notice;
    byId('login-notice').hidden = notice === '';
    byId('login-password').value = '';
    byId('login').hidden = false;
    await this.#askServer();
  }

  hide() {
    byId('login').hidden = true;
  }

  async #askServer() {
    byId('login-form').hidden = this.#isDemo === null;
    byId('login-retry').hidden = true;
    this.#showError('');
    try {
      this.#isDemo = (await health()).demo_login;
    } catch {
      byId('login-notice').textContent = t('login.unreachable');
      byId('login-notice').hidden = false;
      byId('login-retry').hidden = false;
      return;
    }
    if (byId('login-notice').textContent === t('login.unreachable')) {
      byId('login-notice').hidden = true;
    }
    byId('login-form').hidden = false;
    this.#render();
    byId('login-user').focus();
  }

  #render() {
    const register = this.#isRegistration;
    byId('login-user-label').textContent = t(this.#isDemo ? 'login.user' : 'login.username');
    byId('login-hint').hidden = !this.#isDemo;
    byId('login-password-field').hidden = this.#isDemo;
    byId('login-password').autocomplete = register ? 'new-password' : 'current-password';
    byId('login-submit').textContent = t(register ? 'login.register' : 'login.submit');
    byId('login-mode').textContent = t(register ? 'login.toLogin' : 'login.toRegister');
    byId('login-mode').hidden = this.#isDemo;
  }

  async #submit() {
    const name = byId('login-user').value.trim();
    const password = byId('login-password').value;
    if (!isUserId(name)) {
      this.#showError(t('login.badId'), 'login-user');
      return;
    }
    if (!this.#isDemo && password === '') {
      this.#showError(t('login.noPassword'), 'login-password');
      return;
    }
    if (this.#isRegistration && !isPassword(password)) {
      this.#showError(t('login.badPassword'), 'login-password');
      return;
    }
    if (this.#isBusy) {
      return;
    }
    this.#isBusy = true;
    byId('login-submit').setAttribute('aria-busy', 'true');
    try {
      this.#onLogin(await this.#logIn(name, password));
    } catch (error) {
      const text = error.reason === 'unreachable' ? t('login.unreachable') : errorText(error);
      this.#showError(text, 'login-user');
    } finally {
      this.#isBusy = false;
      byId('login-submit').removeAttribute('aria-busy');
    }
  }

  async #logIn(name, password) {
    if (this.#isDemo) {
      return { ...(await login({ user_id: name })), is_demo: true };
    }
    const credentials = { username: name, password };
    if (this.#isRegistration) {
      await register(credentials);
      this.#isRegistration = false;
    }
    return login(credentials);
  }

  #showError(text, fieldId) {
    byId('login-error').textContent = text;
    byId('login-user').setAttribute('aria-invalid', fieldId === 'login-user');
    byId('login-password').setAttribute('aria-invalid', fieldId === 'login-password');
    if (fieldId) {
      byId(fieldId).focus();
    }
  }
}

/** What the server takes for a new account. */
function isPassword(text) {
  return [...text].length >= 8 && new TextEncoder().encode(text).length <= 72;
}
