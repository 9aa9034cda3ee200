package io.embedim.examples.server.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How to start the packaged server.
 *
 * @param data its data directory; what it prints goes to a file beside it
 * @param port a port of 127.0.0.1, the same at every start
 * @param jvmOptions what stands before {@code -jar}
 * @param settings configuration keys and values
 */
record ServerSetup(Path data, int port, List<String> jvmOptions, Map<String, String> settings) {

  private static final Path JAR =
      Path.of(System.getProperty("im.server.jar", "target/im-server.jar"));

  ServerSetup {
    jvmOptions = List.copyOf(jvmOptions);
    settings = Map.copyOf(settings);
  }

  /** On a free port, as it comes, but for the limits of how much a user may send. */
  static ServerSetup in(Path directory) {
    return new ServerSetup(directory.resolve("data"), freePort(), List.of(), Map.of())
        .set("limits.messages_per_second", "1000000")
        .set("limits.messages_burst", "1000000")
        .set("limits.frames_per_second", "1000000")
        .set("limits.frames_burst", "1000000");
  }

  ServerSetup jvm(String... options) {
    List<String> all = Stream.concat(jvmOptions.stream(), Stream.of(options)).toList();
    return new ServerSetup(data, port, all, settings);
  }

  ServerSetup set(String key, String value) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put(key, value);
    return new ServerSetup(data, port, jvmOptions, all);
  }

  /** Starts it, also a second time on what the first one left. Returns when it serves. */
  ServerProcess start() {
    if (!Files.exists(JAR)) {
      throw new IllegalStateException(
          JAR.toAbsolutePath() + " is missing: `mvn verify` makes it before these tests run");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of("--port", String.valueOf(port), "--data", data.toString()));
    settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    return ServerProcess.start(command, port, data.resolveSibling("server.log"));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("there is no free port", e);
    }
  }
}
