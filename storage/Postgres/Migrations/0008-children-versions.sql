-- In which version of its owner a row was saved last: who knows an earlier one reads what came since, and not ten thousand API
-- keys because one was revoked. Whoever writes a row without saying so (a node of before, or somebody by hand) leaves one that
-- is read every time.

CREATE FUNCTION saved_as_unknown() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.saved_as := 9223372036854775807;
    RETURN NEW;
END $$;

ALTER TABLE signing_keys ADD COLUMN saved_as bigint NOT NULL DEFAULT 0;
ALTER TABLE signing_keys ALTER COLUMN saved_as SET DEFAULT 9223372036854775807;
CREATE TRIGGER saved_as BEFORE UPDATE ON signing_keys
    FOR EACH ROW WHEN (NEW.saved_as = OLD.saved_as) EXECUTE FUNCTION saved_as_unknown();

ALTER TABLE api_keys ADD COLUMN saved_as bigint NOT NULL DEFAULT 0;
ALTER TABLE api_keys ALTER COLUMN saved_as SET DEFAULT 9223372036854775807;
CREATE TRIGGER saved_as BEFORE UPDATE ON api_keys
    FOR EACH ROW WHEN (NEW.saved_as = OLD.saved_as) EXECUTE FUNCTION saved_as_unknown();
