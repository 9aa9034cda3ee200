package io.embedim.testkit.contract;

import io.embedim.spi.model.ConversationHead;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Cursors;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.ConversationQuery;
import io.embedim.spi.store.ConversationQuery.Order;
import io.embedim.spi.store.ConversationQuery.Position;
import io.embedim.spi.store.CursorMove;
import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.SeqRange;
import io.embedim.spi.store.SeqRange.End;
import io.embedim.spi.store.SettingsChange;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes up what could happen to a backend: a few users, a few conversations, and so few message ids
 * that everything collides. The same seed makes up the same history.
 */
final class RandomHistory {

  /** Something that is done to a backend, and the question that it answers. */
  record Step(String what, Function<ImStores, Object> action) {}

  private static final List<String> USERS =
      List.of("alice", "bob", "Bob", "carol", "b_b", Ids.SYSTEM_USER, "stranger");
  private static final List<ConversationId> CONVERSATIONS =
      List.of(
          ConversationId.direct("alice", "bob"),
          ConversationId.direct("alice", "Bob"),
          ConversationId.direct("alice", "carol"),
          ConversationId.direct("alice", "b_b"),
          ConversationId.direct("bob", "carol"),
          ConversationId.direct("alice", "alice"),
          ConversationId.direct(Ids.SYSTEM_USER, "bob"),
          ConversationId.direct("carol", "never-used"),
          ConversationId.group("nowhere"));

  private final Random random;
  private final List<ConversationId> conversations;
  private final RandomDrafts drafts;
  private long now = StoreFixture.NOW;

  RandomHistory(long seed) {
    this(seed, CONVERSATIONS);
  }

  RandomHistory(long seed, List<ConversationId> conversations) {
    this.random = new Random(seed);
    this.conversations = conversations;
    this.drafts = new RandomDrafts(random);
  }

  /** What happens next. */
  Step next() {
    now += random.nextInt(4_000) - 1_000;
    return switch (random.nextInt(16)) {
      case 0, 1, 2, 3, 4, 5 -> append();
      case 6 -> random.nextBoolean() ? read() : pinned();
      case 7 -> random.nextInt(4) == 0 ? purge() : find();
      case 8 -> advance();
      case 9 -> advanceToTheEnd();
      case 10 -> update();
      case 11 -> random.nextInt(4) == 0 ? clear() : delete();
      case 12 -> deleted();
      case 13 -> cursors();
      case 14 -> list();
      default -> views();
    };
  }

  /** Everything that can be asked about everything, to end a history with. */
  List<Step> questions() {
    Stream<Step> logs =
        conversations.stream()
            .map(
                id ->
                    new Step(
                        "the log of " + id,
                        stores -> entries(stores.messages().read(id, SeqRange.after(0, 9_999)))));
    Stream<Step> views =
        USERS.stream()
            .map(
                userId ->
                    new Step(
                        "the views of " + userId,
                        stores -> stores.conversations().views(userId, conversations, now)));
    Stream<Step> more =
        conversations.stream()
            .map(
                id ->
                    new Step(
                        "the pins and the pasts of " + id,
                        stores ->
                            List.of(
                                entries(stores.messages().pinned(id, now)),
                                IntStream.rangeClosed(1, 200)
                                    .mapToObj(seq -> stores.messages().pastContents(id, seq))
                                    .toList())));
    return Stream.of(logs, views, more).flatMap(steps -> steps).toList();
  }

  private Step append() {
    List<Append> batch = some(1 + random.nextInt(5), this::anAppend).toList();
    long at = now;
    return new Step(
        "append " + batch + " at " + at,
        stores ->
            stores
                .messages()
                .append(batch.stream().map(append -> decided(append, stores)).toList(), at));
  }

  private Append anAppend() {
    ConversationId id = conversation();
    EntryDraft draft = drafts.next(id, user(), user());
    return new Append(
        draft,
        version(),
        random.nextInt(8) == 0 && !id.isGroup() ? oneOf(id.directMembers()) : null);
  }

  /** The versions that are expected count from the one that the conversation has. */
  private static Append decided(Append append, ImStores stores) {
    ConversationId id = append.draft().conversationId();
    if (append.expectedVersion() < 1) {
      return append;
    }
    Optional<Membership> membership =
        id.isGroup()
            ? stores.groups().flatMap(groups -> groups.membership(id))
            : stores.contacts().map(contacts -> contacts.membership(id));
    long version = append.expectedVersion() - 1 + membership.map(Membership::version).orElse(1L);
    return new Append(append.draft(), version, append.hiddenFrom());
  }

  private Step read() {
    ConversationId id = conversation();
    SeqRange range =
        new SeqRange(
            random.nextInt(20),
            random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(60),
            1 + random.nextInt(30),
            oneOf(List.of(End.values())));
    return new Step(
        "read " + id + " " + range, stores -> entries(stores.messages().read(id, range)));
  }

  private Step find() {
    ConversationId id = conversation();
    List<String> messageIds = some(1 + random.nextInt(4), drafts::messageId).toList();
    String messageId = messageIds.get(0);
    return new Step(
        "find " + messageIds + " in " + id,
        stores ->
            List.of(
                entries(stores.messages().find(id, messageId).stream().toList()),
                entries(stores.messages().find(id, messageIds))));
  }

  private Step pinned() {
    ConversationId id = conversation();
    long at = now;
    int seq = random.nextInt(40);
    return new Step(
        "what is pinned in " + id + " at " + at + ", and the past of " + seq,
        stores ->
            List.of(
                entries(stores.messages().pinned(id, at)),
                stores.messages().pastContents(id, seq)));
  }

  /** All that there is: of which ones a part consists is for the backend to say. */
  private Step purge() {
    long at = now;
    return new Step("purge at " + at, stores -> stores.messages().purgeExpired(at, 9_999));
  }

  private Step advance() {
    List<CursorMove> moves =
        some(
                1 + random.nextInt(4),
                () -> {
                  long read = random.nextInt(40);
                  Cursors to = new Cursors(read, read + random.nextInt(10));
                  return new CursorMove(conversation(), user(), to);
                })
            .toList();
    return new Step("advance " + moves, stores -> stores.conversations().advance(moves));
  }

  /** As a client does it that just showed everything, or nearly. */
  private Step advanceToTheEnd() {
    ConversationId id = conversation();
    String userId = user();
    int missing = random.nextInt(3);
    return new Step(
        "advance " + userId + " in " + id + " to the end but " + missing,
        stores -> {
          ConversationHead head = stores.conversations().heads(List.of(id)).get(id);
          long seq = head == null ? 0 : Math.max(0, head.maxSeq() - missing);
          Cursors to = new Cursors(seq, seq);
          return stores.conversations().advance(List.of(new CursorMove(id, userId, to)));
        });
  }

  private Step update() {
    ConversationId id = conversation();
    String userId = user();
    SettingsChange change =
        new SettingsChange(
            random.nextBoolean() ? null : random.nextBoolean(),
            random.nextBoolean() ? null : random.nextBoolean(),
            random.nextBoolean() ? null : oneOf(List.of("", "draft", "草稿 😀")),
            random.nextBoolean() ? null : random.nextInt(3) > 0);
    return new Step(
        "update " + id + " of " + userId + " by " + change,
        stores -> stores.conversations().update(userId, id, change));
  }

  private Step clear() {
    ConversationId id = conversation();
    String userId = user();
    return new Step(
        "clear " + id + " of " + userId, stores -> stores.conversations().clear(userId, id));
  }

  private Step delete() {
    ConversationId id = conversation();
    String userId = user();
    Set<Long> seqs = new HashSet<>(some(3, () -> random.nextInt(50) - 2L).toList());
    return new Step(
        "delete " + seqs + " of " + userId + " in " + id,
        stores -> {
          stores.conversations().delete(userId, id, seqs);
          return stores.conversations().deleted(userId, id, 0, Long.MAX_VALUE);
        });
  }

  private Step deleted() {
    ConversationId id = conversation();
    String userId = user();
    long from = random.nextInt(40) - 1L;
    long to = from + random.nextInt(20) - 2;
    return new Step(
        "deleted of " + userId + " in " + id + " from " + from + " to " + to,
        stores -> stores.conversations().deleted(userId, id, from, to));
  }

  private Step cursors() {
    ConversationId id = conversation();
    List<String> userIds = some(random.nextInt(3), this::user).distinct().toList();
    return new Step(
        "cursors of " + userIds + " in " + id,
        stores -> stores.conversations().cursors(id, userIds));
  }

  private Step list() {
    Position after =
        random.nextInt(3) == 0
            ? null
            : new Position(now - random.nextInt(200_000) + 20_000, conversation());
    ConversationQuery query =
        new ConversationQuery(user(), oneOf(List.of(Order.values())), after, 1 + random.nextInt(6));
    return new Step("list " + query, stores -> stores.conversations().list(query));
  }

  private Step views() {
    String userId = user();
    List<ConversationId> ids = some(4, this::conversation).distinct().toList();
    long at = now;
    return new Step(
        "views of " + userId + " at " + at + " of " + ids,
        stores -> stores.conversations().views(userId, ids, at));
  }

  /** The entries, and their reactions in words, because maps are equal in any order. */
  private static List<Object> entries(List<LogEntry> entries) {
    return entries.stream()
        .<Object>map(entry -> List.of(entry, entry.state().reactions().toString()))
        .toList();
  }

  private long version() {
    return switch (random.nextInt(12)) {
      case 0 -> 0;
      case 1 -> 2;
      case 2 -> Append.ANY_VERSION;
      default -> 1;
    };
  }

  private ConversationId conversation() {
    return oneOf(conversations);
  }

  private String user() {
    return oneOf(USERS);
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static <T> Stream<T> some(int count, Supplier<T> made) {
    return IntStream.range(0, count).mapToObj(i -> made.get());
  }
}
