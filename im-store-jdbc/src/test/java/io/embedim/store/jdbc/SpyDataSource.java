package io.embedim.store.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A DataSource that notes the round trips on its connections and the state in which they are given
 * back, and that can be told to fail.
 */
final class SpyDataSource implements DataSource, AutoCloseable {

  private static final Set<String> CALLS_OF_A_CONNECTION =
      Set.of(
          "commit",
          "rollback",
          "setAutoCommit",
          "getTransactionIsolation",
          "setTransactionIsolation",
          "setSchema");

  private final DataSource delegate;
  private final List<String> roundTrips = new CopyOnWriteArrayList<>();
  private final List<Returned> returned = new CopyOnWriteArrayList<>();
  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable Surprise> surprise = new AtomicReference<>();
  private final AtomicInteger open = new AtomicInteger();
  private volatile boolean closed;
  private volatile int limit = Integer.MAX_VALUE;
  private volatile Look setup = connection -> {};
  private volatile Look look = connection -> {};

  SpyDataSource(DataSource delegate) {
    this.delegate = delegate;
  }

  /** Something to do with a connection. */
  interface Look {
    void apply(Connection connection) throws SQLException;
  }

  /** The settings of a connection when it was given back. */
  record Returned(boolean autoCommit, int isolation, boolean readOnly) {}

  private record Surprise(String call, Runnable action) {}

  private record Fault(String call, AtomicInteger times, SQLException failure) {}

  void handsOutConnectionsWith(Look newSetup) {
    setup = newSetup;
  }

  /** Like a pool that fails at once while so many are out. */
  void handsOutAtMost(int connections) {
    limit = connections;
  }

  void looksAtReturned(Look newLook) {
    look = newLook;
  }

  /** The next calls that begin with this word fail, {@code times} of them, before they happen. */
  void failNext(int times, String call, SQLException failure) {
    faults.add(new Fault(call, new AtomicInteger(times), failure));
  }

  /** Does this before the next call that begins with this word. */
  void doBeforeNext(String call, Runnable action) {
    surprise.set(new Surprise(call, action));
  }

  /**
   * What may each be a round trip with one driver or another, in its order: the statements that
   * were executed, by their text, and the calls of a connection, by their name. A statement that
   * was given a batch of rows counts once, because drivers send it as a whole.
   */
  List<String> roundTrips() {
    return List.copyOf(roundTrips);
  }

  List<Returned> returned() {
    return List.copyOf(returned);
  }

  int openConnections() {
    return open.get();
  }

  boolean isClosed() {
    return closed;
  }

  void forget() {
    roundTrips.clear();
    returned.clear();
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (open.get() >= limit) {
      throw new SQLException("the pool is empty");
    }
    Connection connection = delegate.getConnection();
    setup.apply(connection);
    open.incrementAndGet();
    return proxy(Connection.class, new Handler(connection, ""));
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLException("not used");
  }

  @Override
  public void close() {
    closed = true;
  }

  private final class Handler implements InvocationHandler {

    private final Object target;
    private final String sql;

    Handler(Object target, String sql) {
      this.target = target;
      this.sql = sql;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      String name = method.getName();
      if (name.startsWith("execute") || CALLS_OF_A_CONNECTION.contains(name)) {
        boolean runs = name.startsWith("execute");
        String text = runs && sql.isEmpty() && arguments != null ? (String) arguments[0] : sql;
        String call = (runs ? text : name).strip();
        surprise(call);
        fail(call);
        roundTrips.add(call);
      } else if (name.equals("close") && target instanceof Connection connection) {
        returned.add(
            new Returned(
                connection.getAutoCommit(),
                connection.getTransactionIsolation(),
                connection.isReadOnly()));
        look.apply(connection);
        open.decrementAndGet();
      }
      Object result;
      try {
        result = method.invoke(target, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
      return result instanceof Statement
          ? proxy(
              method.getReturnType().asSubclass(Statement.class),
              new Handler(result, arguments == null ? "" : (String) arguments[0]))
          : result;
    }

    private void surprise(String call) {
      Surprise next = surprise.get();
      if (next != null && call.startsWith(next.call()) && surprise.compareAndSet(next, null)) {
        next.action().run();
      }
    }

    private void fail(String call) throws SQLException {
      for (Fault fault : new ArrayList<>(faults)) {
        if (call.startsWith(fault.call()) && fault.times().getAndDecrement() > 0) {
          throw fault.failure();
        }
      }
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            SpyDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return delegate.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter writer) throws SQLException {
    delegate.setLogWriter(writer);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    delegate.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return delegate.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return delegate.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return delegate.isWrapperFor(type);
  }
}
