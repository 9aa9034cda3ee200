package io.embedim.wire;

import io.embedim.spi.model.Group;
import io.embedim.spi.model.Ids;
import org.jspecify.annotations.Nullable;

/** Reads the parameters that operations on groups have in common. */
final class GroupParameters {

  private static final String EXPECTED =
      " is not valid, expected 1 to 64 characters of A-Za-z0-9_.@-";

  private GroupParameters() {}

  static String groupId(Parameters parameters) {
    String id = parameters.requiredString("group_id");
    if (!Ids.isGroupId(id)) {
      throw Parameters.invalid("group_id" + EXPECTED);
    }
    return id;
  }

  static String userId(Parameters parameters, String name) {
    String id = parameters.requiredString(name);
    if (!Ids.isUserId(id)) {
      throw Parameters.invalid(name + EXPECTED);
    }
    return id;
  }

  static boolean requiredFlag(Parameters parameters, String name) {
    Boolean flag = parameters.flag(name);
    if (flag == null) {
      throw Parameters.invalid(name + " is missing, expected true or false");
    }
    return flag;
  }

  static Group.@Nullable JoinMode joinMode(Parameters parameters) {
    Long code = parameters.number("join_mode", 0, 2);
    return code == null ? null : Group.JoinMode.ofCode(code.intValue());
  }
}
