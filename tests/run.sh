#!/usr/bin/env bash
# The whole suite on SQLite with coverage, then again on PostgreSQL. Called by `make test` after the set-up.
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python

echo "== all tests on SQLite, with branch coverage"
rm -f .coverage .coverage.*
$python -m pytest -n 2 -q -m "not real" --cov --cov-report=
for floor in actions queries engines; do
  $python -m coverage report --include="src/waymark/$floor/*" --fail-under=95 --skip-covered
done

echo "== the suite again on PostgreSQL"
source tests/postgres.sh
trap stop_postgres EXIT
start_postgres
$python -m pytest -n 2 -q -m "not real and not slow"
