package io.embedim.testkit.contract;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes up what could be said, and be done to what was said. */
final class RandomDrafts {

  private static final List<String> EMOJI = List.of("👍", "👍🏽", "🎉", "a", "A");

  private final Random random;
  private final Map<ConversationId, List<String>> said = new HashMap<>();

  RandomDrafts(Random random) {
    this.random = random;
  }

  /**
   * The next one.
   *
   * @param mentioned whom it may mention
   */
  EntryDraft next(ConversationId id, String sender, String mentioned) {
    String messageId = messageId();
    if (random.nextBoolean()) {
      return revision(id, sender, messageId);
    }
    if (random.nextInt(10) == 0) {
      return Drafts.event(id, sender, messageId);
    }
    said.computeIfAbsent(id, first -> new ArrayList<>()).add(messageId);
    return switch (random.nextInt(8)) {
      case 0, 1 -> Drafts.expiring(id, sender, messageId, 1 + random.nextInt(100));
      case 2 -> Drafts.mentioning(id, sender, messageId, "nobody", mentioned);
      case 3 -> Drafts.mentioning(id, sender, messageId, "*");
      default -> Drafts.text(id, sender, messageId);
    };
  }

  private EntryDraft revision(ConversationId id, String sender, String messageId) {
    String target = target(id);
    boolean done = random.nextInt(3) > 0;
    int limit = 1 + random.nextInt(3);
    return switch (random.nextInt(10)) {
      case 0 -> Drafts.revoke(id, sender, messageId, target);
      case 1, 2 -> Drafts.edit(id, sender, messageId, target, "edited " + limit);
      case 3 -> Drafts.correct(id, sender, messageId, target, "corrected " + limit);
      case 4, 5, 6 -> Drafts.pin(id, sender, messageId, new Revision.Pin(target, done, limit));
      default ->
          Drafts.react(
              id,
              sender,
              messageId,
              new Revision.React(target, EMOJI.get(random.nextInt(EMOJI.size())), done, limit));
    };
  }

  String messageId() {
    return (random.nextInt(8) == 0 ? "M" : "m") + random.nextInt(150);
  }

  /**
   * Mostly one of the latest messages, so that something happens to the same messages repeatedly.
   */
  private String target(ConversationId id) {
    List<String> latest = said.getOrDefault(id, List.of());
    return latest.isEmpty() || random.nextInt(5) == 0
        ? messageId()
        : latest.get(Math.max(0, latest.size() - 1 - random.nextInt(8)));
  }
}
