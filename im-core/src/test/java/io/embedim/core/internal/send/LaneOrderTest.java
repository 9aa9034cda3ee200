package io.embedim.core.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.ImException;
import io.embedim.core.ImSettings;
import io.embedim.core.MessageRules;
import io.embedim.core.SendResult;
import io.embedim.core.internal.send.LaneTask.PendingAppend;
import io.embedim.core.internal.session.SessionRegistry;
import io.embedim.core.memory.MemoryStores;
import io.embedim.spi.hook.UserDirectory;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryState;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.MemberRole;
import io.embedim.spi.model.Membership;
import io.embedim.spi.model.MembershipDelta;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.model.PastContent;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.ConversationStore;
import io.embedim.spi.store.GroupStore;
import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.MessageStore;
import io.embedim.spi.store.SeqRange;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The order of a group's messages while its membership changes under them. */
class LaneOrderTest {

  private static final ConversationId TEAM = ConversationId.group("team");

  private final Map<String, Member> members = new HashMap<>();
  private final ChangingGroup group = new ChangingGroup();
  private final ImStores stores = new GroupStores();
  private final MembershipCache memberships =
      new MembershipCache(stores, UserDirectory.EVERYBODY, Clock.systemUTC());
  private final LaneCommitter committer =
      new LaneCommitter(
          new LaneContext(stores, memberships, ImSettings.defaults(), Clock.systemUTC()),
          new Dispatcher(Runnable::run, new FanOut(new SessionRegistry(), memberships), List.of()));

  LaneOrderTest() {
    join("alice");
    join("bob");
  }

  @Test
  void messages_that_were_decided_on_different_versions_keep_their_order() {
    group.version = 2;
    commit(decided("a", "alice", 1), decided("b", "bob", 2), decided("c", "alice", 1));
    assertThat(group.log).containsExactly("a", "b", "c");
  }

  @Test
  void a_version_that_moves_between_decision_and_commit_changes_no_order() {
    group.version = 3;
    commit(decided("a", "alice", 2), decided("b", "bob", 2), decided("c", "alice", 2));
    assertThat(group.log).containsExactly("a", "b", "c");
  }

  @Test
  void the_system_does_not_overtake_a_member() {
    group.version = 2;
    commit(decided("a", "alice", 1), decided("s", "system", 1), decided("b", "bob", 1));
    assertThat(group.log).containsExactly("a", "s", "b");
  }

  @Test
  void whoever_was_removed_meanwhile_is_refused_and_the_others_keep_their_order() {
    PendingAppend removed = decided("b", "bob", 1);
    members.remove("bob");
    group.version = 2;
    commit(decided("a", "alice", 1), removed, decided("c", "alice", 2));
    assertThat(group.log).containsExactly("a", "c");
    assertThat(refusal(removed.result())).isEqualTo("group_not_found");
  }

  @Test
  void a_membership_that_never_stands_still_is_unavailable_in_the_end() {
    group.restless = true;
    PendingAppend pending = decided("a", "alice", 1);
    commit(pending);
    assertThat(refusal(pending.result())).isEqualTo("unavailable");
    assertThat(group.log).isEmpty();
  }

  private void commit(PendingAppend... drafts) {
    committer.commit(List.of(drafts));
  }

  private void join(String userId) {
    members.put(userId, new Member(userId, MemberRole.MEMBER, null, 0, 0, null, 1));
  }

  private static PendingAppend decided(String messageId, String sender, long version) {
    EntryDraft draft =
        new EntryDraft(
            TEAM,
            sender.equals("system") ? EntryType.SYSTEM : EntryType.GROUP_CHAT,
            messageId,
            sender,
            new Content(ContentType.TEXT, "{\"text\":\"hi\"}", "hi"),
            MessageOptions.NONE,
            null);
    SendRules rules = new SendRules(List.of(), MessageRules.DEFAULTS);
    return new PendingAppend(
        draft,
        sender.equals("system") ? rules.system() : rules.message(draft),
        new Membership(TEAM, version, true, false, Map.of()),
        null,
        0);
  }

  private static String refusal(CompletableFuture<SendResult> result) {
    return result.handle((ok, failure) -> ((ImException) failure).error().reason()).join();
  }

  /** A group's log that compares versions, as every store does. */
  private static final class ChangingGroup implements MessageStore {
    final List<String> log = new ArrayList<>();
    long version = 1;
    boolean restless;

    @Override
    public List<AppendResult> append(List<Append> batch, long now) {
      if (restless) {
        version++;
      }
      return batch.stream().map(append -> append(append, now)).toList();
    }

    private AppendResult append(Append append, long now) {
      if (append.expectedVersion() != version) {
        return new AppendResult.MembershipChanged(version);
      }
      log.add(append.draft().messageId());
      return new AppendResult.Appended(
          new LogEntry(log.size(), now, append.draft(), EntryState.UNREVISED));
    }

    @Override
    public List<LogEntry> read(ConversationId id, SeqRange range) {
      return List.of();
    }

    @Override
    public Optional<LogEntry> find(ConversationId id, String messageId) {
      return Optional.empty();
    }

    @Override
    public List<LogEntry> find(ConversationId id, Collection<String> messageIds) {
      return List.of();
    }

    @Override
    public List<LogEntry> pinned(ConversationId id, long now) {
      return List.of();
    }

    @Override
    public List<PastContent> pastContents(ConversationId id, long seq) {
      return List.of();
    }

    @Override
    public int purgeExpired(long now, int limit) {
      return 0;
    }
  }

  private final class GroupStores implements ImStores {
    private final ImStores memory = MemoryStores.create();

    @Override
    public MessageStore messages() {
      return group;
    }

    @Override
    public ConversationStore conversations() {
      return memory.conversations();
    }

    /** The engine asks for the membership only. */
    @Override
    public Optional<GroupStore> groups() {
      return Optional.of(
          (GroupStore)
              Proxy.newProxyInstance(
                  GroupStore.class.getClassLoader(),
                  new Class<?>[] {GroupStore.class},
                  (proxy, method, arguments) ->
                      Optional.of(
                          method.getName().equals("membership")
                              ? new Membership(
                                  TEAM, group.version, true, false, Map.copyOf(members))
                              : new MembershipDelta(
                                  group.version,
                                  true,
                                  false,
                                  List.copyOf(members.values()),
                                  Set.of()))));
    }

    @Override
    public String describe() {
      return "one group";
    }

    @Override
    public void close() {
      memory.close();
    }
  }
}
