package io.embedim.bench;

import io.embedim.bench.report.Comparison;
import io.embedim.bench.report.Report;
import io.embedim.bench.report.Sample;
import io.embedim.bench.report.Side;
import io.embedim.bench.report.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link EngineAlone} round by round, each round in JVMs of its own. */
final class EngineAloneRun implements Measurement {

  private static final String ENGINE = "engine";
  private static final String BASELINE = "mapAndQueue";
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final String CPU = "cpu.micros";
  private static final double OF_THE_LEAST = 0.3;
  private static final double BYTES = 1024;

  @Override
  public Report run(Effort effort) throws Exception {
    Map<String, List<Sample>> rates = new HashMap<>();
    Map<String, List<Sample>> bytes = new HashMap<>();
    List<String> conversations = effort.small() ? List.of("10") : List.of("1", "1000");
    for (int round = 0; round < effort.rounds(); round++) {
      for (RunResult result : once(effort, conversations)) {
        String key = key(result);
        double cpu = secondary(result, CPU);
        rates
            .computeIfAbsent(key, unused -> new ArrayList<>())
            .add(new Sample(result.getPrimaryResult().getScore(), cpu, Double.NaN));
        bytes
            .computeIfAbsent(key, unused -> new ArrayList<>())
            .add(Sample.of(secondary(result, ALLOCATED)));
      }
    }
    List<Comparison> comparisons = new ArrayList<>();
    for (String count : conversations) {
      comparisons.add(
          compare("messages/s, " + count, rates, count, Target.ratioAtLeast(OF_THE_LEAST)));
    }
    for (String count : conversations) {
      comparisons.add(compare("bytes/message, " + count, bytes, count, Target.valueAtMost(BYTES)));
    }
    return new Report(
        "engine-alone",
        "messages/s, or bytes/message",
        "The engine with its stores in memory and a receiver that takes everything, beside a map's"
            + " put and a queue's offer and poll; 1,000 messages under way, between as many pairs as"
            + " the line says. JMH, a JVM for each side of each round; not pinned. CPU of the whole"
            + " JVM, its collector included.",
        comparisons);
  }

  private static Collection<RunResult> once(Effort effort, List<String> conversations)
      throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(EngineAlone.class.getName() + "\\.")
            .param("conversations", conversations.toArray(String[]::new))
            .addProfiler(GCProfiler.class)
            .addProfiler(CpuProfiler.class)
            .forks(effort.small() ? 0 : 1)
            .warmupIterations(effort.small() ? 0 : 3)
            .warmupTime(TimeValue.milliseconds(effort.round().toMillis()))
            .measurementIterations(effort.small() ? 1 : 3)
            .measurementTime(half(effort.round().toMillis()))
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true);
    return new Runner(options.build()).run();
  }

  private static double secondary(RunResult result, String name) {
    return Objects.requireNonNull(result.getSecondaryResults().get(name), name).getScore();
  }

  private static TimeValue half(long millis) {
    return TimeValue.milliseconds(Math.max(1, millis / 2));
  }

  private static String key(RunResult result) {
    return key(result.getPrimaryResult().getLabel(), result.getParams().getParam("conversations"));
  }

  private static String key(String benchmark, String conversations) {
    return benchmark + ' ' + conversations;
  }

  private static Comparison compare(
      String name, Map<String, List<Sample>> samples, String conversations, Target target) {
    return new Comparison(
        name,
        new Side(ENGINE, samples.getOrDefault(key(ENGINE, conversations), List.of())),
        new Side("map and queue", samples.getOrDefault(key(BASELINE, conversations), List.of())),
        target);
  }
}
