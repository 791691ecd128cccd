#!/usr/bin/env bash
# The whole suite on SQLite, counting the lines that are run through, then what may touch the record again on
# PostgreSQL. Called by `make test` after the set-up. The seed decides the order of the tests and the examples of the property tests.
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
seed=${1:-73195}
export OPENBLAS_NUM_THREADS=1 # two workers already use both cores
$python -m compileall -q -j 2 src tests bench docs # once, for the hundreds of commands that the tests start
tests=($python -m pytest -n 2 --dist worksteal -q --randomly-seed="$seed" --hypothesis-seed="$seed")

echo "== all tests on SQLite, counting lines and branches, in the order of seed $seed"
export WAYMARK_COUNTED=$PWD/build/counted
rm -rf "$WAYMARK_COUNTED" && mkdir -p "$WAYMARK_COUNTED"
"${tests[@]}" -m "not real" -p tests.counting
$python -m tests.counting "$WAYMARK_COUNTED"
unset WAYMARK_COUNTED

echo "== again on PostgreSQL, without the tests that ask no database, in the order of seed $seed"
source tests/postgres.sh
trap stop_postgres EXIT
start_postgres
"${tests[@]}" -m "not real and (not slow or drill)" \
  --ignore=tests/gcm --ignore=tests/engines --ignore=tests/papers --ignore=tests/spec --ignore=tests/house
