-- The transaction that last saved a row, for processes that ask what others have changed. Every statement that changes the
-- row sets it anew (changed_in = DEFAULT). Rows that are there already count as saved by the migration.

ALTER TABLE rings ADD COLUMN changed_in xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX rings_changed_in ON rings (changed_in);

ALTER TABLE organizations ADD COLUMN changed_in xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX organizations_changed_in ON organizations (changed_in);
