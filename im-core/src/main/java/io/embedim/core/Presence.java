package io.embedim.core;

import io.embedim.core.internal.session.LiveSession;
import io.embedim.core.internal.session.PresenceTracker;
import io.embedim.core.internal.session.SessionRegistry;
import io.embedim.core.session.Session;
import io.embedim.spi.model.Ids;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who is online. Safe for use by many threads; methods may block. */
public final class Presence {

  /** Users whose presence can be asked for at once. */
  private static final int MOST_ASKED = 500;

  private final PresenceTracker tracker;
  private final SessionRegistry sessions;
  private final ImSettings settings;

  Presence(PresenceTracker tracker, SessionRegistry sessions, ImSettings settings) {
    this.tracker = tracker;
    this.sessions = sessions;
    this.settings = settings;
  }

  /**
   * The states of these users, each once, in the order of the question; for the host.
   *
   * @throws ImException {@code invalid_argument} for a malformed id, or for too many
   */
  public List<PresenceState> get(Collection<String> userIds) {
    return tracker.states(checked(userIds, MOST_ASKED));
  }

  /**
   * The states of these users as somebody may see them.
   *
   * @throws ImException as for {@link #get}; {@code unavailable} when it cannot be told what she
   *     may see
   */
  public List<PresenceState> seenBy(String viewerId, Collection<String> userIds) {
    return tracker.statesFor(viewerId, checked(userIds, MOST_ASKED));
  }

  /**
   * From now on the session is told when these users come and go.
   *
   * @return the states of now
   * @throws ImException {@code invalid_argument} for a malformed id, or when the session would
   *     follow too many; {@code unavailable} when it cannot be told what she may see
   */
  public List<PresenceState> subscribe(Session session, Collection<String> userIds) {
    Set<String> checked = checked(userIds, settings.presenceSubscriptions());
    if (!tracker.follow(live(session), checked, settings.presenceSubscriptions())) {
      throw tooMany(settings.presenceSubscriptions());
    }
    return tracker.statesFor(session.info().userId(), checked);
  }

  /**
   * The session is no longer told of these users.
   *
   * @throws ImException {@code invalid_argument} for a malformed id, or for too many
   */
  public void unsubscribe(Session session, Collection<String> userIds) {
    tracker.unfollow(live(session), checked(userIds, MOST_ASKED));
  }

  private LiveSession live(Session session) {
    return sessions.of(session.info().userId()).stream()
        .filter(session::equals)
        .findFirst()
        .orElseThrow(() -> new ImException(ImError.UNAUTHENTICATED, "the session has ended"));
  }

  private static Set<String> checked(Collection<String> userIds, int most) {
    for (String userId : userIds) {
      if (!Ids.isUserId(userId)) {
        throw new ImException(
            ImError.INVALID_ARGUMENT, "user_ids holds something that is no user id");
      }
    }
    Set<String> distinct = new LinkedHashSet<>(userIds);
    if (distinct.size() > most) {
      throw tooMany(most);
    }
    return distinct;
  }

  private static ImException tooMany(int most) {
    return new ImException(ImError.INVALID_ARGUMENT, "user_ids: at most " + most + " users");
  }
}
