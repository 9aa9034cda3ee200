import { EN } from './texts-en.js';
import { GROUPS_EN } from './texts-groups-en.js';
import { GROUPS_ZH } from './texts-groups-zh.js';
import { ZH } from './texts-zh.js';

/** Everything that the page says, by language and key. */
export const TEXTS = { en: { ...EN, ...GROUPS_EN }, zh: { ...ZH, ...GROUPS_ZH } };
