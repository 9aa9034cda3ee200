package io.embedim.bench.database;

/** The database servers that can be measured. */
public enum DatabaseKind {
  POSTGRESQL("PostgreSQL", "IM_TEST_POSTGRES_URL"),
  MARIADB("MariaDB", "IM_TEST_MARIADB_URL");

  private final String title;
  private final String variable;

  DatabaseKind(String title, String variable) {
    this.title = title;
    this.variable = variable;
  }

  /** As a table says it. */
  public String title() {
    return title;
  }

  /** The environment variable that names a running server to be used instead of our own. */
  String variable() {
    return variable;
  }
}
