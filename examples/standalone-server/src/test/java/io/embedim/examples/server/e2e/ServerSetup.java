package io.embedim.examples.server.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
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

  /** Below those that systems hand out by themselves: nobody else gets it between two starts. */
  private static final int FIRST_PORT = 20_000;

  private static final int LAST_PORT = 29_999;

  ServerSetup {
    jvmOptions = List.copyOf(jvmOptions);
    settings = Map.copyOf(settings);
  }

  /** On a free port, as it comes, but for the limits of how much a user may send. */
  static ServerSetup in(Path directory) {
    // The simple compiler makes it start twice as fast.
    List<String> jvmOptions = List.of("-XX:TieredStopAtLevel=1");
    return new ServerSetup(directory.resolve("data"), freePort(), jvmOptions, Map.of())
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
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", jar().toString()));
    command.addAll(List.of("--port", String.valueOf(port), "--data", data.toString()));
    settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    return ServerProcess.start(
        new ProcessBuilder(command), port, data.resolveSibling("server.log"));
  }

  static Path jar() {
    if (!Files.exists(JAR)) {
      throw new IllegalStateException(
          JAR.toAbsolutePath() + " is missing: `mvn verify` makes it before these tests run");
    }
    return JAR;
  }

  private static int freePort() {
    return ThreadLocalRandom.current()
        .ints(FIRST_PORT, LAST_PORT + 1)
        .limit(LAST_PORT - FIRST_PORT)
        .filter(ServerSetup::isFree)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false; // Somebody listens there.
    }
  }
}
