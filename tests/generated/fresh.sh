#!/usr/bin/env bash
# Empties the databases and queues of the servers on this machine, so that the next project finds them as a new owner
# would. `preset test --before` runs it. The projects are called `shop`.
set -euo pipefail
export PGHOST=127.0.0.1 PGUSER=shop PGPASSWORD=change-me
for database in shop shop_test; do
    dropdb --maintenance-db=postgres --if-exists --force "$database" 2>/dev/null
    createdb --maintenance-db=postgres "$database"
done
for number in 0 1 2 3 4; do redis-cli -h 127.0.0.1 -n "$number" flushdb >/dev/null; done
