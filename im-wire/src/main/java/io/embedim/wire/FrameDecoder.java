package io.embedim.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.ImSettings;
import io.embedim.core.ReviseCommand;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.MessageOptions;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads clients' JSON frames. Every client is taken for hostile: whatever the text is, the answer
 * is a frame, if need be an {@link ClientFrame.Invalid} one. Safe for use by many threads.
 */
public final class FrameDecoder {

  private final JsonFactory factory;
  private final ObjectMapper mapper;
  private final ContentReader contents;
  private final RevisionReader revisions;

  public FrameDecoder(ImSettings settings) {
    factory = StrictJson.reader(settings.maxFrameBytes());
    mapper = StrictJson.mapper(factory);
    contents = new ContentReader(factory, settings.maxContentBytes());
    revisions = new RevisionReader(contents);
  }

  /** Reads one frame; never throws. */
  public ClientFrame decode(String text) {
    Envelope envelope = new Envelope();
    try (JsonParser json = factory.createParser(text)) {
      envelope.read(json);
    } catch (JsonProcessingException e) {
      return new ClientFrame.Invalid(
          envelope.messageId, ImError.MALFORMED_FRAME, describe(e), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      // First, because what the other fields of an unknown type look like is unknown too.
      if (envelope.type != null && !FrameType.isSentByClients(envelope.type)) {
        throw unknownType(envelope.type);
      }
      if (envelope.error != null) {
        throw new ImException(envelope.error, envelope.problem);
      }
      return interpret(envelope);
    } catch (ImException e) {
      boolean request = envelope.type != null && envelope.type == FrameType.REQUEST;
      return new ClientFrame.Invalid(
          envelope.messageId, e.error(), String.valueOf(e.getMessage()), request);
    }
  }

  /**
   * Reads the parameters of an operation from a JSON object.
   *
   * @throws ImException with {@code malformed_frame} when it is none
   */
  public Parameters parameters(String json) {
    return Parameters.of(object(json), "");
  }

  private ClientFrame interpret(Envelope envelope) {
    if (envelope.type == null) {
      throw new ImException(
          ImError.MALFORMED_FRAME, "type is missing, expected the number of a frame type");
    }
    return switch (envelope.type.intValue()) {
      case FrameType.SINGLE_CHAT -> chat(envelope, target(envelope));
      case FrameType.GROUP_CHAT -> chat(envelope, groupTarget(envelope));
      case FrameType.ACK -> received(envelope);
      case FrameType.READ_RECEIPT ->
          new ClientFrame.Read(
              envelope.messageId,
              conversationId(envelope),
              content(envelope).requiredNumber("last_read_seq", 0, Long.MAX_VALUE));
      case FrameType.TYPING -> new ClientFrame.Typing(envelope.messageId, target(envelope));
      case FrameType.REVOKE, FrameType.EDIT, FrameType.REACTION, FrameType.PIN ->
          new ClientFrame.Revise(
              revisions.ofFrame(
                  envelope, conversationId(envelope), content(envelope), envelope.type.intValue()));
      case FrameType.REQUEST -> request(envelope);
      case FrameType.AUTH -> auth(envelope);
      case FrameType.HEARTBEAT -> new ClientFrame.Heartbeat(envelope.messageId);
      default -> throw unknownType(envelope.type);
    };
  }

  /**
   * Reads a message that was given as the parameters of an operation.
   *
   * @throws ImException when it is no valid frame of type 1 or 2
   */
  ClientFrame.Chat chat(Parameters parameters) {
    ClientFrame frame = decode(parameters.json());
    if (frame instanceof ClientFrame.Invalid invalid) {
      throw new ImException(invalid.error(), invalid.problem());
    }
    if (frame instanceof ClientFrame.Chat chat) {
      return chat;
    }
    throw Parameters.invalid("type is not that of a message, expected 1 or 2");
  }

  /**
   * Reads a revision that was given as the parameters of an operation.
   *
   * @param type that of the frame which does the same
   * @throws ImException when it is no valid one
   */
  ReviseCommand revision(Parameters parameters, int type) {
    return revisions.ofParameters(parameters, type);
  }

  private ClientFrame chat(Envelope envelope, Target target) {
    if (target.group() != (envelope.type != null && envelope.type == FrameType.GROUP_CHAT)) {
      throw Parameters.invalid(
          target.group()
              ? "conversation_id names a group's conversation, expected a one-to-one for type 1"
              : "conversation_id names a one-to-one conversation, expected a group's for type 2");
    }
    long qos = envelope.qos == null ? 1 : envelope.qos;
    if (qos != 0 && qos != 1) {
      throw Parameters.invalid("qos is " + qos + ", expected 0 or 1");
    }
    return new ClientFrame.Chat(
        envelope.messageId, target, contents.of(envelope, "content"), options(envelope), qos == 1);
  }

  private static MessageOptions options(Envelope envelope) {
    long expiresIn = envelope.expiresIn == null ? 0 : envelope.expiresIn;
    if (expiresIn < 0 || expiresIn > MessageOptions.MAX_EXPIRES_IN) {
      throw Parameters.invalid(
          "expires_in is "
              + expiresIn
              + ", expected 0 to "
              + MessageOptions.MAX_EXPIRES_IN
              + " seconds");
    }
    String forwardedFrom = envelope.forwardedFrom;
    if (forwardedFrom != null
        && Utf8.length(forwardedFrom) > MessageOptions.MAX_FORWARDED_FROM_BYTES) {
      throw Parameters.invalid(
          "forwarded_from has "
              + Utf8.length(forwardedFrom)
              + " bytes, expected at most "
              + MessageOptions.MAX_FORWARDED_FROM_BYTES);
    }
    if (envelope.clientTimestamp == null
        && envelope.replyTo == null
        && envelope.mentions.isEmpty()
        && forwardedFrom == null
        && expiresIn == 0) {
      return MessageOptions.NONE;
    }
    return new MessageOptions(
        envelope.clientTimestamp, envelope.replyTo, envelope.mentions, forwardedFrom, expiresIn);
  }

  private ClientFrame received(Envelope envelope) {
    ConversationId id = conversationId(envelope);
    Long seq = content(envelope).number("seq", 0, Long.MAX_VALUE);
    if (seq != null) {
      return new ClientFrame.Received(envelope.messageId, id, seq);
    }
    if (envelope.messageId == null) {
      throw Parameters.invalid("content.seq is missing, expected it or a message_id");
    }
    return new ClientFrame.ReceivedOne(envelope.messageId, id);
  }

  private ClientFrame request(Envelope envelope) {
    Parameters content = content(envelope);
    return new ClientFrame.Request(
        envelope.messageId, content.requiredString("method"), content.object("params"));
  }

  private ClientFrame auth(Envelope envelope) {
    Parameters content = content(envelope);
    String token = content.requiredString("token");
    String platform = content.string("platform");
    return new ClientFrame.Auth(
        envelope.messageId,
        token,
        ConnectionOptions.deviceId(content.string("device_id"), "content.device_id"),
        platform == null ? null : ConnectionOptions.platform(platform, "content.platform"),
        content.flag("batch"));
  }

  private static Target target(Envelope envelope) {
    String to = envelope.to;
    if (to == null && envelope.conversationId == null) {
      throw Parameters.invalid("to and conversation_id are missing, expected one of them");
    }
    if (to != null && !Ids.isUserId(to)) {
      throw Parameters.invalid(
          "to is not valid, expected an id of 1 to 64 characters of A-Za-z0-9_.@-");
    }
    ConversationId id = envelope.conversationId == null ? null : conversationId(envelope);
    return new Target(to, id, id != null && id.isGroup());
  }

  /** For a message to a group, whose id is in {@code to}. */
  private static Target groupTarget(Envelope envelope) {
    Target target = target(envelope);
    return target.conversationId() == null ? new Target(target.to(), null, true) : target;
  }

  private static ConversationId conversationId(Envelope envelope) {
    if (envelope.conversationId == null) {
      throw Parameters.invalid("conversation_id is missing, " + ConversationIds.EXPECTED);
    }
    return ConversationIds.parse(envelope.conversationId, "conversation_id is not valid");
  }

  private Parameters content(Envelope envelope) {
    String content = envelope.content;
    return content == null ? Parameters.EMPTY_CONTENT : Parameters.of(object(content), "content.");
  }

  private ObjectNode object(String json) {
    try {
      JsonNode node = mapper.readTree(json);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new ImException(ImError.MALFORMED_FRAME, "expected a JSON object");
    } catch (JsonProcessingException e) {
      throw new ImException(ImError.MALFORMED_FRAME, describe(e));
    } catch (NumberFormatException e) {
      throw new ImException(
          ImError.MALFORMED_FRAME,
          "the exponent of a number is out of range, expected at most 9 digits");
    }
  }

  private static String describe(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      return "the JSON is beyond a limit: "
          + StrictJson.MAX_DEPTH
          + " levels, "
          + StrictJson.MAX_NAME_CHARS
          + " characters in a name, "
          + StrictJson.MAX_NUMBER_CHARS
          + " in a number, or the size of a frame";
    }
    // The parser's own words quote what the client sent; its position is enough to find the place.
    String what =
        e.getOriginalMessage() != null && e.getOriginalMessage().startsWith("Duplicate field")
            ? "a name stands twice in one object"
            : "it is not valid JSON";
    return "the frame cannot be read: "
        + what
        + (e.getLocation() == null ? "" : ", at character " + e.getLocation().getCharOffset());
  }

  private static ImException unknownType(long type) {
    return new ImException(
        ImError.UNKNOWN_TYPE,
        "type is " + type + ", expected one that clients send: 1, 2, 20 to 26, 40, 90 or 99");
  }
}
