const MINUTE = 60_000;
const DAY = 86_400_000;

const TEXTS = {
  en: {
    'login.lead': 'Log in to chat.',
    'login.user': 'User id',
    'login.username': 'Username',
    'login.password': 'Password',
    'login.hint': 'This is a demo: any id will do, for example your first name.',
    'login.submit': 'Log in',
    'login.register': 'Create account',
    'login.toRegister': 'New here? Create an account',
    'login.toLogin': 'I have an account',
    'login.badId': 'Use 1 to 64 letters, digits, or _ . @ -',
    'login.noPassword': 'Enter your password.',
    'login.unreachable': 'The server cannot be reached.',
    'login.ended': 'Your session has ended. Please log in again.',
    'login.banned': 'This account may not log in any more.',
    'login.wrongUser': 'The server logged in someone else. Please log in again.',
    'error.username_taken': 'This username is taken.',
    'error.unauthenticated': 'The username or the password is wrong.',
    'error.rate_limited': 'That was too fast. Wait a moment, then try again.',
    'error.unavailable': 'The server is busy. Try again in a moment.',
    'error.internal': 'Something went wrong on the server.',
    'error.blocked': 'This user does not take messages from you.',
    'error.muted': 'You are muted here.',
    'error.not_member': 'You are not a member of this conversation.',
    'error.user_not_found': 'There is no user with this id.',
    'error.conversation_not_found': 'This conversation does not exist.',
    'error.content_too_large': 'This message is too long.',
    'error.connection_lost': 'The server did not take this message.',
    'error.outbox_full': 'Too many messages wait to be sent.',
    'error.disconnected': 'There is no connection.',
    'error.timeout': 'The server did not answer.',
    logout: 'Log out',
    'logout.title': 'Log out?',
    'logout.pending.one': 'One message has not been sent yet. It stays in this browser and leaves the next time you log in.',
    'logout.pending.other': '{n} messages have not been sent yet. They stay in this browser and leave the next time you log in.',
    conversations: 'Conversations',
    'conversations.empty': 'No conversations yet.',
    'newChat.title': 'New chat',
    'newChat.user': 'User id of the other person',
    'newChat.start': 'Start chat',
    'newChat.self': 'That is you. Enter someone else’s id.',
    'chat.none': 'Choose a conversation, or start a new one.',
    cancel: 'Cancel',
    retry: 'Try again',
    discard: 'Delete',
    back: 'Back to conversations',
    menu: 'More',
    'menu.pin': 'Pin',
    'menu.unpin': 'Unpin',
    'menu.mute': 'Mute',
    'menu.unmute': 'Unmute',
    'menu.hide': 'Hide from list',
    'menu.clear': 'Clear history',
    'clear.title': 'Clear history?',
    'clear.text': 'All messages up to now disappear for you. {name} keeps them.',
    'clear.yes': 'Clear',
    pinned: 'Pinned',
    muted: 'Muted',
    messages: 'Messages',
    'message.you': 'You',
    'message.revoked': 'This message was revoked',
    'message.edited': 'edited',
    'message.2': 'Image',
    'message.3': 'Voice message',
    'message.4': 'Video',
    'message.5': 'File',
    'message.6': 'Location',
    'message.7': 'Card',
    'message.8': 'Message of an unknown kind',
    'message.failed': 'Not sent.',
    'state.queued': 'Waiting to be sent',
    'state.sent': 'Sent',
    'state.delivered': 'Delivered',
    'state.read': 'Read',
    'state.failed': 'Not sent',
    draft: 'Draft:',
    unread: 'New messages',
    'unread.one': 'One unread message',
    'unread.other': '{n} unread messages',
    jump: 'Go to the latest message',
    'history.loading': 'Loading older messages…',
    'history.failed': 'Older messages could not be loaded.',
    'history.start': 'This is the beginning of your chat with {name}.',
    'composer.label': 'Message',
    'composer.placeholder': 'Message',
    send: 'Send',
    typing: 'typing',
    'typing.who': '{name} is typing',
    online: 'online',
    offline: 'offline',
    'seen.now': 'last seen just now',
    'seen.ago': 'last seen {when}',
    'seen.at': 'last seen {when}',
    'banner.connecting': 'Connecting…',
    'banner.waiting': 'No connection. Trying again…',
    'banner.offline': 'You are offline.',
    'banner.queued.one': 'One message is waiting.',
    'banner.queued.other': '{n} messages are waiting.',
    'banner.now': 'Try now',
    'banner.replaced': 'You are logged in somewhere else.',
    'banner.useHere': 'Use here',
    title: 'EmbedIM',
    'title.unread': '({n}) EmbedIM',
  },
  zh: {
    'login.lead': '登录后即可开始聊天。',
    'login.user': '用户 ID',
    'login.username': '用户名',
    'login.password': '密码',
    'login.hint': '这是演示环境：可以使用任意 ID，例如你的英文名。',
    'login.submit': '登录',
    'login.register': '注册',
    'login.toRegister': '还没有账号？立即注册',
    'login.toLogin': '已有账号，去登录',
    'login.badId': '请输入 1–64 个字母、数字或 _ . @ -',
    'login.noPassword': '请输入密码。',
    'login.unreachable': '无法连接服务器。',
    'login.ended': '登录已失效，请重新登录。',
    'login.banned': '该账号已被禁止登录。',
    'login.wrongUser': '登录的用户不一致，请重新登录。',
    'error.username_taken': '该用户名已被使用。',
    'error.unauthenticated': '用户名或密码错误。',
    'error.rate_limited': '操作太频繁，请稍后再试。',
    'error.unavailable': '服务器繁忙，请稍后再试。',
    'error.internal': '服务器出错了。',
    'error.blocked': '对方拒收你的消息。',
    'error.muted': '你已被禁言。',
    'error.not_member': '你不是该会话的成员。',
    'error.user_not_found': '该用户不存在。',
    'error.conversation_not_found': '该会话不存在。',
    'error.content_too_large': '消息太长了。',
    'error.connection_lost': '服务器未接收这条消息。',
    'error.outbox_full': '待发送的消息太多。',
    'error.disconnected': '网络未连接。',
    'error.timeout': '服务器没有响应。',
    logout: '退出登录',
    'logout.title': '确定退出登录？',
    'logout.pending.one': '还有 1 条消息未发送。它会保存在此浏览器中，下次登录后自动发送。',
    'logout.pending.other': '还有 {n} 条消息未发送。它们会保存在此浏览器中，下次登录后自动发送。',
    conversations: '会话列表',
    'conversations.empty': '还没有会话。',
    'newChat.title': '发起聊天',
    'newChat.user': '对方的用户 ID',
    'newChat.start': '开始聊天',
    'newChat.self': '这是你自己，请输入其他人的 ID。',
    'chat.none': '选择一个会话，或发起新的聊天。',
    cancel: '取消',
    retry: '重试',
    discard: '删除',
    back: '返回会话列表',
    menu: '更多',
    'menu.pin': '置顶',
    'menu.unpin': '取消置顶',
    'menu.mute': '消息免打扰',
    'menu.unmute': '取消免打扰',
    'menu.hide': '不显示该会话',
    'menu.clear': '清空聊天记录',
    'clear.title': '清空聊天记录？',
    'clear.text': '你将看不到此前的所有消息，{name} 仍会保留。',
    'clear.yes': '清空',
    pinned: '已置顶',
    muted: '免打扰',
    messages: '消息',
    'message.you': '我',
    'message.revoked': '消息已撤回',
    'message.edited': '已编辑',
    'message.2': '图片',
    'message.3': '语音',
    'message.4': '视频',
    'message.5': '文件',
    'message.6': '位置',
    'message.7': '名片',
    'message.8': '未知类型的消息',
    'message.failed': '发送失败。',
    'state.queued': '等待发送',
    'state.sent': '已发送',
    'state.delivered': '已送达',
    'state.read': '已读',
    'state.failed': '发送失败',
    draft: '草稿：',
    unread: '以下是新消息',
    'unread.one': '1 条未读消息',
    'unread.other': '{n} 条未读消息',
    jump: '回到最新消息',
    'history.loading': '正在加载更早的消息…',
    'history.failed': '无法加载更早的消息。',
    'history.start': '你和 {name} 的聊天从这里开始。',
    'composer.label': '消息',
    'composer.placeholder': '输入消息',
    send: '发送',
    typing: '正在输入',
    'typing.who': '{name} 正在输入',
    online: '在线',
    offline: '离线',
    'seen.now': '刚刚在线',
    'seen.ago': '{when}在线',
    'seen.at': '{when} 在线',
    'banner.connecting': '正在连接…',
    'banner.waiting': '连接已断开，正在重试…',
    'banner.offline': '当前处于离线状态。',
    'banner.queued.one': '1 条消息待发送。',
    'banner.queued.other': '{n} 条消息待发送。',
    'banner.now': '立即重试',
    'banner.replaced': '你已在其他地方登录。',
    'banner.useHere': '在此处使用',
    title: 'EmbedIM',
    'title.unread': '({n}) EmbedIM',
  },
};

const wished = [new URLSearchParams(location.search).get('lang'), ...navigator.languages];
const language = wished.filter(Boolean).map((tag) => tag.slice(0, 2).toLowerCase());

/** `en` or `zh`: the first of what the address and the browser wish for, else English. */
export const lang = language.find((candidate) => candidate in TEXTS) ?? 'en';

// The region decides how a time is written: 2:05 PM or 14:05.
const region = wished.find((tag) => tag?.toLowerCase().startsWith(`${lang}-`));
const locale = region ?? (lang === 'zh' ? 'zh-CN' : 'en');

const format = (options) => new Intl.DateTimeFormat(locale, options);
const TIME = format({ hour: 'numeric', minute: '2-digit' });
const DATE_AND_TIME = format({ dateStyle: 'full', timeStyle: 'short' });
const WEEKDAY = format({ weekday: 'short' });
const LONG_DAY = format({ weekday: 'long', month: 'long', day: 'numeric' });
const LONG_DAY_OF_YEAR = format({ year: 'numeric', month: 'long', day: 'numeric' });
const SHORT_DAY = format({ month: 'short', day: 'numeric' });
const SHORT_DAY_OF_YEAR = format({ year: 'numeric', month: 'numeric', day: 'numeric' });
const RELATIVE = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

/** The text of this key, with `{name}` replaced by `values.name`. */
export function t(key, values = {}) {
  return TEXTS[lang][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** The `.one` or `.other` form of this key. */
export function plural(key, n) {
  return t(`${key}.${n === 1 ? 'one' : 'other'}`, { n });
}

/** What to tell the user about an error of the server or of the client. */
export function errorText({ reason, message }) {
  return TEXTS[lang][`error.${reason}`] ?? message;
}

export function time(millis) {
  return TIME.format(millis);
}

export function dateAndTime(millis) {
  return DATE_AND_TIME.format(millis);
}

/** A day above its messages: today, yesterday, a weekday with its date, or a date with its year. */
export function day(millis) {
  const age = daysAgo(millis);
  if (age >= 0 && age <= 1) {
    return capitalised(RELATIVE.format(-age, 'day'));
  }
  return (isThisYear(millis) ? LONG_DAY : LONG_DAY_OF_YEAR).format(millis);
}

/** The time of a conversation in the list, as short as it can be understood. */
export function shortTime(millis) {
  const age = daysAgo(millis);
  if (age <= 0) {
    return time(millis);
  }
  if (age === 1) {
    return capitalised(RELATIVE.format(-1, 'day'));
  }
  if (age < 7) {
    return WEEKDAY.format(millis);
  }
  return (isThisYear(millis) ? SHORT_DAY : SHORT_DAY_OF_YEAR).format(millis);
}

/** When someone was last there. */
export function lastSeen(millis) {
  const minutes = Math.floor((Date.now() - millis) / MINUTE);
  if (minutes < 1) {
    return t('seen.now');
  }
  if (minutes < 60) {
    return t('seen.ago', { when: RELATIVE.format(-minutes, 'minute') });
  }
  const when = daysAgo(millis) === 0 ? time(millis) : `${day(millis)} ${time(millis)}`;
  return t('seen.at', { when: lang === 'en' ? when.replace(/^(Today|Yesterday)/, lower) : when });
}

/** Names a calendar day, the same for all of its moments. */
export function dayKey(millis) {
  return new Date(millis).toDateString();
}

/** Writes the texts into the page's fixed parts. */
export function translatePage() {
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  for (const node of document.querySelectorAll('[data-i18n]')) {
    node.textContent = t(node.dataset.i18n);
  }
  for (const node of document.querySelectorAll('[data-i18n-label]')) {
    const label = t(node.dataset.i18nLabel);
    node.setAttribute('aria-label', label);
    if (node.tagName === 'BUTTON') {
      node.title = label;
    }
  }
  for (const node of document.querySelectorAll('[data-i18n-placeholder]')) {
    node.placeholder = t(node.dataset.i18nPlaceholder);
  }
}

function daysAgo(millis) {
  const midnight = (date) => new Date(date).setHours(0, 0, 0, 0);
  return Math.round((midnight(Date.now()) - midnight(millis)) / DAY);
}

function isThisYear(millis) {
  return new Date(millis).getFullYear() === new Date().getFullYear();
}

function capitalised(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lower(text) {
  return text.toLowerCase();
}
