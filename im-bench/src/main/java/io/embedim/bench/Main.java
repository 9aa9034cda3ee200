package io.embedim.bench;

import io.embedim.bench.report.Document;
import io.embedim.bench.report.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Runs measurements and shows what they found. */
@CommandLine.Command(
    name = "im-bench",
    mixinStandardHelpOptions = true,
    description = "Measures the engine, each time beside a baseline in the same rounds.")
public final class Main implements Callable<Integer> {

  /**
   * How long each side runs before it is measured, in seconds: on one core a server goes on
   * compiling for so long, and servers run for days.
   */
  private static final long COMPILED = 20;

  @CommandLine.Parameters(
      paramLabel = "NAME",
      description = "what to measure; without a name everything")
  private List<String> names = List.of();

  @CommandLine.Option(names = "--list", description = "tell the names and end")
  private boolean list;

  @CommandLine.Option(
      names = "--rounds",
      description = "rounds in which each side is measured (default: ${DEFAULT-VALUE})")
  private int rounds = 5;

  @CommandLine.Option(
      names = "--seconds",
      description = "how long a side is measured in a round (default: ${DEFAULT-VALUE})")
  private int seconds = 5;

  @CommandLine.Option(
      names = "--smoke",
      description = "as small and short as can be, to see that it works; the figures mean nothing")
  private boolean smoke;

  @CommandLine.Option(
      names = "--into",
      paramLabel = "FOLDER",
      description = "writes the tables into performance.md there, and the plots into images/")
  private @Nullable Path into;

  public static void main(String[] args) {
    LogManager.getLogManager().getLogger("").setLevel(Level.WARNING);
    System.exit(new CommandLine(new Main()).execute(args));
  }

  /** All that can be measured, by name, in the order in which it is run. */
  static Map<String, Measurement> all() {
    Map<String, Measurement> all = new LinkedHashMap<>();
    all.put("engine-alone", new EngineAloneRun());
    all.put("one-to-one", new OneToOne());
    all.put("fan-out", new FanOut());
    all.put("session-heap", new SessionHeap());
    all.put("connect", new Connects());
    all.put("append", new Appends());
    all.put("latency", new Latencies());
    all.put("sync", new Syncs());
    all.put("group-size", new GroupSizes());
    return all;
  }

  @Override
  public Integer call() throws Exception {
    List<String> known = List.copyOf(all().keySet());
    for (String name : names) {
      if (!known.contains(name)) {
        throw new CommandLine.ParameterException(
            new CommandLine(this), "nothing is called '" + name + "', expected one of " + known);
      }
    }
    if (list) {
      known.forEach(System.out::println);
      return 0;
    }
    Effort effort =
        smoke
            ? Effort.SMOKE
            : new Effort(
                rounds,
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(Math.max(COMPILED, 2L * seconds)),
                false);
    Map<String, Measurement> chosen = all();
    if (!names.isEmpty()) {
      chosen.keySet().retainAll(names);
    }
    for (Map.Entry<String, Measurement> one : chosen.entrySet()) {
      Report report = one.getValue().run(effort);
      System.out.println("\n## " + one.getKey() + "\n\n" + report.markdown());
      if (into != null) {
        Document.of(into).put(report);
      }
    }
    return 0;
  }
}
