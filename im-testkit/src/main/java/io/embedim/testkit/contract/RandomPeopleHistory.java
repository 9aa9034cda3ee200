package io.embedim.testkit.contract;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.store.ContactStore;
import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.ScheduleStore;
import io.embedim.testkit.contract.RandomHistory.Step;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes up who blocks whom and what is to be sent later, and between it what is said. The same seed
 * makes up the same history.
 */
final class RandomPeopleHistory {

  private static final List<String> USERS = List.of("alice", "bob", "Bob", "carol", "b_b");

  private final Random random;
  private final RandomHistory messages;
  private long now = StoreFixture.NOW;

  RandomPeopleHistory(long seed) {
    this.random = new Random(seed);
    this.messages = new RandomHistory(seed);
  }

  /** What happens next. */
  Step next() {
    now += random.nextInt(3_000);
    return switch (random.nextInt(16)) {
      case 0, 1 -> block();
      case 2 -> contacts();
      case 3, 4 -> schedule();
      case 5 -> claim();
      case 6 -> cancel();
      default -> messages.next();
    };
  }

  /** Everything that can be asked about everything, to end a history with. */
  List<Step> questions() {
    Stream<Step> people =
        USERS.stream()
            .map(
                userId ->
                    new Step(
                        "the people and plans of " + userId,
                        stores ->
                            List.of(
                                contacts(stores).blocked(userId, "", 99),
                                schedules(stores).pending(userId, 99))));
    return Stream.concat(people, messages.questions().stream()).toList();
  }

  private Step block() {
    String userId = user();
    String other = user();
    boolean on = random.nextInt(3) > 0;
    return new Step(
        userId + (on ? " blocks " : " unblocks ") + other,
        stores ->
            answer(
                stores,
                all ->
                    on
                        ? contacts(all).block(userId, other)
                        : contacts(all).unblock(userId, other)));
  }

  private Step contacts() {
    String userId = user();
    ConversationId id = ConversationId.direct(userId, user());
    String after = random.nextBoolean() ? "" : user();
    int limit = 1 + random.nextInt(3);
    return new Step(
        "whom " + userId + " has blocked after " + after + ", and who is in " + id,
        stores ->
            List.of(
                contacts(stores).blocked(userId, after, limit), contacts(stores).membership(id)));
  }

  private Step schedule() {
    String userId = user();
    String id = id();
    ConversationId conversation = ConversationId.direct(userId, user());
    ScheduleStore.Scheduled message =
        new ScheduleStore.Scheduled(
            id,
            Drafts.text(conversation, userId, "m" + random.nextInt(9)),
            now + random.nextInt(40_000) - 5_000);
    int max = 1 + random.nextInt(5);
    return new Step(
        "schedule " + message + " of " + max, stores -> schedules(stores).schedule(message, max));
  }

  private Step claim() {
    long at = now;
    long until = now + random.nextInt(20_000);
    int limit = 1 + random.nextInt(4);
    List<String> done = List.of(id(), id(), id());
    String refused = id();
    return new Step(
        "claim %d at %d until %d, done are %s, refused is %s"
            .formatted(limit, at, until, done, refused),
        stores -> {
          Object claimed = schedules(stores).claim(at, until, limit);
          schedules(stores).done(done);
          schedules(stores).refuse(refused, "muted");
          return claimed;
        });
  }

  private Step cancel() {
    String userId = user();
    String id = id();
    int limit = 1 + random.nextInt(4);
    return new Step(
        userId + " cancels " + id,
        stores ->
            List.of(
                schedules(stores).cancel(userId, id), schedules(stores).pending(userId, limit)));
  }

  private static Object answer(ImStores stores, Function<ImStores, Object> question) {
    try {
      return question.apply(stores);
    } catch (IllegalArgumentException e) {
      return RandomGroupHistory.CONTRADICTION;
    }
  }

  private static ContactStore contacts(ImStores stores) {
    return stores.contacts().orElseThrow();
  }

  private static ScheduleStore schedules(ImStores stores) {
    return stores.schedules().orElseThrow();
  }

  private String id() {
    return "s" + random.nextInt(30);
  }

  private String user() {
    return USERS.get(random.nextInt(USERS.size()));
  }
}
