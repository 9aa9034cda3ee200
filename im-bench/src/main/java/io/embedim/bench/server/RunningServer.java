package io.embedim.bench.server;

/** A server that is measured, in its own process. */
interface RunningServer extends AutoCloseable {

  int port();

  /** The process of the database server behind it; 0 when there is none or it is not known. */
  default long databaseProcess() {
    return 0;
  }

  @Override
  void close();
}
