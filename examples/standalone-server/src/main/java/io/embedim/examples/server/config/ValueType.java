package io.embedim.examples.server.config;

import org.jspecify.annotations.Nullable;

/** What the text of a setting may be, and what it means. */
public interface ValueType<T> {

  /** The meaning of {@code text}, which has no white space around it; null when it has none. */
  @Nullable T parse(String text);

  /** What is allowed, to follow the word "expected". */
  String allowed();
}
