import { conversationInAddress } from './address.js';
import { login } from './api.js';
import { Blocked } from './blocked.js';
import { confirm } from './dialogs.js';
import { byId, coalesced, paintAvatar, setText } from './dom.js';
import { Drafts } from './drafts.js';
import { plural, t, translatePage } from './i18n.js';
import { ImClient } from './im-client.js';
import { JoinRequests } from './join-requests.js';
import { openNewChat } from './new-chat.js';
import { notice } from './notice.js';
import { tabStorage } from './tab-storage.js';
import { BannerView } from './view-banner.js';
import { ChatView } from './view-chat.js';
import { ListView } from './view-list.js';
import { LoginView } from './view-login.js';
import { Panel } from './view-panel.js';

/** In the tab's own storage: a reload stays logged in, and two tabs can be two users. */
const SESSION = 'embedim:session';
const DEVICE = 'embedim:device';
/** Entries of each conversation that the first sync brings; more come when they are looked at. */
const FIRST_PAGE = 50;
/** What the client tells of that changes what is on the screen. */
const RENDERED = ['conversation', 'presence', 'typing', 'synced', 'group', 'readers'];
/** "Five minutes ago" does not stay true. */
const CLOCK_MS = 30_000;
const LOGGED_OUT_BY = new Map([
  ['unauthenticated', 'login.ended'],
  ['banned', 'login.banned'],
  ['wrong_user', 'login.wrongUser'],
]);

/** One user's stay, from the log-in to the log-out. */
class Stay {
  #client;
  #drafts;
  #list;
  #chat;
  #banner;
  #panel = new Panel();
  #render = coalesced(() => this.#renderNow());
  #requests;
  #blocked;
  #ended = new AbortController();
  #onEnd;

  /** @param onEnd called with the notice for the log-in screen when the stay has ended */
  constructor(session, onEnd) {
    this.#onEnd = onEnd;
    this.#client = new ImClient({
      url: webSocketUrl(session.websocket_url),
      user_id: session.user_id,
      token: session.token,
      refreshToken: () => freshToken(session),
      authenticate: 'frame',
      device_id: deviceId(),
      sync_limit: FIRST_PAGE,
    });
    if (new URLSearchParams(location.search).get('debug') === '1') {
      window.embedim = { client: this.#client };
    }
    this.#drafts = new Drafts(session.user_id);
    this.#list = new ListView(
      this.#client,
      this.#drafts,
      (id) => this.#go(id),
      (button, id) => this.#chat.openMenu(button, id),
    );
    this.#requests = new JoinRequests(this.#client, this.#render);
    this.#blocked = new Blocked(this.#client, this.#render);
    const parts = {
      ...{ drafts: this.#drafts, panel: this.#panel },
      ...{ requests: this.#requests, blocked: this.#blocked },
    };
    this.#chat = new ChatView(this.#client, parts, (id) => (id ? this.#go(id) : this.#goBack()));
    this.#banner = new BannerView(this.#client);
    setText(byId('me'), session.user_id);
    paintAvatar(byId('me-avatar'), { id: session.user_id });
    byId('app').hidden = false;
    this.#listen();
    this.#follow();
    this.#client.connect();
  }

  #listen() {
    for (const type of RENDERED) {
      this.#client.addEventListener(type, this.#render);
    }
    this.#client.addEventListener('state', ({ detail }) => this.#stateChanged(detail));
    this.#client.addEventListener('synced', () => {
      this.#requests.forget();
      this.#blocked.refresh();
      this.#chat.reconnected();
    });
    this.#client.addEventListener('join_request', ({ detail: { group_id, user_id } }) => {
      const name = this.#client.groups.info(group_id)?.name ?? group_id;
      notice(t('request.heard', { user: user_id, name }));
    });
    const on = (target, type, action) =>
      target.addEventListener(type, action, { signal: this.#ended.signal });
    on(window, 'online', () => this.#client.wake());
    on(window, 'offline', () => this.#client.wake());
    on(window, 'popstate', () => {
      this.#panel.wentBack();
      this.#follow();
    });
    on(document, 'visibilitychange', () => {
      this.#chat.visibilityChanged();
      if (!document.hidden) {
        this.#client.wake();
      }
    });
    on(byId('logout'), 'click', () => this.#logOut());
    for (const id of ['new-chat', 'first-chat']) {
      on(byId(id), 'click', () => openNewChat(this.#client, (chosen) => this.#go(chosen)));
    }
    on(byId('search'), 'click', () => this.#chat.search(null));
    const clock = setInterval(this.#render, CLOCK_MS);
    this.#ended.signal.addEventListener('abort', () => clearInterval(clock));
  }

  #renderNow() {
    if (this.#ended.signal.aborted) {
      return;
    }
    this.#chat.render();
    this.#list.render(this.#chat.openId);
    this.#panel.render();
    this.#banner.refresh();
    const counted = this.#client.conversations().filter(({ muted }) => !muted);
    const n = counted.reduce((sum, { unread_count }) => sum + unread_count, 0);
    document.title = n > 0 ? t('title.unread', { n }) : t('title');
  }

  #stateChanged(change) {
    const notice = LOGGED_OUT_BY.get(change.reason);
    if (notice) {
      this.end(t(notice));
    } else if (change.reason !== 'closed') {
      this.#banner.show(change);
    }
  }

  // Where the user is: the address tells which conversation is open, so that the browser's "back"
  // leads from a conversation to the list.

  #follow() {
    const id = conversationInAddress(location.hash, this.#client.user_id);
    const previous = this.#chat.openId;
    if (id !== null) {
      this.#chat.open(id);
    } else if (previous) {
      this.#chat.close();
    }
    byId('app').classList.toggle('in-chat', this.#chat.openId !== null);
    this.#renderNow();
    if (previous && this.#chat.openId === null) {
      this.#list.focus(previous);
    }
  }

  #go(conversationId) {
    if (conversationId === this.#chat.openId) {
      return;
    }
    const address = `#/${conversationId}`;
    if (this.#panel.leaveEntry()) {
      history.replaceState({ fromList: this.#chat.openId === null }, '', address);
    } else if (this.#chat.openId === null) {
      history.pushState({ fromList: true }, '', address);
    } else {
      history.replaceState(history.state, '', address);
    }
    this.#follow();
  }

  #goBack() {
    if (history.state?.fromList) {
      history.back();
    } else {
      history.replaceState(null, '', '#/');
      this.#follow();
    }
  }

  async #logOut() {
    const waiting = this.#client.queuedCount;
    const question = {
      title: t('logout.title'),
      text: waiting > 0 ? plural('logout.pending', waiting) : '',
      yes: t('logout'),
    };
    if (waiting === 0 || (await confirm(question))) {
      this.#drafts.forget();
      history.replaceState(null, '', '#/');
      this.end('');
    }
  }

  end(notice) {
    if (this.#ended.signal.aborted) {
      return;
    }
    this.#ended.abort();
    this.#client.close();
    this.#chat.destroy();
    this.#panel.close();
    this.#banner.hide();
    byId('app').hidden = true;
    byId('app').classList.remove('in-chat');
    document.title = t('title');
    delete window.embedim;
    this.#onEnd(notice);
  }
}

/** On a demo server a new token costs nothing; elsewhere it takes the password, so there is none. */
async function freshToken({ user_id, is_demo }) {
  if (!is_demo) {
    return null;
  }
  try {
    return (await login({ user_id })).token;
  } catch (error) {
    if (['unreachable', 'unavailable'].includes(error.reason)) {
      throw error;
    }
    return null;
  }
}

/** The server may give an absolute address, or a path on this host. */
function webSocketUrl(given) {
  const url = new URL(given, location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  return url.href;
}

function deviceId() {
  let id = tabStorage.get(DEVICE);
  if (!id) {
    const bytes = crypto.getRandomValues(new Uint8Array(8));
    id = `web-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
    tabStorage.set(DEVICE, id);
  }
  return id;
}

function begin(session) {
  loginView.hide();
  return new Stay(session, (notice) => {
    tabStorage.remove(SESSION);
    loginView.show(notice);
  });
}

const loginView = new LoginView((session) => {
  tabStorage.set(SESSION, session);
  begin(session);
});

translatePage();
const session = tabStorage.get(SESSION);
if (session) {
  begin(session);
} else {
  loginView.show();
}
