#!/usr/bin/env bash
# The trials of every command, on SQLite and on a PostgreSQL of their own. Called by `make soak`; options are those of
# bench.soak_commands.
set -euo pipefail
cd "$(dirname "$0")/.."
unset DATABASE_URL
if compgen -G '/usr/lib/postgresql/*/bin/initdb' > /dev/null; then
  source tests/postgres.sh
  trap stop_postgres EXIT
  start_postgres
else
  echo "PostgreSQL is not installed (tests/setup.sh installs it), so the commands are tried on SQLite only."
fi
.venv/bin/python -m bench.soak_commands --server "${DATABASE_URL:-}" "$@"
