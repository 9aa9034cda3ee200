package io.embedim.bench.server;

import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The frames of a server without an engine: always the same, and as long as an engine's. */
final class BareAnswers implements AutoCloseable {

  private static final String WELCOME =
      "{\"type\":91,\"content\":{\"user_id\":\"r0\",\"session_id\":"
          + "\"019ac000-0000-7000-8000-000000000000\",\"node_id\":\"node-1\",\"device_id\":"
          + "\"019ac000-0000-7000-8000-000000000000\",\"heartbeat_seconds\":30,\"server_time\":"
          + "1790000000000,\"limits\":{\"max_frame_bytes\":65536,\"max_content_bytes\":16384,"
          + "\"messages_per_second\":10,\"messages_burst\":20,\"history_page\":100,"
          + "\"sync_page\":200}}}";

  private static final String ACK =
      "{\"type\":20,\"message_id\":\"m000000000000\",\"conversation_id\":\"r0:s0\",\"content\":"
          + "{\"status\":\"accepted\"},\"timestamp\":1790000000000,\"seq\":100000}";

  private static final String DELIVERY =
      "{\"type\":1,\"message_id\":\"m000000000000\",\"from\":\"s0\",\"to\":\"r0\","
          + "\"conversation_id\":\"r0:s0\",\"content_type\":1,\"content\":"
          + "{\"text\":\"a sentence as people write them to each other\"},"
          + "\"timestamp\":1790000000000,\"qos\":1,\"seq\":100000}";

  private static final SendHandler UNHEARD = result -> {};

  private final ConcurrentHashMap<String, List<Session>> sessions = new ConcurrentHashMap<>();
  private final @Nullable FsyncLog log;

  /**
   * @param log to which each message is written before it is answered; null for none
   */
  BareAnswers(@Nullable FsyncLog log) {
    this.log = log;
  }

  /** The sessions of a user, now and later. */
  List<Session> sessionsOf(String user) {
    return sessions.computeIfAbsent(user, unused -> new CopyOnWriteArrayList<>());
  }

  void join(String user, Session session) {
    sessionsOf(user).add(session);
  }

  void leave(String user, Session session) {
    sessionsOf(user).remove(session);
  }

  void welcome(Session session) {
    session.getAsyncRemote().sendText(WELCOME, UNHEARD);
  }

  void answer(Session sender, List<Session> receivers) {
    if (log == null) {
      send(sender, receivers);
    } else {
      log.append(DELIVERY, () -> send(sender, receivers));
    }
  }

  private static void send(Session sender, List<Session> receivers) {
    sender.getAsyncRemote().sendText(ACK, UNHEARD);
    for (Session receiver : receivers) {
      receiver.getAsyncRemote().sendText(DELIVERY, UNHEARD);
    }
  }

  @Override
  public void close() {
    if (log != null) {
      log.close();
    }
  }
}
