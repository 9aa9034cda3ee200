package io.embedim.transport.ws;

import io.embedim.core.ImEngine;
import io.embedim.wire.WireProtocol;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Our part in an upgrade: decides who may connect, and hands the decision to the endpoint.
 *
 * <p>The decision travels in the user properties, which since Jakarta WebSocket 2.1 are a copy for
 * each handshake. A container that shared one map between handshakes could give one client another
 * one's identity; that is noticed, and then nothing is put there.
 */
final class HandshakeConfigurator extends ServerEndpointConfig.Configurator {

  static final String ADMISSION = "io.embedim.transport.ws.admission";

  private final ImEngine engine;
  private final WireProtocol protocol;
  private final Admissions admissions;
  private Map<String, Object> shared = Map.of();

  HandshakeConfigurator(ImEngine engine, WebSocketOptions options) {
    this.engine = engine;
    protocol = new WireProtocol(engine);
    admissions = new Admissions(protocol, options.allowedOrigins());
  }

  /** The properties that all handshakes would see. Called once, before the first handshake. */
  void shares(Map<String, Object> properties) {
    shared = properties;
  }

  @Override
  public boolean checkOrigin(String originHeaderValue) {
    // Decided in modifyHandshake, where the Host header can be seen.
    return true;
  }

  @Override
  public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
    return requested.stream().map(String::trim).filter(supported::contains).findFirst().orElse("");
  }

  @Override
  public List<Extension> getNegotiatedExtensions(
      List<Extension> installed, List<Extension> requested) {
    // Compression would cost every session hundreds of kilobytes.
    return List.of();
  }

  @Override
  public <T> T getEndpointInstance(Class<T> endpointClass) {
    return endpointClass.cast(new SocketEndpoint(engine, protocol));
  }

  @Override
  public void modifyHandshake(
      ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
    Map<String, Object> properties = config.getUserProperties();
    Admission admission =
        admissions.decide(
            new Admissions.Request(
                header(request, "Origin"),
                header(request, "Host"),
                header(request, "Authorization"),
                request.getParameterMap()));
    properties.put(ADMISSION, admission);
    if (shared.containsKey(ADMISSION)) {
      shared.remove(ADMISSION);
      throw new IllegalStateException(
          "the WebSocket container shares user properties between handshakes; it has to implement"
              + " Jakarta WebSocket 2.1");
    }
    if (admission instanceof Admission.Denied denied) {
      if (response instanceof Refusable refusable) {
        refusable.refuse(denied);
      } else {
        TyrusStatus.set(response, denied.status());
      }
    }
  }

  /** A response of our own server, which can say why. */
  interface Refusable {
    void refuse(Admission.Denied denied);
  }

  private static @Nullable String header(HandshakeRequest request, String name) {
    List<String> values = request.getHeaders().get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }
}
