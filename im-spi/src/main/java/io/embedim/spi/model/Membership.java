package io.embedim.spi.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who belongs to a conversation at one version. The engine decides on such a snapshot; the append
 * compares the version under its lock, so that a decision on a stale snapshot is never committed.
 *
 * @param conversationId the conversation
 * @param version grows by one with each change of the membership; {@link #NO_CONVERSATION} when the
 *     conversation does not exist. A one-to-one conversation begins with {@link #DIRECT_VERSION},
 *     which it has also before it exists; what changes its membership is that one side blocks the
 *     other, or no longer
 * @param active whether messages are accepted; false for a dismissed group
 * @param allMuted whether only the owner and admins may speak
 * @param members by user id; not copied, so that a large group costs no more than what changes in
 *     it, and not changed by anybody from now on
 */
public record Membership(
    ConversationId conversationId,
    long version,
    boolean active,
    boolean allMuted,
    Map<String, Member> members) {

  public static final long NO_CONVERSATION = 0;
  public static final long DIRECT_VERSION = 1;

  /**
   * The membership of a one-to-one conversation in which nobody ever blocked anybody; it follows
   * from the id.
   */
  public static Membership ofDirect(ConversationId id) {
    Map<String, Member> members = new LinkedHashMap<>();
    id.directMembers().forEach(userId -> members.put(userId, Member.ofDirect(userId)));
    return new Membership(id, DIRECT_VERSION, true, false, Map.copyOf(members));
  }

  /** The member, or null for somebody else. */
  public @Nullable Member member(String userId) {
    return members.get(userId);
  }
}
