package io.embedim.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** How we read JSON that a stranger wrote, and how we write ours. */
final class StrictJson {

  /** How deep a frame may be nested, the envelope being level 1. */
  static final int MAX_DEPTH = 32;

  static final int MAX_NAME_CHARS = 256;
  static final int MAX_NUMBER_CHARS = 100;

  // Virtual threads live for one task: a buffer per thread would be a new buffer per task.
  private static final int POOLED_BUFFERS = 64;

  private static final JsonFactory WRITER =
      new JsonFactoryBuilder()
          .recyclerPool(JsonRecyclerPools.newBoundedPool(POOLED_BUFFERS))
          .build();

  private StrictJson() {}

  /** Makes generators; it has no limits and no state but pooled buffers. */
  static JsonFactory writer() {
    return WRITER;
  }

  /**
   * Makes parsers for documents of at most {@code maxChars} characters.
   *
   * <p>Names are not kept: clients choose them (a cursor's name is a conversation's id), and a
   * table of names shared by all connections is something that one of them could fill.
   */
  static JsonFactory reader(int maxChars) {
    return new JsonFactoryBuilder()
        .recyclerPool(JsonRecyclerPools.newBoundedPool(POOLED_BUFFERS))
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNameLength(MAX_NAME_CHARS)
                .maxNumberLength(MAX_NUMBER_CHARS)
                .maxStringLength(maxChars)
                .maxDocumentLength(maxChars)
                .build())
        .build();
  }

  /** Reads whole documents into trees; numbers keep their value, however many digits they have. */
  static ObjectMapper mapper(JsonFactory factory) {
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .build();
  }
}
