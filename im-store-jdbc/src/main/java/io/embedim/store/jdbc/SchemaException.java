package io.embedim.store.jdbc;

import io.embedim.spi.store.StoreException;

/**
 * The tables in the database are not those that this version works with: older or newer, changed,
 * half migrated, or out of our reach.
 */
public class SchemaException extends StoreException {

  private static final long serialVersionUID = 1L;

  public SchemaException(String message) {
    super(message);
  }

  public SchemaException(String message, Throwable cause) {
    super(message, cause);
  }
}
