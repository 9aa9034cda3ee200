package io.embedim.spi.store;

/**
 * The backend could not do its work: it is away, it is full, it refuses. Whether anything was
 * committed is unknown; the caller may try again with the same keys.
 */
public class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
