package io.embedim.store.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** H2 databases of which nobody else knows. */
final class TestDatabase {

  private TestDatabase() {}

  /** One that lives as long as somebody is connected. */
  static String inMemory() {
    return "jdbc:h2:mem:" + UUID.randomUUID();
  }

  /** One that stays until the process ends. */
  static String lastingInMemory() {
    return inMemory() + ";DB_CLOSE_DELAY=-1";
  }

  static String inFile(Path folder) {
    return "jdbc:h2:file:" + folder.resolve("im").toAbsolutePath();
  }

  /** A DataSource that opens a connection each time. */
  static DataSource dataSource(String url) {
    return dataSource(url, "sa", "");
  }

  static DataSource dataSource(String url, String user, String password) {
    JdbcDataSource dataSource = new JdbcDataSource();
    dataSource.setURL(url);
    dataSource.setUser(user);
    dataSource.setPassword(password);
    return dataSource;
  }

  /** Runs statements as the owner. */
  static void execute(String url, String... statements) throws SQLException {
    try (Connection connection = dataSource(url).getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The first column of all rows. */
  static List<String> query(String url, String sql) throws SQLException {
    try (Connection connection = dataSource(url).getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (result.next()) {
        values.add(result.getString(1));
      }
      return values;
    }
  }

  /** Stores with a pool of their own. */
  static JdbcStores open(String url) {
    return JdbcStores.builder().url(url, "sa", "").build();
  }
}
