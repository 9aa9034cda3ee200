package io.embedim.examples.server;

/**
 * The configuration is right, but the server cannot start with it now. The message is for people.
 */
final class StartException extends Exception {

  private static final long serialVersionUID = 1L;

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
