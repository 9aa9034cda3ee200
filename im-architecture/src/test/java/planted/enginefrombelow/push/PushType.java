package planted.enginefrombelow.push;

import planted.enginefrombelow.core.Engine;

abstract class PushType implements Engine {}
