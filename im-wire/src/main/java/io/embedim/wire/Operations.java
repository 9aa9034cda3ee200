package io.embedim.wire;

import io.embedim.core.ImEngine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All operations that an engine offers to clients. Immutable. */
public final class Operations {

  private final Map<String, Operation> byMethod;

  public Operations(ImEngine engine) {
    this(engine, new FrameDecoder(engine.settings()));
  }

  Operations(ImEngine engine, FrameDecoder decoder) {
    List<Operation> all = new ArrayList<>();
    all.addAll(new ConversationOperations(engine).all());
    all.addAll(new MessageOperations(engine, decoder).all());
    if (engine.messages().canSearch()) {
      all.addAll(new SearchOperations(engine).all());
    }
    if (engine.hasSchedules()) {
      all.addAll(new ScheduleOperations(engine, decoder).all());
    }
    all.addAll(new PresenceOperations(engine).all());
    if (engine.hasContacts()) {
      all.addAll(new ContactOperations(engine).all());
    }
    if (engine.hasGroups()) {
      all.addAll(new GroupOperations(engine).all());
      all.addAll(new MemberOperations(engine).all());
    }
    Map<String, Operation> map = new LinkedHashMap<>();
    for (Operation operation : all) {
      if (map.put(operation.method(), operation) != null) {
        throw new IllegalStateException(operation.method() + " is declared twice");
      }
    }
    byMethod = Collections.unmodifiableMap(map);
  }

  /** The operation that a REQUEST frame names; null when there is none. */
  public @Nullable Operation find(String method) {
    return byMethod.get(method);
  }

  /** All of them, in the order of their declaration. */
  public List<Operation> all() {
    return List.copyOf(byMethod.values());
  }
}
