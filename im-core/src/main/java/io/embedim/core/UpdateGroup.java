package io.embedim.core;

import io.embedim.spi.model.Group;
import org.jspecify.annotations.Nullable;

/**
 * What is to change about a group; null leaves a field as it is, an empty text removes it.
 *
 * @param name 1 to 64 characters
 * @param avatar a URL, at most 1,024 characters
 * @param announcement at most 4,096 characters
 * @param description at most 1,024 characters
 * @param maxMembers not fewer than there are, and not more than the settings allow
 * @param joinMode how one becomes a member
 * @param pastVisible whether new members see what was said before they joined
 */
public record UpdateGroup(
    @Nullable String name,
    @Nullable String avatar,
    @Nullable String announcement,
    @Nullable String description,
    @Nullable Integer maxMembers,
    Group.@Nullable JoinMode joinMode,
    @Nullable Boolean pastVisible) {}
