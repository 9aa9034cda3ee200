import { EN } from './texts-en.js';
import { ZH } from './texts-zh.js';

/** Everything that the page says, by language and key. */
export const TEXTS = { en: EN, zh: ZH };
