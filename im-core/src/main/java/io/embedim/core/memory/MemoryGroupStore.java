package io.embedim.core.memory;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.JoinRequest;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.Membership;
import io.embedim.spi.model.MembershipDelta;
import io.embedim.spi.store.GroupStore;
import io.embedim.spi.store.SeqRange;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Groups in memory. Each is a conversation, whose lock its changes and its messages share. */
final class MemoryGroupStore implements GroupStore {

  private final ConversationDirectory directory;
  private final JoinRequests requests = new JoinRequests();

  MemoryGroupStore(ConversationDirectory directory) {
    this.directory = directory;
  }

  @Override
  public Result create(Group group, List<Member> members, EntryDraft event, long now) {
    Conversation created = Conversation.group(group, List.copyOf(members), event, now);
    Conversation existing = directory.begin(created);
    return existing == created
        ? new Result.Changed(created.read(SeqRange.after(0, 1)).get(0), 1)
        : new Result.MembershipChanged(existing.group(GroupState::version));
  }

  @Override
  public Result change(
      ConversationId id, long expectedVersion, GroupChange change, EntryDraft event, long now) {
    return group(id)
        .map(
            conversation ->
                conversation.change(
                    expectedVersion,
                    change,
                    event,
                    now,
                    cameIn -> {
                      cameIn.forEach(userId -> directory.join(userId, conversation));
                      requests.close(id.groupId(), cameIn);
                    }))
        .orElseGet(() -> new Result.MembershipChanged(Membership.NO_CONVERSATION));
  }

  @Override
  public Optional<Group> find(String groupId) {
    return group(ConversationId.group(groupId))
        .map(conversation -> conversation.group(GroupState::group));
  }

  @Override
  public Optional<Membership> membership(ConversationId id) {
    return group(id).map(conversation -> conversation.group(state -> state.membership(id)));
  }

  @Override
  public Optional<MembershipDelta> membershipSince(ConversationId id, long version) {
    return group(id).map(conversation -> conversation.group(state -> state.since(version)));
  }

  @Override
  public List<Member> members(String groupId, int offset, int limit) {
    return group(ConversationId.group(groupId))
        .map(conversation -> conversation.group(state -> state.page(offset, limit)))
        .orElseGet(List::of);
  }

  @Override
  public List<Group> groupsOf(String userId, String afterGroupId, int limit) {
    return directory.of(userId).stream()
        .filter(conversation -> conversation.id().isGroup())
        .filter(conversation -> conversation.id().groupId().compareTo(afterGroupId) > 0)
        .sorted(Comparator.comparing(conversation -> conversation.id().groupId()))
        .map(conversation -> conversation.group(state -> state.isOf(userId) ? state.group() : null))
        .filter(Objects::nonNull)
        .limit(limit)
        .toList();
  }

  @Override
  public JoinRequest request(JoinRequest request) {
    return requests.keep(request);
  }

  @Override
  public Optional<JoinRequest> findRequest(String requestId, long now) {
    return requests.find(requestId, now);
  }

  @Override
  public List<JoinRequest> requests(String groupId, long now, int limit) {
    return requests.of(groupId, now, limit);
  }

  @Override
  public boolean closeRequest(String requestId, long now) {
    return requests.close(requestId, now);
  }

  private Optional<Conversation> group(ConversationId id) {
    return Optional.ofNullable(directory.find(id));
  }
}
