# One environment for everything, made from the pinned and hashed lists in requirements/.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
CALENDAR ?=

.PHONY: run test lint types layers unit soak bench bench-ics bench-google constraints clean help
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

bench: bench-ics bench-google  ## speed and memory beside the peers; takes minutes

bench-ics: $(VENV)/dev.stamp
	$(BIN)/python benchmarks/ics.py

bench-google: $(VENV)/dev.stamp
	$(BIN)/python benchmarks/google_calendar.py

constraints:     ## pin anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q pyproject.toml requirements/build.in -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q --group dev pyproject.toml requirements/build.in -o requirements/dev.txt

clean:           ## forget the environment
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
