package io.embedim.core;

import java.util.List;
import java.util.Map;

/**
 * What became of the wish to remove members.
 *
 * @param kicked who was removed, by one event
 * @param refused who was not, and why
 */
public record KickResult(List<String> kicked, Map<String, ImError> refused) {

  public KickResult {
    kicked = List.copyOf(kicked);
    refused = Map.copyOf(refused);
  }
}
