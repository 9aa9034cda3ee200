package io.embedim.core;

import io.embedim.spi.model.Group;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group to be made. Its maker becomes the owner.
 *
 * @param groupId what to call it, for hosts that name their groups; null for a new id
 * @param info what it is
 * @param memberIds its first members beside the maker; may be empty
 */
public record CreateGroup(@Nullable String groupId, Group.Info info, List<String> memberIds) {

  public CreateGroup {
    memberIds = List.copyOf(memberIds);
  }
}
