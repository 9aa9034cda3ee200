package io.embedim.wire;

import io.embedim.core.ImEngine;
import io.embedim.core.Schedules;
import io.embedim.spi.store.ScheduleStore.Scheduled;
import java.util.List;

/** The operations on messages to be sent later. */
final class ScheduleOperations {

  private final Schedules schedules;
  private final FrameDecoder decoder;
  private final int pageBytes;

  ScheduleOperations(ImEngine engine, FrameDecoder decoder) {
    this.schedules = engine.schedules();
    this.decoder = decoder;
    this.pageBytes = engine.settings().pageBytes();
  }

  private record ScheduleCommand(ClientFrame.Chat message, long sendAt) {}

  List<Operation> all() {
    return List.of(schedule(), unschedule(), scheduled());
  }

  private Operation schedule() {
    return Operation.blocking(
        new Operation.Route("message.schedule", Operation.Verb.POST, "/api/message/schedule"),
        parameters ->
            new ScheduleCommand(
                decoder.chat(parameters), parameters.requiredNumber("send_at", 0, Long.MAX_VALUE)),
        (invocation, command) ->
            schedules.schedule(
                invocation.caller(),
                command.message().command(invocation.userId()),
                command.sendAt()),
        (json, kept, invocation) -> {
          json.writeStartObject();
          json.writeStringField("schedule_id", kept.scheduleId());
          json.writeNumberField("send_at", kept.sendAt());
          json.writeEndObject();
        });
  }

  private Operation unschedule() {
    return Operation.blocking(
        new Operation.Route("message.unschedule", Operation.Verb.POST, "/api/message/unschedule"),
        parameters -> parameters.requiredString("schedule_id"),
        (invocation, scheduleId) -> {
          schedules.cancel(invocation.userId(), scheduleId);
          return scheduleId;
        },
        ResultJson::writeNothing);
  }

  private Operation scheduled() {
    return Operation.blocking(
        new Operation.Route("message.scheduled", Operation.Verb.GET, "/api/message/scheduled"),
        Slice::begin,
        (invocation, begin) ->
            Slice.of(
                schedules.pending(invocation.userId()),
                begin,
                kept -> MessageOperations.bytes(kept.draft()),
                pageBytes),
        (json, page, invocation) -> {
          json.writeStartObject();
          json.writeArrayFieldStart("scheduled");
          for (Scheduled kept : page.items()) {
            json.writeStartObject();
            json.writeStringField("schedule_id", kept.scheduleId());
            json.writeNumberField("send_at", kept.sendAt());
            if (kept.refused() != null) {
              json.writeStringField("refused", kept.refused());
            }
            json.writeFieldName("message");
            EntryJson.writeUnsent(json, kept.draft());
            json.writeEndObject();
          }
          json.writeEndArray();
          ResultJson.writeNextPage(json, page.next());
          json.writeEndObject();
        });
  }
}
