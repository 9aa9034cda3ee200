package planted.enginefrombelow.core;

public interface Engine {}
