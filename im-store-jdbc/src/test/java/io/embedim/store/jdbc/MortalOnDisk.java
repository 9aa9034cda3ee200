package io.embedim.store.jdbc;

/** A server of the test's own whose data lie on the small disk. */
record MortalOnDisk(MortalServer server) implements FullDiskRules.OnDisk {

  @Override
  public CrashDatabase database() {
    return server.database();
  }

  @Override
  public void recover() throws Exception {
    server.recover();
  }

  @Override
  public void close() throws Exception {
    server.close();
  }
}
