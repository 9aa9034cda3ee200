package io.embedim.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pool that is ours closes whatever it opened, also what comes late. */
@Timeout(60)
class OwnedPoolTest {

  private final SlowDriver driver = new SlowDriver();

  @BeforeEach
  void register() throws SQLException {
    DriverManager.registerDriver(driver);
  }

  @AfterEach
  void deregister() throws SQLException {
    DriverManager.deregisterDriver(driver);
  }

  @Test
  void a_connection_that_comes_when_the_pool_is_closed_is_closed_too() throws Exception {
    OwnedPool pool = OwnedPool.open(SlowDriver.URL, "sa", "");
    assertThat(driver.secondBegan.await(30, TimeUnit.SECONDS)).isTrue();

    pool.close();
    driver.release.countDown();

    driver.secondEnded.get(30, TimeUnit.SECONDS);
    for (Connection connection : driver.opened) {
      driver.closed(connection).get(30, TimeUnit.SECONDS);
    }
    assertThat(driver.opened).hasSize(2);
  }

  /** Lets the first connection through, and the next one when it is told to. */
  private static final class SlowDriver implements Driver {

    private static final String URL = "jdbc:slow:";

    private final String target = TestDatabase.inMemory();
    private final List<Connection> opened = new CopyOnWriteArrayList<>();
    private final CountDownLatch secondBegan = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final CompletableFuture<Void> secondEnded = new CompletableFuture<>();

    @Override
    public @Nullable Connection connect(String url, Properties properties) throws SQLException {
      if (!acceptsURL(url)) {
        return null;
      }
      boolean second = !opened.isEmpty();
      if (second) {
        secondBegan.countDown();
        waitUnmoved();
      }
      Connection connection = DriverManager.getConnection(target, properties);
      opened.add(connection);
      if (second) {
        secondEnded.complete(null);
      }
      return connection;
    }

    /** As drivers do, which know nothing of interruptions. */
    private void waitUnmoved() {
      boolean released = false;
      while (!released) {
        try {
          released = release.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
          released = release.getCount() == 0;
        }
      }
    }

    private CompletableFuture<Void> closed(Connection connection) {
      return CompletableFuture.runAsync(
          () -> {
            try {
              while (!connection.isClosed()) {
                Thread.onSpinWait();
              }
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          });
    }

    @Override
    public boolean acceptsURL(String url) {
      return url.equals(URL);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
      return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 1;
    }

    @Override
    public int getMinorVersion() {
      return 0;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }
  }
}
