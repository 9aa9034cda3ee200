package io.embedim.wire;

import io.embedim.spi.model.Group;
import org.jspecify.annotations.Nullable;

/** Reads the parameters that operations on groups have in common. */
final class GroupParameters {

  private GroupParameters() {}

  static String groupId(Parameters parameters) {
    return parameters.requiredId("group_id", IdKind.GROUP);
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
