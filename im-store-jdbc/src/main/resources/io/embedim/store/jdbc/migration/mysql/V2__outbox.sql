-- What the host wrote in transactions of its own and the engine has not sent yet.
CREATE TABLE ${prefix}outbox (
  id               BIGINT NOT NULL AUTO_INCREMENT,
  conversation_id  VARCHAR(129) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  message_id       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  entry_type       SMALLINT     NOT NULL,
  sender_id        VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content_type     SMALLINT     NOT NULL,
  body             MEDIUMTEXT NOT NULL,
  plain_text       MEDIUMTEXT NOT NULL,
  client_timestamp BIGINT,
  reply_to         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  mentions         MEDIUMTEXT,
  forwarded_from   MEDIUMTEXT,
  expires_in       BIGINT       NOT NULL,
  -- why it was not sent and never will be
  refused          VARCHAR(64),
  CONSTRAINT ${prefix}outbox_pk PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX ${prefix}outbox_open ON ${prefix}outbox (refused, id);

-- One row for each task that one process does at a time; whoever does it holds the lock on the row.
CREATE TABLE ${prefix}lock (
  task VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  CONSTRAINT ${prefix}lock_pk PRIMARY KEY (task)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO ${prefix}lock (task) VALUES ('outbox');
