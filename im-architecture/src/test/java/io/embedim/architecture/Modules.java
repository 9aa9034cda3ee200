package io.embedim.architecture;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which module owns which packages, and which other modules it may use.
 *
 * <p>A module that is not in this table fails a rule, so a new one takes its place here first.
 */
final class Modules {
  private static final Set<String> ENGINE = Set.of("core", "spi");
  private static final Set<String> WIRE = Set.of("wire", "core", "spi");
  private static final Set<String> WHAT_A_HOST_USES =
      Set.of(
          "spi",
          "core",
          "store.jdbc",
          "store.redis",
          "push",
          "media",
          "wire",
          "transport.ws",
          "transport.http");

  /** Package below the root, to the modules that it may use beside itself. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("spi", Set.of()),
          Map.entry("core", Set.of("spi")),
          Map.entry("store.jdbc", Set.of("spi")),
          Map.entry("store.redis", Set.of("spi")),
          Map.entry("push", Set.of("spi")),
          Map.entry("media", Set.of("spi")),
          Map.entry("wire", ENGINE),
          Map.entry("transport.ws", WIRE),
          Map.entry("transport.http", WIRE),
          Map.entry("testkit", ENGINE),
          Map.entry("client", Set.of()),
          Map.entry("bench", WHAT_A_HOST_USES),
          Map.entry("examples", WHAT_A_HOST_USES),
          Map.entry("architecture", Set.of()));

  /** Programs of their own: they may print, and nobody may use them. */
  private static final Set<String> PROGRAMS = Set.of("bench", "examples", "architecture");

  private final String root;

  private Modules(String root) {
    this.root = root;
  }

  /** The table for the packages below {@code root}: ours, or those of a planted violation. */
  static Modules below(String root) {
    return new Modules(root);
  }

  String root() {
    return root;
  }

  /** The module that owns the package; empty when the package is not ours or in no known module. */
  Optional<String> owner(String packageName) {
    return MAY_USE.keySet().stream()
        .filter(module -> isAtOrBelow(packageName, root + '.' + module))
        .max(Comparator.comparingInt(String::length));
  }

  boolean isOurs(String packageName) {
    return isAtOrBelow(packageName, root);
  }

  boolean isIn(String packageName, Set<String> modules) {
    return owner(packageName).filter(modules::contains).isPresent();
  }

  boolean isLibrary(String packageName) {
    return owner(packageName).filter(module -> !PROGRAMS.contains(module)).isPresent();
  }

  boolean mayUse(String fromPackage, String toPackage) {
    Optional<String> from = owner(fromPackage);
    Optional<String> to = owner(toPackage);
    if (from.isEmpty() || to.isEmpty() || from.equals(to)) {
      return true;
    }
    return MAY_USE.get(from.get()).contains(to.get());
  }

  private static boolean isAtOrBelow(String packageName, String parent) {
    return packageName.equals(parent) || packageName.startsWith(parent + '.');
  }
}
