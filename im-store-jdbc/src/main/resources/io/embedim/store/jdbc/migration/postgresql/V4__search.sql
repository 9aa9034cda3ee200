-- The terms of what messages say, encoded so that no text search configuration matters.
CREATE TABLE ${prefix}message_search (
  conversation_id VARCHAR(129) COLLATE "C" NOT NULL,
  seq             BIGINT       NOT NULL,
  sender_id       VARCHAR(64) COLLATE "C" NOT NULL,
  created_at      BIGINT       NOT NULL,
  terms           TSVECTOR     NOT NULL,
  CONSTRAINT ${prefix}message_search_pk PRIMARY KEY (conversation_id, seq)
);

-- Without a list of what is still to be put in its place, which every search would have to read.
CREATE INDEX ${prefix}message_search_terms
  ON ${prefix}message_search USING GIN (terms) WITH (fastupdate = off);

-- Logs whose messages up to this one have no terms yet.
CREATE TABLE ${prefix}search_backlog (
  conversation_id VARCHAR(129) COLLATE "C" NOT NULL,
  up_to_seq       BIGINT       NOT NULL,
  CONSTRAINT ${prefix}search_backlog_pk PRIMARY KEY (conversation_id)
);

INSERT INTO ${prefix}search_backlog (conversation_id, up_to_seq)
  SELECT id, max_seq FROM ${prefix}conversation;
