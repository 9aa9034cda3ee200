package io.embedim.store.jdbc;

/** What becomes of our tables when the stores are opened. */
public enum SchemaMode {
  /**
   * Missing tables are created and older ones are brought up to date. Needs the right to create
   * tables, and, only while something is to be done, two connections at once.
   */
  MIGRATE,
  /** The tables have to be there and of this version; otherwise opening fails. Nothing changes. */
  VALIDATE,
  /**
   * Nothing is looked at: somebody else runs the scripts, which lie in {@code
   * io/embedim/store/jdbc/migration/<database>} with the placeholder <code>${prefix}</code>, named
   * as Flyway expects them.
   */
  NONE
}
