-- The terms of what messages say, encoded so that the server's full text settings do not matter.
CREATE TABLE ${prefix}message_search (
  conversation_id VARCHAR(129) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  seq             BIGINT       NOT NULL,
  sender_id       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at      BIGINT       NOT NULL,
  terms           MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  CONSTRAINT ${prefix}message_search_pk PRIMARY KEY (conversation_id, seq),
  FULLTEXT INDEX ${prefix}message_search_terms (terms)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Logs whose messages up to this one have no terms yet.
CREATE TABLE ${prefix}search_backlog (
  conversation_id VARCHAR(129) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  up_to_seq       BIGINT       NOT NULL,
  CONSTRAINT ${prefix}search_backlog_pk PRIMARY KEY (conversation_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO ${prefix}search_backlog (conversation_id, up_to_seq)
  SELECT id, max_seq FROM ${prefix}conversation;
