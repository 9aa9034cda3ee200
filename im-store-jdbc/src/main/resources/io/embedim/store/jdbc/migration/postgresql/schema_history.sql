CREATE TABLE IF NOT EXISTS ${prefix}schema_history (
  version      INTEGER      NOT NULL,
  description  VARCHAR(200) NOT NULL,
  checksum     VARCHAR(64)  NOT NULL,
  installed_at TIMESTAMP    NOT NULL,
  success      BOOLEAN      NOT NULL,
  CONSTRAINT ${prefix}schema_history_pk PRIMARY KEY (version)
);
