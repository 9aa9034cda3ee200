package planted.enginefrombelow.spi;

import planted.enginefrombelow.core.Engine;

abstract class SpiType implements Engine {}
