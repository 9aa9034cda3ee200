package io.embedim.examples.server;

/** Starts the server. */
public final class Main {

  private Main() {}

  /**
   * Ends with 0 after a stop, with 2 when options or configuration are wrong, and with 1 when the
   * server cannot start for another reason.
   */
  public static void main(String[] args) {
    System.exit(ServerCommand.commandLine(System.getenv()).execute(args));
  }
}
