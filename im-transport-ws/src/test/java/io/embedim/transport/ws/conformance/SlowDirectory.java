package io.embedim.transport.ws.conformance;

import io.embedim.core.memory.MemorySessionDirectory;
import io.embedim.spi.cluster.SessionDirectory;
import io.embedim.spi.cluster.SessionInfo;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Takes as long to note a session as a test wants. */
final class SlowDirectory implements SessionDirectory {

  private final SessionDirectory directory = new MemorySessionDirectory();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  void hold() {
    gate = new CountDownLatch(1);
  }

  void release() {
    gate.countDown();
  }

  @Override
  public void register(SessionInfo session, long leaseUntil) {
    try {
      if (!gate.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a test did not let go of a session");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    directory.register(session, leaseUntil);
  }

  @Override
  public void renew(Collection<SessionInfo> sessions, long leaseUntil) {
    directory.renew(sessions, leaseUntil);
  }

  @Override
  public void unregister(SessionInfo session, long now) {
    directory.unregister(session, now);
  }

  @Override
  public Map<String, List<SessionInfo>> find(Collection<String> userIds, long now) {
    return directory.find(userIds, now);
  }

  @Override
  public OptionalLong lastSeen(String userId) {
    return directory.lastSeen(userId);
  }
}
