package io.embedim.transport.ws;

import io.embedim.core.ImEngine;
import jakarta.websocket.server.HandshakeRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpEvents;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.util.Parameters;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;
import org.glassfish.tyrus.core.RequestContext;
import org.glassfish.tyrus.core.TyrusUpgradeResponse;
import org.glassfish.tyrus.core.Utils;
import org.glassfish.tyrus.spi.UpgradeRequest;
import org.glassfish.tyrus.spi.WebSocketEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the requests for the WebSocket's path out of the HTTP server and upgrades them. After that
 * the connection belongs to the {@link FrameFilter} and has nothing to do with HTTP any more.
 */
final class UpgradeFilter extends BaseFilter {

  private static final Logger LOG = LoggerFactory.getLogger(UpgradeFilter.class);

  private static final String AUTHORIZATION = "Authorization";
  private static final String TOKEN = "token";
  private static final int SWITCHING_PROTOCOLS = 101;

  private final ImEngine engine;
  private final WebSocketEngine webSockets;
  private final String path;
  private final FrameFilter frames;

  UpgradeFilter(ImEngine engine, WebSocketEngine webSockets, String path, FrameFilter frames) {
    this.engine = engine;
    this.webSockets = webSockets;
    this.path = path;
    this.frames = frames;
  }

  /** Tyrus' response, and why it is a refusal. */
  private static final class Response extends TyrusUpgradeResponse
      implements HandshakeConfigurator.Refusable {

    private Admission.@Nullable Denied denied;

    @Override
    public void refuse(Admission.Denied why) {
      denied = why;
      setStatus(why.status());
    }
  }

  @Override
  public NextAction handleRead(FilterChainContext context) {
    HttpContent content = context.getMessage();
    if (!(content.getHttpHeader() instanceof HttpRequestPacket request)
        || !path.equals(request.getRequestURI())
        || !UpgradeRequest.WEBSOCKET.equalsIgnoreCase(request.getUpgrade())) {
      return context.getInvokeAction();
    }
    // A token may have to be checked against a far service: not on a thread that serves them all.
    NextAction suspended = context.getSuspendAction();
    context.suspend();
    GrizzlyChannel channel =
        frames.take((TCPNIOConnection) context.getConnection(), content.getContent());
    try {
      engine.executor().execute(() -> upgrade(context, channel, request));
    } catch (RejectedExecutionException e) {
      LOG.debug("the engine is closed, {} is refused", context.getConnection(), e);
      context.getConnection().closeSilently();
      context.resume(context.getStopAction());
    }
    return suspended;
  }

  /**
   * Forgets offers of other protocols, as a server may. Grizzly would take everything behind one
   * for that protocol's, and close the connection after the answer: a client that offers HTTP/2, as
   * Java's own does, would never be heard to the end.
   */
  @Override
  public NextAction handleEvent(FilterChainContext context, FilterChainEvent event) {
    if (event instanceof HttpEvents.IncomingHttpUpgradeEvent offer
        && !UpgradeRequest.WEBSOCKET.equalsIgnoreCase(offer.getHttpHeader().getUpgrade())) {
      offer.getHttpHeader().setIgnoreContentModifiers(false);
      offer.getHttpHeader().getUpgradeDC().recycle();
    }
    return context.getInvokeAction();
  }

  private void upgrade(
      FilterChainContext context, GrizzlyChannel channel, HttpRequestPacket request) {
    try {
      Response response = new Response();
      WebSocketEngine.UpgradeInfo upgrade = webSockets.upgrade(tyrusRequest(request), response);
      if (upgrade.getStatus() == WebSocketEngine.UpgradeStatus.SUCCESS
          && response.getStatus() == SWITCHING_PROTOCOLS) {
        open(context, channel, request, response, upgrade);
      } else {
        refuse(context, request, response);
      }
    } catch (RuntimeException e) {
      LOG.error("an upgrade failed", e);
      context.getConnection().closeSilently();
    } finally {
      context.resume(context.getStopAction());
    }
  }

  private void open(
      FilterChainContext context,
      GrizzlyChannel channel,
      HttpRequestPacket request,
      Response response,
      WebSocketEngine.UpgradeInfo upgrade) {
    TCPNIOConnection connection = (TCPNIOConnection) context.getConnection();
    HttpResponsePacket packet = request.getResponse();
    packet.setProtocol(Protocol.HTTP_1_1);
    packet.setStatus(SWITCHING_PROTOCOLS);
    response
        .getHeaders()
        .forEach((name, values) -> packet.setHeader(name, Utils.getHeaderFromList(values)));
    context.write(HttpContent.builder(packet).build());
    IdleTimeoutFilter.setCustomTimeout(connection, -1, TimeUnit.MILLISECONDS);
    frames.open(connection, channel, upgrade);
  }

  private static void refuse(
      FilterChainContext context, HttpRequestPacket request, Response response) {
    int status = response.getStatus() == SWITCHING_PROTOCOLS ? 500 : response.getStatus();
    Admission.Denied denied = response.denied;
    byte[] body = (denied == null ? "" : denied.json()).getBytes(StandardCharsets.UTF_8);
    HttpResponsePacket packet = request.getResponse();
    packet.setProtocol(Protocol.HTTP_1_1);
    packet.setStatus(status);
    packet.setContentLength(body.length);
    packet.setHeader("Connection", "close");
    if (denied != null) {
      packet.setContentType("application/json");
    }
    context.write(
        HttpContent.builder(packet)
            .content(Buffers.wrap(context.getMemoryManager(), body))
            .last(true)
            .build());
    context.getConnection().closeSilently();
  }

  /**
   * The request as Tyrus reads it. The token moves from the query into a header, because Tyrus
   * keeps the query as long as the connection lives.
   */
  private static RequestContext tyrusRequest(HttpRequestPacket request) {
    Parameters query = new Parameters();
    query.setQuery(request.getQueryStringDC());
    query.setQueryStringEncoding(StandardCharsets.UTF_8);
    Map<String, String[]> parameters = new HashMap<>();
    for (String name : query.getParameterNames()) {
      parameters.put(name, query.getParameterValues(name));
    }
    String[] tokens = parameters.remove(TOKEN);
    RequestContext context =
        RequestContext.Builder.create()
            .requestURI(URI.create(request.getRequestURI()))
            .parameterMap(parameters)
            .secure(request.isSecure())
            .remoteAddr(request.getRemoteAddress())
            .build();
    Map<String, List<String>> headers = context.getHeaders();
    for (String name : request.getHeaders().names()) {
      for (String value : request.getHeaders().values(name)) {
        headers
            .computeIfAbsent(name, unused -> new ArrayList<>())
            .addAll(Utils.parseHeaderValue(value.trim()));
      }
    }
    if (tokens != null && tokens.length > 0 && !headers.containsKey(AUTHORIZATION)) {
      headers.put(AUTHORIZATION, List.of("Bearer " + tokens[0]));
    }
    headers.remove(HandshakeRequest.SEC_WEBSOCKET_EXTENSIONS);
    return context;
  }
}
