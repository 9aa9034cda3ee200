package io.embedim.core;

import io.embedim.spi.model.Member;
import java.util.List;

/**
 * A page of a group's members.
 *
 * @param members the owner, then admins, then members, each by user id
 * @param total how many belong to the group
 */
public record MemberPage(List<Member> members, int total) {}
