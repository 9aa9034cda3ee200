package io.embedim.store.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/** An H2 database that becomes what another one is whenever a test says so, and lags otherwise. */
final class CopiedDatabase {

  private final String original;
  private final String url = TestDatabase.lastingInMemory();
  private final SpyDataSource dataSource =
      new SpyDataSource(watched(DataSource.class, TestDatabase.dataSource(url)));
  private final AtomicInteger attempts = new AtomicInteger();
  private final AtomicReference<Step> afterStatement = new AtomicReference<>(() -> {});
  private volatile boolean away;

  CopiedDatabase(String original) {
    this.original = original;
  }

  /** Something that happens to the copy. */
  interface Step {
    void run() throws SQLException;
  }

  String url() {
    return url;
  }

  SpyDataSource dataSource() {
    return dataSource;
  }

  /** Takes over all that is in the other database. */
  void follow() throws SQLException {
    List<String> script = new ArrayList<>(List.of("DROP ALL OBJECTS"));
    script.addAll(TestDatabase.query(original, "SCRIPT"));
    TestDatabase.execute(url, script.toArray(String[]::new));
  }

  /** Lets the next statement on a connection be followed by this before its caller goes on. */
  void afterNextStatement(Step step) {
    afterStatement.set(step);
  }

  void goesAway() {
    away = true;
  }

  void comesBack() {
    away = false;
  }

  /** How often somebody wanted a connection. */
  int attempts() {
    return attempts.get();
  }

  /** How many statements have read stretches of logs. */
  long reads() {
    return reads(dataSource);
  }

  static long reads(SpyDataSource dataSource) {
    return dataSource.roundTrips().stream()
        .filter(call -> call.contains(" m.seq > ? AND m.seq < ? "))
        .count();
  }

  /** Whether this round trip changes nothing. */
  static boolean onlyReads(String roundTrip) {
    return roundTrip.startsWith("SELECT") || roundTrip.equals("getTransactionIsolation");
  }

  /** A JDBC object of the copy: between the statements on it something may happen. */
  private <T> T watched(Class<T> type, Object target) {
    return type.cast(
        Proxy.newProxyInstance(
            CopiedDatabase.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (target instanceof DataSource) {
                attempts.incrementAndGet();
                if (away) {
                  throw new SQLException("the copy is away");
                }
              }
              Object result;
              try {
                result = method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (method.getName().startsWith("execute")) {
                afterStatement.getAndSet(() -> {}).run();
              }
              if (result instanceof Connection) {
                return watched(Connection.class, result);
              }
              return result instanceof PreparedStatement
                  ? watched(PreparedStatement.class, result)
                  : result;
            }));
  }
}
