package io.embedim.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a commit of H2 survive the end of the process, and of the machine.
 *
 * <p>H2 writes commits to its file in the background, 500 ms late by default, so that what was
 * acknowledged would be lost with the process. A database is opened anew when all its connections
 * were closed; therefore each connection that is seen for the first time is looked at.
 */
final class H2Durability {

  private static final Logger log = LoggerFactory.getLogger(H2Durability.class);

  private final SharedFlush sharedFlush = new SharedFlush();

  /** By connection of the driver; weak, because pools throw them away. */
  private final Map<Connection, H2Flush> flushes = Collections.synchronizedMap(new WeakHashMap<>());

  /** Finds out how commits on this connection are flushed. */
  H2Flush flushOf(Connection connection) throws SQLException {
    Connection physical = connection.unwrap(Connection.class);
    H2Flush known = flushes.get(physical);
    if (known != null) {
      return known;
    }
    H2Flush flush = establish(connection);
    flushes.put(physical, flush);
    return flush;
  }

  private H2Flush establish(Connection connection) throws SQLException {
    if (isInMemory(connection)) {
      return H2Flush.IN_MEMORY;
    }
    H2Flush flush = storageFlush(connection);
    return flush == null ? H2ServerFlush.establish(connection, sharedFlush) : flush;
  }

  private @Nullable H2Flush storageFlush(Connection connection) throws SQLException {
    try {
      return H2StorageFlush.of(connection, sharedFlush);
    } catch (LinkageError e) {
      log.debug("This H2 is not built like the one that we know; SQL has to do", e);
      return null;
    }
  }

  private static boolean isInMemory(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT DATABASE_PATH() IS NULL")) {
      return result.next() && result.getBoolean(1);
    }
  }
}
