package io.embedim.store.jdbc;

class H2MemoryTwoNodesTest extends TwoNodesRules {

  @Override
  CrashDatabase empty() {
    return new CrashDatabase(TestDatabase.lastingInMemory(), "sa", "");
  }
}
