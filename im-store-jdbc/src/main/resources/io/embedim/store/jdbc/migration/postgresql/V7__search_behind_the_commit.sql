-- The index follows the logs: nobody writes terms with a message any more.

-- Of each log the part that has terms; of those that are not listed nothing has.
CREATE TABLE ${prefix}search_indexed (
  conversation_id VARCHAR(129) COLLATE "C" NOT NULL,
  -- exclusive lower end and inclusive upper end
  after_seq       BIGINT       NOT NULL,
  up_to_seq       BIGINT       NOT NULL,
  CONSTRAINT ${prefix}search_indexed_pk PRIMARY KEY (conversation_id)
);

-- Where somebody has written messages without their terms, all of it begins anew.
DELETE FROM ${prefix}message_search
  WHERE EXISTS (SELECT 1 FROM ${prefix}search_backlog b WHERE b.conversation_id = '');

-- What was edited before its turn came has terms outside of the part.
DELETE FROM ${prefix}message_search
  WHERE EXISTS (SELECT 1 FROM ${prefix}search_backlog b
    WHERE b.conversation_id = ${prefix}message_search.conversation_id
      AND b.up_to_seq >= ${prefix}message_search.seq);

-- So has what was revoked by somebody who wrote no terms.
DELETE FROM ${prefix}message_search
  WHERE EXISTS (SELECT 1 FROM ${prefix}message m
    WHERE m.conversation_id = ${prefix}message_search.conversation_id
      AND m.seq = ${prefix}message_search.seq AND m.revoked = TRUE);

INSERT INTO ${prefix}search_indexed (conversation_id, after_seq, up_to_seq)
  SELECT c.id, COALESCE(b.up_to_seq, 0), c.max_seq
  FROM ${prefix}conversation c
    LEFT JOIN ${prefix}search_backlog b ON b.conversation_id = c.id
  WHERE c.max_seq > COALESCE(b.up_to_seq, 0)
    AND NOT EXISTS (SELECT 1 FROM ${prefix}search_backlog a WHERE a.conversation_id = '');

DROP TABLE ${prefix}search_backlog;
