-- From when to when nothing is due in a ring, so that who asks for what is due need not read every ring. In milliseconds
-- since 1970: to_timestamp(quiet_until / 1000.0) shows the instant. A row that says nothing of it is never quiet, and so
-- is found: those that are there already, and what a node writes that does not know of this yet.

ALTER TABLE rings
    ADD COLUMN quiet_from bigint NOT NULL GENERATED ALWAYS AS (coalesce((body ->> 'quiet_from')::bigint, 0)) STORED,
    ADD COLUMN quiet_until bigint NOT NULL GENERATED ALWAYS AS (coalesce((body ->> 'quiet_until')::bigint, 0)) STORED;

CREATE INDEX rings_quiet_until ON rings (quiet_until, id);
CREATE INDEX rings_quiet_from ON rings (quiet_from);
