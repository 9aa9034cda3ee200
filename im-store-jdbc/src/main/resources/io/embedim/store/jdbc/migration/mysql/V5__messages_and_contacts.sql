-- What messages leave beside the log, what is to be sent later, and who has blocked whom.

-- The pinned messages, and the entries that pinned them.
CREATE TABLE ${prefix}pin (
  conversation_id VARCHAR(129) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  message_seq     BIGINT       NOT NULL,
  pinned_by_seq   BIGINT       NOT NULL,
  CONSTRAINT ${prefix}pin_pk PRIMARY KEY (conversation_id, message_seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A revision without an emoji that switches something is a pin: the first one behind the last
-- that took the pin away.
INSERT INTO ${prefix}pin (conversation_id, message_seq, pinned_by_seq)
  SELECT m.conversation_id, m.seq,
    (SELECT MIN(r.seq) FROM ${prefix}revision r
      WHERE r.conversation_id = m.conversation_id AND r.target_seq = m.seq
        AND r.switched_on = TRUE AND r.emoji IS NULL
        AND r.seq > COALESCE((SELECT MAX(o.seq) FROM ${prefix}revision o
          WHERE o.conversation_id = m.conversation_id AND o.target_seq = m.seq
            AND o.switched_on = FALSE AND o.emoji IS NULL), 0))
  FROM ${prefix}message m WHERE m.pinned = TRUE;

-- From here on switched_on says of an edit whether it kept what the message said before: that is
-- what it said since a time (ms since the epoch) and until the entry that replaced it.
CREATE TABLE ${prefix}past_content (
  conversation_id VARCHAR(129) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  message_seq     BIGINT       NOT NULL,
  replaced_by_seq BIGINT       NOT NULL,
  since           BIGINT       NOT NULL,
  content_type    SMALLINT     NOT NULL,
  body            MEDIUMTEXT NOT NULL,
  plain_text      MEDIUMTEXT NOT NULL,
  CONSTRAINT ${prefix}past_content_pk
    PRIMARY KEY (conversation_id, message_seq, replaced_by_seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Messages that destroy themselves and are not purged yet, in the order of their ends.
CREATE TABLE ${prefix}expiring (
  expires_at      BIGINT       NOT NULL,
  conversation_id VARCHAR(129) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  seq             BIGINT       NOT NULL,
  CONSTRAINT ${prefix}expiring_pk PRIMARY KEY (expires_at, conversation_id, seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO ${prefix}expiring (expires_at, conversation_id, seq)
  SELECT m.expires_at, m.conversation_id, m.seq FROM ${prefix}message m
  WHERE m.expires_at IS NOT NULL AND m.entry_type IN (1, 2, 3);

CREATE TABLE ${prefix}scheduled (
  schedule_id      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  send_at          BIGINT       NOT NULL,
  -- until when whoever claimed it may be about sending it; 0 when nobody ever claimed it
  lease_until      BIGINT       NOT NULL,
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
  CONSTRAINT ${prefix}scheduled_pk PRIMARY KEY (schedule_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX ${prefix}scheduled_due ON ${prefix}scheduled (send_at, schedule_id);
CREATE INDEX ${prefix}scheduled_user
  ON ${prefix}scheduled (sender_id, send_at, schedule_id);

INSERT INTO ${prefix}lock (task) VALUES ('schedule');

-- Who has blocked whom. In the conversation of the two the blocked side's muted_until is the
-- largest number there is, and its version counts the changes. A conversation that is there for
-- that alone has the max_seq 0, and nobody sees it.
CREATE TABLE ${prefix}blocked (
  user_id    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  blocked_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  CONSTRAINT ${prefix}blocked_pk PRIMARY KEY (user_id, blocked_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
