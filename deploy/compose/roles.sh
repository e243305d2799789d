#!/bin/bash
# Run once by the PostgreSQL image, as its superuser: one role owns the tables, the other serves and can't change the audit log.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -U postgres -d postgres <<'SQL'
\set owner `cat /run/secrets/owner-password`
\set service `cat /run/secrets/service-password`
CREATE ROLE tumbler_runtime NOLOGIN;
CREATE ROLE tumbler_owner LOGIN PASSWORD :'owner';
CREATE ROLE tumbler LOGIN PASSWORD :'service' IN ROLE tumbler_runtime;
CREATE DATABASE tumbler OWNER tumbler_owner;
REVOKE ALL ON DATABASE tumbler FROM PUBLIC;
GRANT CONNECT ON DATABASE tumbler TO tumbler_runtime;
SQL
