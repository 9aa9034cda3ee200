package io.embedim.core.internal.group;

import static java.util.Objects.requireNonNull;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.internal.send.Committed;
import io.embedim.core.internal.send.LaneWork;
import io.embedim.core.internal.send.MembershipCache;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.GroupChange;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.GroupStore;
import io.embedim.spi.store.GroupStore.Result;
import io.embedim.spi.store.StoreException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides on a group and commits what was decided, again until nobody else was faster. */
final class GroupWork<R> implements LaneWork<R> {

  private static final Logger LOG = LoggerFactory.getLogger(GroupWork.class);

  /** How often it is decided again when others keep changing the group. */
  private static final int DECISIONS = 20;

  private final GroupStore store;
  private final MembershipCache memberships;
  private final Clock clock;
  private final String groupId;
  private final GroupDecision<R> decision;
  private final List<Committed> committed = new ArrayList<>();
  private final List<EntryDraft> unknown = new ArrayList<>();

  GroupWork(
      GroupStore store,
      MembershipCache memberships,
      Clock clock,
      String groupId,
      GroupDecision<R> decision) {
    this.store = store;
    this.memberships = memberships;
    this.clock = clock;
    this.groupId = groupId;
    this.decision = decision;
  }

  @Override
  public R commit() {
    ConversationId id = ConversationId.group(groupId);
    Membership membership = memberships.get(id);
    for (int i = 0; i < DECISIONS; i++) {
      Group group = store.find(groupId).orElseThrow(GroupRules::noGroup);
      GroupStep<R> step;
      try {
        step = decision.decide(group, membership);
      } catch (ImException refused) {
        Membership now = memberships.reload(id);
        if (now.version() == membership.version()) {
          throw refused;
        }
        membership = now;
        continue;
      }
      GroupChange change = step.change();
      if (change == null) {
        return step.result();
      }
      EntryDraft event = requireNonNull(step.event());
      unknown.add(event);
      Result result = store.change(id, membership.version(), change, event, clock.millis());
      unknown.clear();
      if (result instanceof Result.Changed changed) {
        committed.add(new Committed(changed.event(), null, recipients(membership, change)));
        if (!step.again()) {
          refresh(id);
          return step.result();
        }
      }
      membership = memberships.reload(id);
    }
    throw new ImException(ImError.UNAVAILABLE, "the group keeps changing, try again");
  }

  @Override
  public List<Committed> committed() {
    return committed;
  }

  @Override
  public Collection<EntryDraft> unknown() {
    return unknown;
  }

  /** So that the next message is decided on it at once; if not, the next commit finds out. */
  private void refresh(ConversationId id) {
    try {
      var unused = memberships.reload(id);
    } catch (StoreException e) {
      LOG.debug("the members of {} are read again later", id, e);
    }
  }

  /** Whoever belonged to the group before, and whoever it takes in. */
  private static Set<String> recipients(Membership before, GroupChange change) {
    return change instanceof GroupChange.MembersAdded added
        ? MembershipCache.with(before, added.members()).keySet()
        : before.members().keySet();
  }
}
