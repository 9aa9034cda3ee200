package io.embedim.wire;

import io.embedim.core.ImException;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.model.Ids;
import io.embedim.spi.model.Platform;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client said about itself while it connected. An AUTH frame can replace all of it.
 *
 * @param identity who it is, when a token came with the connection; null when AUTH has to say it
 * @param deviceId how it names its device; null for one device per connection
 * @param platform what kind of client it is
 * @param batched whether it takes several frames joined into one
 */
public record ConnectionOptions(
    Authenticator.Result.@Nullable Authenticated identity,
    @Nullable String deviceId,
    Platform platform,
    boolean batched) {

  /** Nothing is known about the client. */
  public static final ConnectionOptions NONE =
      new ConnectionOptions(null, null, Platform.OTHER, false);

  /**
   * Reads {@code device_id}, {@code platform} and {@code batch} from the query of a URL.
   *
   * @param query decoded parameters; others are ignored
   * @throws ImException with {@code invalid_argument} that names the parameter and what is allowed
   */
  public static ConnectionOptions ofQuery(Map<String, List<String>> query) {
    Parameters parameters = Parameters.ofQuery(query);
    String platform = parameters.string("platform");
    return new ConnectionOptions(
        null,
        deviceId(parameters.string("device_id"), "device_id"),
        platform == null ? Platform.OTHER : platform(platform, "platform"),
        Boolean.TRUE.equals(parameters.flag("batch")));
  }

  /** The same client, now known. */
  public ConnectionOptions withIdentity(Authenticator.Result.Authenticated identity) {
    return new ConnectionOptions(identity, deviceId, platform, batched);
  }

  ConnectionOptions with(ClientFrame.Auth auth) {
    return new ConnectionOptions(
        identity,
        auth.deviceId() == null ? deviceId : auth.deviceId(),
        auth.platform() == null ? platform : auth.platform(),
        auth.batched() == null ? batched : auth.batched());
  }

  static @Nullable String deviceId(@Nullable String id, String name) {
    if (id != null && !Ids.isMessageId(id)) {
      throw Parameters.invalid(
          name + " is not valid, expected 1 to 64 characters of A-Za-z0-9_.:-");
    }
    return id;
  }

  static Platform platform(String name, String parameter) {
    for (Platform platform : Platform.values()) {
      if (platform.wireName().equals(name)) {
        return platform;
      }
    }
    throw Parameters.invalid(
        parameter + " is not known, expected ios, android, web, desktop or other");
  }
}
