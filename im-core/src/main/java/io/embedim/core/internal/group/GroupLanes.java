package io.embedim.core.internal.group;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.internal.send.AppendLanes;
import io.embedim.core.internal.send.Committed;
import io.embedim.core.internal.send.LaneContext;
import io.embedim.core.internal.send.LaneWork;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.Member;
import io.embedim.spi.store.GroupStore;
import io.embedim.spi.store.GroupStore.Result;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Takes decisions on groups to the lanes of their conversations. */
public final class GroupLanes {

  private final LaneContext context;
  private final GroupStore store;
  private final AppendLanes lanes;

  public GroupLanes(LaneContext context, GroupStore store, AppendLanes lanes) {
    this.context = context;
    this.store = store;
    this.lanes = lanes;
  }

  /** Decides in the group's lane and commits what was decided. */
  public <R> CompletableFuture<R> commit(String groupId, GroupDecision<R> decision) {
    return lanes.commit(
        ConversationId.group(groupId),
        new GroupWork<>(store, context.memberships(), context.clock(), groupId, decision));
  }

  /** Creates a group; the future fails when its id is taken. */
  public CompletableFuture<Group> create(Group group, List<Member> members, EntryDraft event) {
    return lanes.commit(ConversationId.group(group.groupId()), new Creation(group, members, event));
  }

  private final class Creation implements LaneWork<Group> {

    private final Group group;
    private final List<Member> members;
    private final EntryDraft event;
    private final List<Committed> committed = new ArrayList<>();

    Creation(Group group, List<Member> members, EntryDraft event) {
      this.group = group;
      this.members = members;
      this.event = event;
    }

    @Override
    public Group commit() {
      Result result = store.create(group, members, event, context.clock().millis());
      if (!(result instanceof Result.Changed created)) {
        throw new ImException(ImError.GROUP_EXISTS, "there is a group with this id already");
      }
      committed.add(
          new Committed(created.event(), null, members.stream().map(Member::userId).toList()));
      return group;
    }

    @Override
    public List<Committed> committed() {
      return committed;
    }

    @Override
    public Collection<EntryDraft> unknown() {
      return List.of(event);
    }
  }
}
