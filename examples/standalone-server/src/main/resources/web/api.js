import { ImError } from './im-client.js';

/** The part of the server's HTTP API that comes before there is a session. */

/** `{status, demo_login}` */
export function health() {
  return call('GET', '/api/health');
}

/** `{token, websocket_url, expires_at, user_id}` */
export function login(credentials) {
  return call('POST', '/api/login', credentials);
}

/** Makes an account; it does not log in. */
export function register(credentials) {
  return call('POST', '/api/register', credentials);
}

async function call(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body && { 'Content-Type': 'application/json' },
      body: body && JSON.stringify(body),
    });
  } catch (error) {
    throw new ImError({ reason: 'unreachable', message: error.message });
  }
  const text = await response.text();
  const answer = parse(text);
  if (answer === null) {
    throw new ImError({ code: response.status * 100, reason: 'unreachable', message: text });
  }
  if (!response.ok) {
    const { code, error, message } = answer;
    throw new ImError({ code, reason: error, message });
  }
  return answer.data ?? answer;
}

/** The object in this text, or null: a proxy answers with pages of its own. */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
