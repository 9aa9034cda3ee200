package planted.wirebelow.spi;

import planted.wirebelow.wire.Envelope;

abstract class SpiWithWire implements Envelope {}
