package io.embedim.spi.model;

import java.util.List;

/**
 * Names a conversation: {@code a:b} for two users, their ids in byte order, or {@code
 * group:{group_id}}.
 *
 * <p>The members of a one-to-one conversation follow from its id, so it needs no record before its
 * first message. A user may converse with herself ({@code a:a}); one side may be {@link
 * Ids#SYSTEM_USER}.
 *
 * @param value the id as it stands on the wire, at most 129 ASCII characters
 */
public record ConversationId(String value) implements Comparable<ConversationId> {

  private static final String GROUP_PREFIX = "group:";

  /**
   * @throws IllegalArgumentException when {@code value} is not a conversation id in its one
   *     canonical form
   */
  public ConversationId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "a conversation id is two user ids in byte order joined by ':', or 'group:' and a"
              + " group id");
    }
  }

  /**
   * The conversation of two users, whichever comes first.
   *
   * @throws IllegalArgumentException when one of them is not a user id
   */
  public static ConversationId direct(String oneUser, String otherUser) {
    return new ConversationId(
        oneUser.compareTo(otherUser) <= 0 ? oneUser + ':' + otherUser : otherUser + ':' + oneUser);
  }

  /**
   * The conversation of a group.
   *
   * @throws IllegalArgumentException when {@code groupId} is not a group id
   */
  public static ConversationId group(String groupId) {
    return new ConversationId(GROUP_PREFIX + groupId);
  }

  /** Whether this is a group's conversation; otherwise it is one-to-one. */
  public boolean isGroup() {
    return value.startsWith(GROUP_PREFIX);
  }

  /**
   * The group's id.
   *
   * @throws IllegalStateException for a one-to-one conversation
   */
  public String groupId() {
    if (!isGroup()) {
      throw new IllegalStateException(value + " is not a group's conversation");
    }
    return value.substring(GROUP_PREFIX.length());
  }

  /**
   * The members of a one-to-one conversation in byte order: two, or one who talks to herself.
   *
   * @throws IllegalStateException for a group's conversation
   */
  public List<String> directMembers() {
    if (isGroup()) {
      throw new IllegalStateException(value + " is a group's conversation");
    }
    int colon = value.indexOf(':');
    String first = value.substring(0, colon);
    String second = value.substring(colon + 1);
    return first.equals(second) ? List.of(first) : List.of(first, second);
  }

  /** Whether this is a one-to-one conversation in which the user takes part. */
  public boolean isOf(String userId) {
    int colon = value.indexOf(':');
    boolean first = colon == userId.length() && value.startsWith(userId);
    boolean second = value.length() - colon - 1 == userId.length() && value.endsWith(userId);
    return (first || second) && !isGroup();
  }

  /**
   * Whom {@code userId} talks to in this one-to-one conversation.
   *
   * @throws IllegalStateException for a group's conversation
   * @throws IllegalArgumentException when {@code userId} does not take part
   */
  public String peerOf(String userId) {
    List<String> members = directMembers();
    if (!members.contains(userId)) {
      throw new IllegalArgumentException(userId + " is not in " + value);
    }
    return members.get(0).equals(userId) ? members.get(members.size() - 1) : members.get(0);
  }

  @Override
  public int compareTo(ConversationId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }

  private static boolean isValid(String value) {
    if (value.startsWith(GROUP_PREFIX)) {
      return Ids.isGroupId(value.substring(GROUP_PREFIX.length()));
    }
    int colon = value.indexOf(':');
    if (colon < 0) {
      return false;
    }
    String first = value.substring(0, colon);
    String second = value.substring(colon + 1);
    return isParty(first)
        && isParty(second)
        && first.compareTo(second) <= 0
        && !(first.equals(Ids.SYSTEM_USER) && second.equals(Ids.SYSTEM_USER));
  }

  private static boolean isParty(String id) {
    return Ids.isUserId(id) || Ids.SYSTEM_USER.equals(id);
  }
}
