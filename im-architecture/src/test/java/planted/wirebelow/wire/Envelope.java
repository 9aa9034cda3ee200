package planted.wirebelow.wire;

public interface Envelope {}
