# Waymark: everything a newcomer needs. `make demo`, then `make test`.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
OUT ?= build/review
DIR ?= ../shared/data
MINUTES ?= 10
SEED ?= 73195
TEXTS ?=

.PHONY: demo serve fonts test test-fast test-real check fix bench soak docs clean help

help: ## list these commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# --no-deps: the locks are complete, and pip before 23.3 looks past a pin for a dependency with an extra.
.venv/run.stamp: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is older."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "The venv module is missing. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/test.stamp: requirements-test.lock .venv/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-test.lock
	@touch $@

node_modules/axe.stamp: package-lock.json
	npm ci --no-audit --no-fund --silent
	@touch $@

demo: .venv/run.stamp ## build both demonstration reviews; needs Python, venv and make, no root
	@$(BIN)/waymark demo --out $(OUT)

serve: .venv/run.stamp ## load both demonstrations and serve the pages on 127.0.0.1:8000
	@$(BIN)/waymark demo --out $(OUT)
	@$(BIN)/waymark serve --reviews $(OUT)

fonts: ## bring fonts of Chinese, Korean and other large scripts for the PDF (some 200 MB to fetch); needs npm
	npm ci --prefix fonts --no-audit --no-fund --silent
	@mkdir -p "$(or $(WAYMARK_FONTS),$(or $(WAYMARK_DATA),var)/fonts)"
	@cp fonts/node_modules/@expo-google-fonts/*/400Regular/*.ttf fonts/node_modules/@expo-google-fonts/*/700Bold/*.ttf "$(or $(WAYMARK_FONTS),$(or $(WAYMARK_DATA),var)/fonts)"
	@echo "Fonts: $(or $(WAYMARK_FONTS),$(or $(WAYMARK_DATA),var)/fonts)"

test: ## everything, on SQLite and PostgreSQL, after the set-up; another order and other examples: make test SEED=2
	@bash tests/setup.sh
	@$(MAKE) --no-print-directory .venv/test.stamp node_modules/axe.stamp
	@bash tests/run.sh $(SEED)

test-fast: .venv/test.stamp ## the core loop, under two minutes: vocabulary, record, acts, papers; no act is tried by others
	TESTS_TRY_NO_ACT=1 $(BIN)/python -m pytest -n 2 -q -m "not slow and not real" \
	  tests/gcm tests/spec tests/records tests/papers tests/actions --ignore=tests/actions/test_access.py

test-real: .venv/test.stamp ## the same checks over the real files: make test-real DIR=../shared/data
	@test -d "$(DIR)" || { echo "There is no folder $(DIR). Give the folder of real files: make test-real DIR=path"; exit 1; }
	WAYMARK_REAL_DATA="$(abspath $(DIR))" $(BIN)/python -m pytest -q -s -m real tests/real

check: .venv/test.stamp ## format, lint, types, floors, stale pages; changes nothing
	$(BIN)/ruff format --check src tests bench docs
	$(BIN)/ruff check src tests bench docs
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m docs.generate --check

fix: .venv/test.stamp ## repair what can be repaired by machine
	$(BIN)/ruff format src tests bench docs
	$(BIN)/ruff check --fix src tests bench docs
	$(BIN)/python -m docs.generate

bench: .venv/test.stamp ## measure against peers and floors; writes bench/results/
	$(BIN)/python -m bench --data "$(DIR)" $(if $(TEXTS),--texts "$(TEXTS)")

soak: .venv/test.stamp ## spoil the files of each reader; kill, cut off, fill the disk and damage the stores of each command: make soak MINUTES=10
	$(BIN)/python -m bench.soak --minutes $(MINUTES) $(if $(wildcard $(DIR)),--data "$(DIR)")
	@bash bench/soak.sh

docs: .venv/test.stamp ## write the generated reference pages
	$(BIN)/python -m docs.generate

clean: ## remove what was built; keep .venv and the record in var
	rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests bench docs -name __pycache__ -prune -exec rm -rf {} +
