package io.embedim.testkit.engine;

import static io.embedim.testkit.engine.Commands.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.session.CloseReason;
import io.embedim.spi.cluster.SessionInfo;
import io.embedim.spi.hook.ImListener;
import io.embedim.spi.hook.MessageInterceptor;
import io.embedim.spi.hook.MessageInterceptor.Outcome;
import io.embedim.spi.hook.SendAuthorizer;
import io.embedim.spi.hook.SendAuthorizer.Decision;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MessageOptions;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.ImTestEngine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Where the host takes part: interceptors, authorizers, listeners. */
class HooksTest {

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  @Test
  void an_interceptor_may_rewrite_a_message_for_everybody() {
    try (ImTestEngine im = ImTestEngine.builder().interceptor(censor()).start()) {
      FakeDevice alice = im.connect("alice");
      FakeDevice bob = im.connect("bob");
      alice.sends("bob", "a bad word");
      bob.receives("a *** word");
      bob.drops();
      bob.reconnects();
      assertThat(bob.log(bob.with("alice")))
          .extracting(entry -> entry.draft().content().plainText())
          .containsExactly("a *** word");
    }
  }

  @Test
  void an_interceptor_may_refuse_a_message_in_its_own_words() {
    MessageInterceptor refusing = (draft, chain) -> new Outcome.Refused("not on Sundays");
    try (ImTestEngine im = ImTestEngine.builder().interceptor(refusing).start()) {
      FakeDevice alice = im.connect("alice");
      FakeDevice bob = im.connect("bob");
      assertThat(alice.refused(alice.submits("bob", "hi")))
          .returns(ImError.REJECTED_BY_HOST, ImException::error)
          .hasMessage("not on Sundays");
      assertThat(alice.refused(alice.submits(Commands.unstored(alice.with("bob"), "hi"))).error())
          .isEqualTo(ImError.REJECTED_BY_HOST);
      bob.receivesNothing();
    }
  }

  @Test
  void interceptors_stand_around_each_other_in_the_order_of_their_registration() {
    try (ImTestEngine im =
        ImTestEngine.builder().interceptor(noting("outer")).interceptor(noting("inner")).start()) {
      FakeDevice alice = im.connect("alice");
      alice.sends("bob", "hi");
      assertThat(asked)
          .containsExactly("outer before", "inner before", "inner after", "outer after");
    }
  }

  @Test
  void an_interceptor_that_changes_what_it_may_not_is_an_internal_error() {
    List<UnaryOperator<EntryDraft>> illegal =
        List.of(
            draft -> copy(draft, ConversationId.direct("alice", "carol"), "m-1", "alice"),
            draft -> copy(draft, draft.conversationId(), "another-id", "alice"),
            draft -> copy(draft, draft.conversationId(), "m-1", "bob"));
    for (UnaryOperator<EntryDraft> change : illegal) {
      MessageInterceptor changing = (draft, chain) -> chain.proceed(change.apply(draft));
      try (ImTestEngine im = ImTestEngine.builder().interceptor(changing).start()) {
        FakeDevice alice = im.connect("alice");
        FakeDevice bob = im.connect("bob");
        FakeDevice carol = im.connect("carol");
        assertThat(alice.refused(alice.submits(text(alice.with("bob"), "m-1", "hi"))).error())
            .isEqualTo(ImError.INTERNAL);
        bob.receivesNothing();
        carol.receivesNothing();
      }
    }
  }

  @Test
  void an_interceptor_cannot_make_a_message_larger_than_allowed() {
    MessageInterceptor verbose =
        (draft, chain) -> chain.proceed(withContent(draft, Content.text("x".repeat(20_000))));
    try (ImTestEngine im = ImTestEngine.builder().interceptor(verbose).start()) {
      FakeDevice alice = im.connect("alice");
      assertThat(alice.refused(alice.submits("bob", "hi")).error())
          .isEqualTo(ImError.CONTENT_TOO_LARGE);
    }
  }

  @Test
  void a_hook_that_fails_refuses_the_message_and_nothing_else() {
    MessageInterceptor failing =
        (draft, chain) -> {
          if (draft.content().plainText().equals("fail")) {
            throw new IllegalStateException("planned");
          }
          return chain.proceed(draft);
        };
    SendAuthorizer alsoFailing =
        draft -> {
          if (draft.content().plainText().equals("fail later")) {
            throw new IllegalStateException("planned");
          }
          return Decision.ABSTAIN;
        };
    try (ImTestEngine im =
        ImTestEngine.builder().interceptor(failing).authorizer(alsoFailing).start()) {
      FakeDevice alice = im.connect("alice");
      FakeDevice bob = im.connect("bob");
      assertThat(alice.refused(alice.submits("bob", "fail")).error()).isEqualTo(ImError.INTERNAL);
      assertThat(alice.refused(alice.submits("bob", "fail later")).error())
          .isEqualTo(ImError.INTERNAL);
      alice.sends("bob", "fine");
      bob.receives("fine");
    }
  }

  @Test
  void an_authorizer_may_deny_in_its_own_words() {
    SendAuthorizer denying = draft -> new Decision.Deny("you are not friends");
    try (ImTestEngine im = ImTestEngine.builder().authorizer(denying).start()) {
      FakeDevice alice = im.connect("alice");
      assertThat(alice.refused(alice.submits("bob", "hi")))
          .returns(ImError.REJECTED_BY_HOST, ImException::error)
          .hasMessage("you are not friends");
    }
  }

  @Test
  void the_first_authorizer_that_does_not_abstain_has_the_last_word() {
    try (ImTestEngine im =
        ImTestEngine.builder()
            .authorizer(answering("first", Decision.ABSTAIN))
            .authorizer(answering("second", Decision.ALLOW))
            .authorizer(answering("third", new Decision.Deny("never asked")))
            .start()) {
      im.connect("alice").sends("bob", "hi");
      assertThat(asked).containsExactly("first", "second");
    }
  }

  @Test
  void where_all_authorizers_abstain_the_message_is_sent() {
    try (ImTestEngine im =
        ImTestEngine.builder()
            .authorizer(answering("first", Decision.ABSTAIN))
            .authorizer(answering("second", Decision.ABSTAIN))
            .start()) {
      im.connect("alice").sends("bob", "hi");
      assertThat(asked).containsExactly("first", "second");
    }
  }

  @Test
  void authorizers_see_what_the_interceptors_made_of_a_message() {
    SendAuthorizer noting =
        draft -> {
          asked.add(draft.content().plainText());
          return Decision.ABSTAIN;
        };
    try (ImTestEngine im =
        ImTestEngine.builder().interceptor(censor()).authorizer(noting).start()) {
      im.connect("alice").sends("bob", "a bad word");
      assertThat(asked).containsExactly("a *** word");
    }
  }

  @Test
  void authorizers_are_not_asked_about_what_the_engine_itself_refuses() {
    try (ImTestEngine im =
        ImTestEngine.builder().authorizer(answering("asked", Decision.ALLOW)).start()) {
      FakeDevice alice = im.connect("alice");
      alice.refused(alice.submits(text(ConversationId.direct("bob", "carol"), "m-1", "hi")));
      assertThat(asked).isEmpty();
    }
  }

  @Test
  void the_system_asks_nobody() {
    SendAuthorizer denying = draft -> new Decision.Deny("no");
    try (ImTestEngine im = ImTestEngine.builder().authorizer(denying).start()) {
      FakeDevice bob = im.connect("bob");
      im.engine()
          .messages()
          .sendSystem(text(ConversationId.direct("bob", "system"), "m-1", "welcome"))
          .toCompletableFuture()
          .join();
      EntryDraft received = bob.receives("welcome");
      assertThat(received.type()).isEqualTo(EntryType.SYSTEM);
      assertThat(received.senderId()).isEqualTo("system");
    }
  }

  @Test
  void listeners_hear_of_each_commit_once_in_the_order_of_the_log() {
    List<LogEntry> heard = Collections.synchronizedList(new ArrayList<>());
    try (ImTestEngine im = ImTestEngine.builder().listener(listening(heard)).start()) {
      FakeDevice alice = im.connect("alice");
      alice.sends(text(alice.with("bob"), "m-1", "one"));
      alice.sends(text(alice.with("bob"), "m-1", "one"));
      alice.sends("bob", "two");
      assertThat(heard)
          .extracting(entry -> entry.seq() + " " + entry.draft().content().plainText())
          .containsExactly("1 one", "2 two");
    }
  }

  @Test
  void a_listener_that_fails_disturbs_nobody() {
    ImListener failing =
        new ImListener() {
          @Override
          public void onCommitted(LogEntry entry) {
            throw new IllegalStateException("planned");
          }

          @Override
          public void onConnected(SessionInfo session) {
            throw new IllegalStateException("planned");
          }

          @Override
          public void onDisconnected(SessionInfo session) {
            throw new IllegalStateException("planned");
          }
        };
    List<LogEntry> heard = Collections.synchronizedList(new ArrayList<>());
    try (ImTestEngine im =
        ImTestEngine.builder().listener(failing).listener(listening(heard)).start()) {
      FakeDevice alice = im.connect("alice");
      FakeDevice bob = im.connect("bob");
      alice.sends("bob", "hi");
      bob.receives("hi");
      bob.drops();
      alice.sends("bob", "still there?");
      assertThat(heard).hasSize(2);
    }
  }

  @Test
  void listeners_hear_of_sessions_that_come_and_go() {
    ImListener listener =
        new ImListener() {
          @Override
          public void onConnected(SessionInfo session) {
            asked.add(session.userId() + " came");
          }

          @Override
          public void onDisconnected(SessionInfo session) {
            asked.add(session.userId() + " went");
          }
        };
    try (ImTestEngine im = ImTestEngine.builder().listener(listener).start()) {
      FakeDevice alice = im.connect("alice");
      FakeDevice bob = im.connect("bob");
      alice.drops();
      bob.session().close(CloseReason.BANNED);
      assertThat(asked).containsExactly("alice came", "bob came", "alice went", "bob went");
    }
  }

  private MessageInterceptor noting(String name) {
    return (draft, chain) -> {
      asked.add(name + " before");
      Outcome outcome = chain.proceed(draft);
      asked.add(name + " after");
      return outcome;
    };
  }

  private SendAuthorizer answering(String name, Decision decision) {
    return draft -> {
      asked.add(name);
      return decision;
    };
  }

  private static MessageInterceptor censor() {
    return (draft, chain) ->
        chain.proceed(
            withContent(draft, Content.text(draft.content().plainText().replace("bad", "***"))));
  }

  private static ImListener listening(List<LogEntry> heard) {
    return new ImListener() {
      @Override
      public void onCommitted(LogEntry entry) {
        heard.add(entry);
      }
    };
  }

  private static EntryDraft withContent(EntryDraft draft, Content content) {
    return new EntryDraft(
        draft.conversationId(),
        draft.type(),
        draft.messageId(),
        draft.senderId(),
        content,
        draft.options(),
        null);
  }

  private static EntryDraft copy(
      EntryDraft draft, ConversationId id, String messageId, String senderId) {
    return new EntryDraft(
        id, draft.type(), messageId, senderId, draft.content(), MessageOptions.NONE, null);
  }
}
