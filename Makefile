# Everything a contributor types. Needs make and Python 3.11 or newer with its venv module; the rest is installed
# into .venv the first time and left alone until a lock or pyproject.toml changes.

PYTHON ?= python3
# Test processes at a time: many tests wait for something most of their time.
JOBS ?= 3
# More words for pytest, such as ARGS="tests/bus -k envelope".
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RUNTIME := $(VENV)/.installed-runtime
DEVELOPMENT := $(VENV)/.installed-dev
NODE := tests/node/node_modules/.package-lock.json

# pyright would otherwise ask the network whether there is a newer one.
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1
# Every test process compiles every test anew where compiled files are not kept.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check check-format check-lint check-types check-imports check-docs check-contracts check-typesync format bench drill docs lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(RUNTIME) ## watch commands being answered, at once and by a worker that gets killed
	@$(BIN)/bus demo

test: $(DEVELOPMENT) $(NODE) ## run every test, with real servers
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m "not drill" $(ARGS)

drill: $(DEVELOPMENT) $(NODE) ## run the kill-and-recover tests for longer, and what is too dear for each run
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal tests/processes --rounds 100 $(ARGS)
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m drill --ignore tests/processes $(ARGS)

check: check-format check-lint check-types check-imports check-docs check-contracts check-typesync ## format, lint, types, import arrows, generated docs, released contracts, generated types

check-format: $(DEVELOPMENT)
	$(BIN)/ruff format --check .

check-lint: $(DEVELOPMENT)
	$(BIN)/ruff check .

check-types: $(DEVELOPMENT)
	$(BIN)/pyright

check-imports: $(DEVELOPMENT)
	$(BIN)/lint-imports

check-docs: $(DEVELOPMENT)
	$(BIN)/python docs/generate.py --check

check-contracts: $(DEVELOPMENT)
	$(BIN)/bus contracts check

check-typesync: $(DEVELOPMENT)
	$(BIN)/bus types drift-check

format: $(DEVELOPMENT) ## put the source into its form and repair what ruff can repair
	$(BIN)/ruff check --fix-only --exit-zero .
	$(BIN)/ruff format .

docs: $(DEVELOPMENT) ## write what is generated anew: pages of docs/reference, types of contracts/types
	$(BIN)/python docs/generate.py
	$(BIN)/bus types sync

bench: $(DEVELOPMENT) ## measure against peers, in one run
	$(BIN)/python -m benchmarks $(ARGS)

lock: ## write requirements/*.txt anew, with the newest versions that pyproject.toml allows
	rm -rf $(VENV)-lock
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip --disable-pip-version-check --quiet install hatchling -e '.[dev]'
	$(VENV)-lock/bin/python requirements/lock.py
	rm -rf $(VENV)-lock

clean: ## remove what the other targets made
	rm -rf $(VENV) $(VENV)-lock tests/node/node_modules build dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "$(PYTHON) is older than 3.11; name a newer one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { echo "$(PYTHON) has no venv module; on Debian: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }

$(RUNTIME): requirements/build.txt requirements/runtime.txt pyproject.toml | $(BIN)/python
	@echo "installing into $(VENV) (once)"
	@$(PIP) install -r requirements/build.txt -r requirements/runtime.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(DEVELOPMENT): requirements/dev.txt $(RUNTIME)
	@echo "installing what tests and checks need (once)"
	@$(PIP) install -r requirements/dev.txt
	@touch $@

$(NODE): tests/node/package.json tests/node/package-lock.json | $(DEVELOPMENT)
	@echo "installing what tests run under Node.js (once)"
	@cd tests/node && ../../$(BIN)/npm ci --loglevel=error
	@touch $@
