package io.embedim.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the wish to remove members.
 *
 * @param kicked who was removed, by one event
 * @param refused who was not, and why; in the order in which they were named
 */
public record KickResult(List<String> kicked, Map<String, ImError> refused) {

  public KickResult {
    kicked = List.copyOf(kicked);
    refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
  }
}
