package io.embedim.store.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * A DataSource that asks the database for its plan of each query, with the values that are bound,
 * before it runs it. For one thread.
 */
final class PlanDataSource {

  private final DataSource delegate;
  private final List<String> plans = new ArrayList<>();

  PlanDataSource(DataSource delegate) {
    this.delegate = delegate;
  }

  /** The plans since this was asked the last time, one for each query, in a text each. */
  List<String> plans() {
    List<String> copy = List.copyOf(plans);
    plans.clear();
    return copy;
  }

  DataSource dataSource() {
    return proxy(
        DataSource.class,
        (method, arguments) -> {
          Object result = method.invoke(delegate, arguments);
          return result instanceof Connection connection ? explaining(connection) : result;
        });
  }

  private Connection explaining(Connection connection) {
    return proxy(
        Connection.class,
        (method, arguments) -> {
          Object result = method.invoke(connection, arguments);
          return result instanceof PreparedStatement statement
                  && arguments[0] instanceof String sql
                  && (sql.startsWith("SELECT")
                      || sql.startsWith("UPDATE")
                      || sql.startsWith("DELETE"))
              ? explaining(connection, statement, sql)
              : result;
        });
  }

  private PreparedStatement explaining(
      Connection connection, PreparedStatement statement, String sql) throws SQLException {
    PreparedStatement explain = connection.prepareStatement("EXPLAIN " + sql);
    return proxy(
        PreparedStatement.class,
        (method, arguments) -> {
          String name = method.getName();
          if (name.startsWith("set") && arguments.length == 2) {
            method.invoke(explain, arguments);
          } else if (name.startsWith("execute")) {
            plans.add(sql + '\n' + plan(explain));
          } else if (name.equals("close")) {
            explain.close();
          }
          return method.invoke(statement, arguments);
        });
  }

  /** The rows in a line each, with the names of columns where there are several. */
  private static String plan(PreparedStatement explain) throws SQLException {
    try (ResultSet result = explain.executeQuery()) {
      ResultSetMetaData columns = result.getMetaData();
      List<String> lines = new ArrayList<>();
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          values.add(columns.getColumnLabel(i) + '=' + result.getString(i));
        }
        lines.add(values.stream().collect(Collectors.joining(" ")));
      }
      return String.join("\n", lines);
    }
  }

  private interface Handler {
    Object handle(Method method, Object[] arguments)
        throws SQLException, IllegalAccessException, InvocationTargetException;
  }

  private static <T> T proxy(Class<T> type, Handler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            PlanDataSource.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return handler.handle(method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
