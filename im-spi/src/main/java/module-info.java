/**
 * The model of EmbedIM and the interfaces that a backend or a host application implements.
 *
 * <p>Nothing in here does I/O, starts a thread or knows the wire format.
 */
module io.embedim.spi {
  requires static transitive org.jspecify;

  exports io.embedim.spi.cluster;
  exports io.embedim.spi.hook;
  exports io.embedim.spi.media;
  exports io.embedim.spi.model;
  exports io.embedim.spi.push;
  exports io.embedim.spi.store;
}
