-- The place of search.
DELETE FROM ${prefix}lock WHERE task = 'none';
