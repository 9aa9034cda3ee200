CREATE TABLE IF NOT EXISTS ${prefix}schema_history (
  version      INTEGER      NOT NULL,
  description  VARCHAR(200) NOT NULL,
  checksum     VARCHAR(64)  NOT NULL,
  installed_at DATETIME     NOT NULL,
  success      BOOLEAN      NOT NULL,
  CONSTRAINT ${prefix}schema_history_pk PRIMARY KEY (version)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
