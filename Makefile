# One environment for everything, made from the pinned and hashed lists in requirements/.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PEERS  := .venv-peers
CALENDAR ?=

.PHONY: run test lint types layers unit soak bench constraints clean help
.DEFAULT_GOAL := help

help:            ## what can be made
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

$(VENV)/run.stamp: requirements/run.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing what showup needs into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	@echo "installing what the tests need into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

run: $(VENV)/run.stamp  ## watch a sample calendar, or yours: make run CALENDAR=~/interviews.ics
	@$(if $(CALENDAR),SHOWUP_HOME="$(CURDIR)/.demo/own" $(BIN)/showup run --calendar "$(CALENDAR)",$(BIN)/showup run --sample)

test: lint types layers unit  ## everything CI runs

lint: $(VENV)/dev.stamp  ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp  ## static types, tests included
	$(BIN)/mypy

layers: $(VENV)/dev.stamp  ## who may import whom
	$(BIN)/lint-imports

unit: $(VENV)/dev.stamp  ## unit, contract, property and end-to-end tests, with coverage
	$(BIN)/pytest -n auto --cov --cov-report=term

soak: $(VENV)/dev.stamp  ## ten thousand random searches and a hundred kills; takes most of an hour
	SHOWUP_SEEDS=0:10000 SHOWUP_KILL_ROUNDS=10 $(BIN)/pytest -n auto \
		tests/rehearsal/test_random_searches.py tests/e2e/test_kill.py

# The peers have an environment of their own: what they need is nothing that showup should meet.
$(PEERS)/stamp: benchmarks/requirements.txt
	@test -x $(PEERS)/bin/python || $(PYTHON) -m venv $(PEERS)
	@echo "installing the programs to measure beside into $(PEERS) …"
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

bench: $(VENV)/dev.stamp $(PEERS)/stamp  ## speed and memory beside the peers, into benchmarks/RESULTS.md; most of an hour
	$(BIN)/python -m benchmarks

bench-%: $(VENV)/dev.stamp $(PEERS)/stamp
	$(BIN)/python -m benchmarks --only $*

constraints:     ## pin anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q pyproject.toml requirements/build.in -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q --group dev pyproject.toml requirements/build.in -o requirements/dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q benchmarks/requirements.in -o benchmarks/requirements.txt

clean:           ## forget the environment
	rm -rf $(VENV) $(PEERS) .mypy_cache .ruff_cache .pytest_cache .hypothesis
