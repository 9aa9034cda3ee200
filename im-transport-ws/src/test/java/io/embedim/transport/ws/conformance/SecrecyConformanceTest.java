package io.embedim.transport.ws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.testkit.FaultPoint;
import io.embedim.transport.ws.RawClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What must not stand in a log, however closely our own code is watched: tokens and messages. */
class SecrecyConformanceTest extends ConformanceTest {

  private static final String SECRET = "s3cr3t";

  /** Held here, because the logging system may forget a logger that nobody holds. */
  private final Logger ours = Logger.getLogger("io.embedim");

  private final Logger root = Logger.getLogger("");
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Handler recorder =
      new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord line) {
          lines.add(formatter.format(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void watch() {
    recorder.setLevel(Level.ALL);
    root.addHandler(recorder);
    ours.setLevel(Level.ALL);
  }

  @AfterEach
  void stopWatching() {
    ours.setLevel(null);
    root.removeHandler(recorder);
  }

  @Test
  void tokens_and_messages_are_not_logged() throws IOException {
    Deployment server = server();
    Client alice = login(server, "alice~0" + Long.MAX_VALUE, "&ignored=" + SECRET);
    alice.say("bob", "m1", SECRET);
    for (String call :
        List.of(
            "message.edit {'conversation_id':'alice:bob','message_id':'m1','content':{'text':'%s'}}",
            "message.search {'query':'%s'}",
            "message.schedule {'type':1,'to':'bob','content':{'text':'%s'},'send_at':"
                + (server.clock.millis() + 1_000)
                + "}",
            "message.delete {'conversation_id':'alice:bob','message_ids':['m1']}")) {
      String[] parts = call.formatted(SECRET).split(" ", 2);
      alice.result(parts[0], parts[1]);
    }
    alice.untilEcho();
    alice.sendWrong("{'type':1,'to':'bob','content':{'text':'" + SECRET + "',}}");
    alice.next();
    for (String token : List.of(SECRET + "-~x", SECRET + " space")) {
      for (boolean inFrame : new boolean[] {true, false}) {
        try (RawClient client = new RawClient(server.port())) {
          if (inFrame) {
            client.upgrade("/ws");
            client.send(Client.quoted("{'type':90,'content':{'token':'" + token + "'}}"));
            assertThat(client.readCloseCode()).isBetween(1011, 4401);
          } else {
            client.upgrade("/ws?token=" + token.replace(" ", "%20"));
          }
        }
      }
    }
    server.stores.appendFaults().fail(FaultPoint.Moment.BEFORE);
    alice.ask(Client.chat("bob", "m2", SECRET));
    assertThat(lines).as("the failure is logged, so something was watched").isNotEmpty();
    assertThat(lines.stream().filter(line -> line.contains(SECRET))).isEmpty();
  }
}
