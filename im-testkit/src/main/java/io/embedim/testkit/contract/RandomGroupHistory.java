package io.embedim.testkit.contract;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.JoinRequest;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.GroupStore;
import io.embedim.spi.store.ImStores;
import io.embedim.testkit.contract.RandomHistory.Step;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes up what could happen to groups, and between it what is said in them. The same seed makes up
 * the same history.
 */
final class RandomGroupHistory {

  /** The answer to what is a mistake of the program. */
  static final String CONTRADICTION = "contradiction";

  private static final List<String> USERS = List.of("alice", "bob", "Bob", "carol", "dave");
  private static final List<ConversationId> CONVERSATIONS =
      Stream.concat(
              Stream.of("g", "G", "h", "i").map(ConversationId::group),
              Stream.of(ConversationId.direct("alice", "bob")))
          .toList();
  private static final List<ConversationId> GROUPS = CONVERSATIONS.subList(0, 4);

  private final Random random;
  private final RandomHistory messages;
  private long now = StoreFixture.NOW;
  private int made;
  private int steps;

  RandomGroupHistory(long seed) {
    this.random = new Random(seed);
    this.messages = new RandomHistory(seed, CONVERSATIONS);
  }

  /** What happens next. */
  Step next() {
    now += random.nextInt(3_000);
    // Begins with the groups.
    return switch (steps++ < 5 ? 0 : random.nextInt(24)) {
      case 0 -> create();
      case 1, 2, 3, 4, 5, 6, 7, 8 -> change();
      case 9 -> look();
      case 10 -> request();
      case 11 -> requests();
      default -> messages.next();
    };
  }

  /** Everything that can be asked about everything, to end a history with. */
  List<Step> questions() {
    Stream<Step> groups =
        Stream.concat(
            GROUPS.stream().map(id -> ask("all of " + id, store -> everything(store, id))),
            USERS.stream()
                .map(user -> ask("the groups of " + user, store -> store.groupsOf(user, "", 9))));
    return Stream.concat(groups, messages.questions().stream()).toList();
  }

  private Step create() {
    ConversationId id = group();
    long at = now;
    Group group = new Group(id.groupId(), GroupFixture.INFO, "", 0, false, false, at, at);
    List<Member> members =
        IntStream.rangeClosed(0, random.nextInt(3))
            .mapToObj(i -> member(i == 0 ? MemberRole.OWNER : MemberRole.MEMBER))
            .toList();
    EntryDraft event = event(id);
    return ask(
        "create " + group + " with " + members + " by " + event,
        store -> store.create(group, members, event, at));
  }

  private Step change() {
    ConversationId id = group();
    GroupChange change = anyChange();
    EntryDraft event = event(id);
    long age = random.nextInt(8) == 0 ? random.nextInt(3) - 1 : 0;
    // Behind the entries' clock, too: what is stamped never goes back.
    long at = now - random.nextInt(5_000);
    return ask(
        "change " + id + " by " + change + " and " + event + ", " + age + " versions ago",
        store ->
            store.change(
                id,
                store.membership(id).map(Membership::version).orElse(0L) - age,
                change,
                event,
                at));
  }

  private GroupChange anyChange() {
    String userId = user();
    MemberRole role = MemberRole.ofCode(random.nextInt(20) == 0 ? 2 : random.nextInt(2));
    return switch (random.nextInt(40)) {
      case 0 ->
          random.nextInt(8) == 0 ? new GroupChange.Dismissed() : new GroupChange.AllMuted(true);
      case 1, 2, 3 -> new GroupChange.AllMuted(random.nextBoolean());
      case 4, 5 -> new GroupChange.InfoChanged(info());
      case 6, 7, 8, 9 -> new GroupChange.RoleChanged(userId, role);
      case 10, 11, 12, 13 -> new GroupChange.OwnerChanged(userId, role);
      case 14, 15, 16 -> new GroupChange.MemberMuted(userId, random.nextInt(3));
      case 17, 18, 19 ->
          new GroupChange.NicknameChanged(userId, random.nextBoolean() ? null : "n" + made++);
      case 20 -> new GroupChange.MembersAdded(List.of(member(role), member(role)));
      case 21 -> new GroupChange.MembersRemoved(List.of(user(), user()));
      default ->
          random.nextInt(5) < 3
              ? new GroupChange.MembersAdded(List.of(member(role)))
              : new GroupChange.MembersRemoved(List.of(userId));
    };
  }

  private Step look() {
    ConversationId id = group();
    String userId = user();
    String after = random.nextBoolean() ? "" : group().groupId();
    int offset = random.nextInt(6);
    int limit = 1 + random.nextInt(4);
    return ask(
        "look at " + id + " and the groups of " + userId + " after " + after,
        store ->
            List.of(
                everything(store, id),
                store.members(id.groupId(), offset, limit),
                store.groupsOf(userId, after, limit)));
  }

  private Step request() {
    JoinRequest request =
        new JoinRequest(
            "q" + made++, group().groupId(), user(), "please", now, now + random.nextInt(200_000));
    return ask("" + request, store -> store.request(request));
  }

  private Step requests() {
    String groupId = group().groupId();
    String requestId = "q" + random.nextInt(made + 1);
    int limit = 1 + random.nextInt(4);
    long at = now;
    boolean close = random.nextInt(3) == 0;
    return ask(
        "the requests to " + groupId + " at " + at + ", and " + requestId,
        store ->
            List.of(
                store.requests(groupId, at, limit),
                store.findRequest(requestId, at),
                close ? store.closeRequest(requestId, at) : "open"));
  }

  private static Object everything(GroupStore store, ConversationId id) {
    return List.of(
        store.find(id.groupId()), store.membership(id), store.members(id.groupId(), 0, 99));
  }

  private static Step ask(String what, Function<GroupStore, Object> question) {
    return new Step(what, stores -> answer(stores, question));
  }

  private static Object answer(ImStores stores, Function<GroupStore, Object> question) {
    try {
      return question.apply(stores.groups().orElseThrow());
    } catch (IllegalArgumentException e) {
      return CONTRADICTION;
    }
  }

  private Group.Info info() {
    return new Group.Info(
        "name" + made++,
        random.nextBoolean() ? null : "avatar",
        random.nextBoolean() ? null : "公告",
        null,
        1 + random.nextInt(9),
        Group.JoinMode.ofCode(random.nextInt(3)),
        random.nextBoolean());
  }

  private Member member(MemberRole role) {
    return new Member(
        user(), role, random.nextBoolean() ? null : "n" + made++, 0, now, null, random.nextInt(2));
  }

  /** Mostly a new one; sometimes one that an event or a message has already. */
  private EntryDraft event(ConversationId id) {
    String eventId =
        switch (random.nextInt(6)) {
          case 0 -> "m" + random.nextInt(150);
          case 1, 2 -> "e" + random.nextInt(8);
          default -> "x" + made++;
        };
    return Drafts.event(id, random.nextInt(3) == 0 ? "bob" : "alice", eventId);
  }

  private ConversationId group() {
    return GROUPS.get(random.nextInt(GROUPS.size()));
  }

  private String user() {
    return USERS.get(random.nextInt(USERS.size()));
  }
}
