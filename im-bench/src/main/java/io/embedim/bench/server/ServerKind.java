package io.embedim.bench.server;

/** The servers that can be measured. */
public enum ServerKind {
  /** The engine with its stores in memory. */
  ENGINE_MEMORY,

  /** The engine on PostgreSQL, which forces commits to the disk. */
  ENGINE_POSTGRESQL,

  /** Tyrus alone. */
  BARE,

  /** Tyrus alone, with a forced write to a file before each answer. */
  BARE_FSYNC
}
