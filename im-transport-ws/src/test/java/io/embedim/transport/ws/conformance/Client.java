package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.embedim.transport.ws.RawClient;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * A client that holds every frame of either direction to its schema. Frames are written with single
 * quotes, for the reader's sake.
 */
final class Client implements AutoCloseable {

  /** The connection ended without a word. */
  static final int NO_CODE = 1006;

  private final RawClient raw;
  private final boolean batched;
  private final Deque<JsonNode> arrived = new ArrayDeque<>();
  private int asked;

  /** How many frames came joined with others. */
  private int joined;

  private Client(RawClient raw, boolean batched) {
    this.raw = raw;
    this.batched = batched;
  }

  static Client open(int port, String target, String... headers) throws IOException {
    return upgraded(new RawClient(port), target, headers);
  }

  /** A client with so little room for what it does not read that the server soon notices. */
  static Client openSlow(int port, String target) throws IOException {
    return upgraded(RawClient.withLittleRoom(port), target);
  }

  private static Client upgraded(RawClient raw, String target, String... headers)
      throws IOException {
    raw.upgrade(target, headers);
    assertThat(raw.status()).isEqualTo(101);
    return new Client(raw, target.contains("batch=1"));
  }

  /** The socket, for what no client should send. */
  RawClient raw() {
    return raw;
  }

  /** Sends a frame that a client may send. */
  void send(String frame) throws IOException {
    String text = quoted(frame);
    assertThat(Schemas.violations("client-frame", Schemas.parse(text))).as(text).isEmpty();
    raw.send(text);
  }

  /** Sends a frame that is against the schema. */
  void sendWrong(String frame) throws IOException {
    raw.send(quoted(frame));
  }

  /** Sends a frame and takes the next one that comes. */
  JsonNode ask(String frame) throws IOException {
    send(frame);
    return next();
  }

  /** Sends a frame that is against the schema and takes the next one that comes. */
  JsonNode askWrong(String frame) throws IOException {
    sendWrong(frame);
    return next();
  }

  /** The next frame. */
  JsonNode next() throws IOException {
    while (arrived.isEmpty()) {
      RawClient.Frame frame = raw.read();
      assertThat(frame.opcode())
          .as(() -> frame.opcode() == RawClient.CLOSE ? "close " + frame.closeCode() : "opcode")
          .isEqualTo(RawClient.TEXT);
      take(frame);
    }
    return arrived.remove();
  }

  private void take(RawClient.Frame frame) {
    JsonNode json = Schemas.parse(frame.text());
    String schema = batched && json.isArray() ? "server-batch" : "server-frame";
    assertThat(Schemas.violations(schema, json)).as(frame.text()).isEmpty();
    if (json.isArray()) {
      joined += json.size();
      json.forEach(arrived::add);
    } else {
      arrived.add(json);
    }
  }

  JsonNode expectWelcome() throws IOException {
    JsonNode welcome = next();
    assertThat(welcome.get("type").asInt()).as(welcome.toString()).isEqualTo(91);
    return welcome;
  }

  /** Sends a message to a user and takes its ACK. Frames that come before it are kept. */
  JsonNode say(String to, String messageId, String text) throws IOException {
    return acknowledged(chat(to, messageId, text), messageId);
  }

  /** Sends a message to a group and takes its ACK. Frames that come before it are kept. */
  JsonNode sayToGroup(String groupId, String messageId, String text) throws IOException {
    return acknowledged(groupChat(groupId, messageId, text), messageId);
  }

  private JsonNode acknowledged(String frame, String messageId) throws IOException {
    send(frame);
    JsonNode answer =
        await(next -> next.path("message_id").asText().equals(messageId) && !next.has("from"));
    assertThat(answer.get("type").asInt()).as(answer.toString()).isEqualTo(20);
    return answer;
  }

  static String chat(String to, String messageId, String text) {
    return "{'type':1,'message_id':'%s','to':'%s','content':{'text':'%s'}}"
        .formatted(messageId, to, text);
  }

  static String groupChat(String groupId, String messageId, String text) {
    return "{'type':2,'message_id':'%s','to':'%s','content':{'text':'%s'}}"
        .formatted(messageId, groupId, text);
  }

  /** Calls a method. Frames that come before its answer are kept for {@link #next}. */
  JsonNode call(String method, String params) throws IOException {
    asked++;
    String id = "r-" + asked;
    send(request(id, method, params));
    return answer(id);
  }

  /** Calls a method with parameters that are against its schema. */
  JsonNode callWrong(String method, String params) throws IOException {
    asked++;
    String id = "r-" + asked;
    sendWrong(request(id, method, params));
    return answer(id);
  }

  /** Calls a method that is expected to be refused; says with what reason. */
  String refusal(String method, String params) throws IOException {
    return call(method, params).at("/error/reason").asText();
  }

  /** As {@link #refusal}, with parameters that are against the method's schema. */
  String refusalOfWrong(String method, String params) throws IOException {
    return callWrong(method, params).at("/error/reason").asText();
  }

  /** Calls a method that is expected to succeed; the result satisfies its schema. */
  JsonNode result(String method, String params) throws IOException {
    JsonNode content = call(method, params);
    assertThat(content.has("result")).as(content.toString()).isTrue();
    JsonNode result = content.get("result");
    assertThat(Schemas.violations("methods/" + method + ".result", result))
        .as(result.toString())
        .isEmpty();
    return result;
  }

  private static String request(String id, String method, String params) {
    return "{'type':40,'message_id':'%s','content':{'method':'%s','params':%s}}"
        .formatted(id, method, params);
  }

  private JsonNode answer(String id) throws IOException {
    JsonNode frame = await(next -> next.get("type").asInt() == 41);
    assertThat(frame.path("message_id").asText()).isEqualTo(id);
    return frame.get("content");
  }

  /** Takes the first frame that is the expected one; those before it are kept. */
  private JsonNode await(Predicate<JsonNode> expected) throws IOException {
    List<JsonNode> others = new ArrayList<>();
    JsonNode frame = next();
    while (!expected.test(frame)) {
      others.add(frame);
      frame = next();
    }
    others.addAll(arrived);
    arrived.clear();
    arrived.addAll(others);
    return frame;
  }

  /** Whether something has come. */
  boolean hasNext() throws IOException {
    return !arrived.isEmpty() || raw.available() > 0;
  }

  /** Everything that has come by the time the server answers a heartbeat. */
  List<JsonNode> untilEcho() throws IOException {
    asked++;
    String id = "echo-" + asked;
    send("{'type':99,'message_id':'" + id + "'}");
    List<JsonNode> before = new ArrayList<>();
    JsonNode frame = next();
    while (!frame.path("message_id").asText().equals(id)) {
      before.add(frame);
      frame = next();
    }
    assertThat(frame.get("type").asInt()).isEqualTo(99);
    return before;
  }

  /** Waits until the server has handled everything that was sent. What comes meanwhile is kept. */
  void settle() throws IOException {
    asked++;
    String id = "echo-" + asked;
    send("{'type':99,'message_id':'" + id + "'}");
    await(frame -> frame.path("message_id").asText().equals(id));
  }

  /** The connection lives, and nothing else has come. */
  void expectQuiet() throws IOException {
    assertThat(untilEcho()).isEmpty();
  }

  /** Waits until the server has seen everything that was sent, without a frame. */
  void ping() throws IOException {
    raw.send(RawClient.PING, true, new byte[] {1});
    assertThat(raw.read().opcode()).isEqualTo(RawClient.PONG);
  }

  /** Takes the rest of the frames, and says with what code the server closed; 1006 for none. */
  int closeCode() throws IOException {
    try {
      while (true) {
        RawClient.Frame frame = raw.read();
        if (frame.opcode() == RawClient.CLOSE) {
          return frame.closeCode();
        }
        take(frame);
      }
    } catch (EOFException | SocketException e) {
      return NO_CODE;
    }
  }

  /** The frames that came before the close. */
  List<JsonNode> left() {
    return List.copyOf(arrived);
  }

  int joined() {
    return joined;
  }

  static String quoted(String frame) {
    return frame.replace('\'', '"');
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }
}
