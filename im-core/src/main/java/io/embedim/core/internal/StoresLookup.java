package io.embedim.core.internal;

import io.embedim.core.memory.MemoryStores;
import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.StoresProvider;
import java.util.List;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds a storage backend when the host names none. */
public final class StoresLookup {

  private static final Logger LOG = LoggerFactory.getLogger(StoresLookup.class);

  private StoresLookup() {}

  /**
   * The one provider's backend, or memory where there is none.
   *
   * @throws IllegalStateException when there are several
   */
  public static ImStores find() {
    List<StoresProvider> providers =
        ServiceLoader.load(StoresProvider.class).stream().map(ServiceLoader.Provider::get).toList();
    if (providers.size() > 1) {
      throw new IllegalStateException(
          "several storage backends are on the class path, name one with stores(…): "
              + providers.stream().map(StoresProvider::name).toList());
    }
    if (providers.isEmpty()) {
      LOG.warn("no storage was given: messages are kept in memory and are gone with this process");
      return MemoryStores.create();
    }
    return providers.get(0).open();
  }
}
