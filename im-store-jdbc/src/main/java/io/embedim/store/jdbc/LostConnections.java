package io.embedim.store.jdbc;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Tells the pool which failures mean that a connection is good for nothing any more, beyond those
 * that it knows: H2 closes a database whose file it cannot write, and all of its connections with
 * it.
 */
final class LostConnections implements SQLExceptionOverride {

  private static final int H2_DATABASE_CLOSED = 90098;
  private static final int H2_DATABASE_CLOSED_AT_EXIT = 90121;

  @java.lang.Override
  public SQLExceptionOverride.Override adjudicate(SQLException failure) {
    return switch (failure.getErrorCode()) {
      case H2_DATABASE_CLOSED, H2_DATABASE_CLOSED_AT_EXIT ->
          SQLExceptionOverride.Override.MUST_EVICT;
      default -> SQLExceptionOverride.Override.CONTINUE_EVICT;
    };
  }
}
