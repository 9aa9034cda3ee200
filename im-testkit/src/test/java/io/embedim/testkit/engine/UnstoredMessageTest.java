package io.embedim.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.HistoryQuery;
import io.embedim.core.SendResult;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.model.ConversationId;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.ImTestEngine;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages of quality of service 0, and typing. */
class UnstoredMessageTest {

  private final ImTestEngine im = ImTestEngine.start();
  private final FakeDevice alice = im.connect("alice");
  private final FakeDevice tablet = im.connect("alice");
  private final FakeDevice bob = im.connect("bob");
  private final ConversationId both = alice.with("bob");

  @AfterEach
  void close() {
    im.close();
  }

  @Test
  void an_unstored_message_reaches_those_who_are_there() {
    SendResult result = alice.sends(Commands.unstored(both, "look"));
    assertThat(result.seq()).isZero();
    assertThat(result.timestamp()).isEqualTo(im.clock().millis());
    ServerFrame.Transient atBob = bob.hears(ServerFrame.Transient.class);
    assertThat(atBob.timestamp()).isEqualTo(im.clock().millis());
    assertThat(atBob.draft().messageId()).isEqualTo(result.messageId());
    tablet.receives("look");
    alice.receivesNothing();
  }

  @Test
  void an_unstored_message_is_in_no_log_and_never_comes_again() {
    alice.sends("bob", "stored");
    FakeDevice carol = im.connect("carol");
    bob.receives("stored");
    bob.drops();
    alice.sends(Commands.unstored(both, "missed"));
    bob.reconnects();
    im.advance(Duration.ofMinutes(1));
    bob.receivesNothing();
    carol.receivesNothing();
    assertThat(
            im.engine().messages().history("bob", new HistoryQuery(both, null, null, 10)).entries())
        .hasSize(1);
    assertThat(im.stores().appendFaults().calls()).isEqualTo(1);
  }

  @Test
  void typing_is_told_to_the_other_party_only() {
    alice.types("bob");
    assertThat(bob.hears(ServerFrame.Typing.class))
        .isEqualTo(new ServerFrame.Typing(both, "alice"));
    tablet.hearsNo(ServerFrame.Typing.class);
    alice.hearsNo(ServerFrame.Typing.class);
  }
}
