/** Every store on a SQL database through JDBC. */
module io.embedim.store.jdbc {
  requires transitive io.embedim.spi;
  requires transitive java.sql;
  requires static com.h2database;
  requires com.zaxxer.hikari;
  requires org.jdbi.v3.core;
  requires static org.jspecify;
  requires org.slf4j;

  exports io.embedim.store.jdbc;
}
