package io.embedim.examples.server.http;

/** Whether the server can do its work. */
@FunctionalInterface
public interface Health {

  /** May block for a second or two. */
  boolean isGood();
}
