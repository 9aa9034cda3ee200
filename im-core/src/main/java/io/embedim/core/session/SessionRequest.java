package io.embedim.core.session;

import io.embedim.spi.cluster.SessionInfo;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.model.Platform;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client that has shown who it is and wants a session.
 *
 * @param identity what the authenticator said
 * @param deviceId how the client names its device, 1 to 64 characters of {@code A-Za-z0-9_.:-};
 *     null for one device per connection
 * @param platform what kind of client it is
 * @param batched whether the client takes several frames joined into one
 * @param format how frames are encoded for it
 * @param greeting makes the session's first frame; called once, before anything else is written
 */
public record SessionRequest(
    Authenticator.Result.Authenticated identity,
    @Nullable String deviceId,
    Platform platform,
    boolean batched,
    WireFormat format,
    Function<SessionInfo, Encoded> greeting) {}
