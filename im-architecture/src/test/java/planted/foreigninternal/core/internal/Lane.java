package planted.foreigninternal.core.internal;

public interface Lane {}
