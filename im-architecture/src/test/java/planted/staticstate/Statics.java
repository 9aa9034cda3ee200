package planted.staticstate;

import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

@SuppressWarnings({"NonFinalStaticField", "MutablePublicArray", "UnusedVariable"})
final class Statics {
  static final String CONSTANT = "constant";
  static final List<String> NAMES = List.of("a", "b");
  static final AtomicIntegerFieldUpdater<Statics> UPDATER =
      AtomicIntegerFieldUpdater.newUpdater(Statics.class, "instance");
  private static final byte[] PRIVATE_TABLE = {1, 2, 3};

  static int counter;
  static final HashMap<String, String> CACHE = new HashMap<>();
  static final AtomicInteger HITS = new AtomicInteger();
  static final byte[] PUBLIC_TABLE = {1, 2, 3};

  volatile int instance = PRIVATE_TABLE[0];
}
