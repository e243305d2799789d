-- Which cluster the database belongs to; one row or none. seen_at and serving are the running silos', every two seconds.
CREATE TABLE cluster (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    id text NOT NULL,
    generation uuid NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT now(),
    serving text[] NOT NULL DEFAULT '{}'
);
