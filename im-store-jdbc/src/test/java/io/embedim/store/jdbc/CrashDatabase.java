package io.embedim.store.jdbc;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.store.SeqRange;
import io.embedim.store.jdbc.CrashReport.Entry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** A database of a test's own, and how to reach it. */
record CrashDatabase(String url, String user, String password) {

  /** Another database on the server of this URL, with the user that it names. */
  static CrashDatabase beside(String url, String name) {
    int path = url.indexOf('/', url.indexOf("//") + 2);
    int query = url.indexOf('?');
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : query < 0 ? new String[0] : url.substring(query + 1).split("&", -1)) {
      String[] pair = parameter.split("=", 2);
      parameters.put(pair[0], pair.length == 1 ? "" : pair[1]);
    }
    return new CrashDatabase(
        url.substring(0, path + 1) + name,
        parameters.getOrDefault("user", ""),
        parameters.getOrDefault("password", ""));
  }

  /** Stores as a host would open them that has no pool of its own. */
  JdbcStores open(SchemaMode mode) {
    return JdbcStores.builder().url(url, user, password).schemaMode(mode).build();
  }

  CrashHost host() {
    return new CrashHost(this);
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  /** A connection each time, as our own pool would open it. */
  DataSource dataSource() {
    return new DriverConnections(url, user, password);
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The first column of all rows. */
  List<String> query(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (result.next()) {
        values.add(result.getString(1));
      }
      return values;
    }
  }

  /** What is there of these conversations. */
  Map<ConversationId, CrashCheck.Stored> stored(Collection<ConversationId> ids) {
    Map<ConversationId, CrashCheck.Stored> stored = new HashMap<>();
    try (JdbcStores stores = open(SchemaMode.VALIDATE)) {
      for (ConversationHead head : stores.conversations().heads(ids).values()) {
        ConversationId id = head.id();
        List<Entry> log =
            stores.messages().read(id, SeqRange.after(0, Integer.MAX_VALUE)).stream()
                .map(e -> new Entry(id, e.seq(), e.timestamp(), e.draft().messageId()))
                .toList();
        stored.put(
            id,
            new CrashCheck.Stored(
                head.maxSeq(), log, stores.conversations().cursors(id, List.of())));
      }
    }
    return stored;
  }
}
