package io.embedim.testkit.engine;

import static io.embedim.testkit.engine.Commands.text;
import static io.embedim.testkit.engine.Commands.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.Caller;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.ReviseCommand;
import io.embedim.core.ReviseCommand.Change;
import io.embedim.spi.hook.MessageInterceptor;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.Revision;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.ImTestEngine;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the host makes of contents: its validators, and interceptors of edits. */
class ContentHooksTest {

  private static final ConversationId BOTH = ConversationId.direct("alice", "bob");
  private static final Content ORDER = new Content(ContentType.CUSTOM, "{\"order\":7}", "");
  private static final Content BROKEN = new Content(ContentType.CUSTOM, "{\"ordre\":7}", "");

  private static ImTestEngine.Builder orders() {
    return ImTestEngine.builder()
        .contentValidator(
            ContentType.CUSTOM,
            content ->
                content.body().contains("\"order\"")
                    ? Optional.empty()
                    : Optional.of("expected an order"));
  }

  @Test
  void a_custom_content_is_what_the_host_says_it_is() {
    try (ImTestEngine im = orders().start()) {
      FakeDevice alice = im.connect("alice");
      FakeDevice bob = im.connect("bob");
      assertThat(alice.refused(alice.submits(with(BOTH, BROKEN))))
          .returns(ImError.INVALID_ARGUMENT, ImException::error)
          .hasMessage("expected an order");
      String id = alice.sends(with(BOTH, ORDER)).messageId();
      alice.sends("bob", "texts are not asked about");

      CompletableFuture<?> edit =
          im.engine()
              .messages()
              .revise(Caller.user("alice"), ReviseCommand.of(BOTH, id, new Change.Edit(BROKEN)))
              .toCompletableFuture();
      assertThat(edit.handle((ok, failure) -> ((ImException) failure).error()).join())
          .isEqualTo(ImError.INVALID_ARGUMENT);
      assertThat(bob.log(BOTH)).hasSize(2);
    }
  }

  @Test
  void an_interceptor_can_make_a_content_that_is_refused() {
    MessageInterceptor breaking = (draft, chain) -> chain.proceed(withContent(draft, BROKEN));
    try (ImTestEngine im = orders().interceptor(breaking).start()) {
      FakeDevice alice = im.connect("alice");
      assertThat(alice.refused(alice.submits(with(BOTH, ORDER))).error())
          .isEqualTo(ImError.INVALID_ARGUMENT);
    }
  }

  @Test
  void what_an_interceptor_makes_of_an_edit_is_what_the_message_says() {
    MessageInterceptor shouting =
        (draft, chain) ->
            chain.proceed(withContent(draft, Content.text(draft.content().plainText() + "!")));
    try (ImTestEngine im = ImTestEngine.builder().interceptor(shouting).start()) {
      FakeDevice alice = im.connect("alice");
      FakeDevice bob = im.connect("bob");
      alice.sends(text(BOTH, "m1", "hi"));
      im.engine()
          .messages()
          .revise(
              Caller.user("alice"),
              ReviseCommand.of(BOTH, "m1", new Change.Edit(Content.text("hello"))))
          .toCompletableFuture()
          .join();
      im.settle();
      assertThat(bob.log(BOTH).get(1).draft().revision())
          .isInstanceOfSatisfying(
              Revision.Edit.class,
              edit -> assertThat(edit.replacement().plainText()).isEqualTo("hello!"));
      bob.drops();
      FakeDevice second = im.connect("bob");
      second.syncs();
      assertThat(second.log(BOTH).get(0).draft().content().plainText()).isEqualTo("hello!");
    }
  }

  private static EntryDraft withContent(EntryDraft draft, Content content) {
    return new EntryDraft(
        draft.conversationId(),
        draft.type(),
        draft.messageId(),
        draft.senderId(),
        content,
        draft.options(),
        draft.revision());
  }
}
