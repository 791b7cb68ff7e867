# One environment for everything, made from the pinned and hashed lists in requirements/.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PEERS  := .venv-peers
SUPPLY := .venv-supply
CALENDAR ?=
TARGETS ?= ics recognise jsonl story config caldav text
SECONDS ?= 600

.PHONY: pictures run test lint types layers unit soak soak-year bench manual fuzz audit sbom licences constraints clean help
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
	$(BIN)/pytest -n auto --dist worksteal --cov --cov-report=term

soak: $(VENV)/dev.stamp  ## ten thousand random searches and a hundred kills; takes most of an hour
	SHOWUP_SEEDS=0:10000 SHOWUP_KILL_ROUNDS=10 $(BIN)/pytest -n auto \
		tests/rehearsal/test_random_searches.py tests/e2e/test_kill.py

# With memory as the unit has it.
soak-year: $(VENV)/dev.stamp  ## a year of the real daemon on a virtual clock, with everything going wrong; ten minutes
	SHOWUP_SOAK_DAYS=365 MALLOC_TRIM_THRESHOLD_=131072 MALLOC_MMAP_THRESHOLD_=131072 \
		$(BIN)/pytest -n 0 -s tests/soak

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

manual: $(VENV)/dev.stamp  ## write the manual page anew, from the help of the commands
	$(BIN)/python -m showup.cli.manual >src/showup/desktop/share/man/man1/showup.1

$(VENV)/fuzz.stamp: requirements/fuzz.txt $(VENV)/dev.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

fuzz: $(VENV)/fuzz.stamp  ## hostile text for every reader, SECONDS each; what is found lies in .fuzz
	for target in $(TARGETS); do $(BIN)/python -m tests.fuzz $$target -max_total_time=$(SECONDS) || exit 1; done

# What looks after the packages has an environment of its own: showup and its tests need none of it.
$(SUPPLY)/stamp: requirements/supply.txt
	@test -x $(SUPPLY)/bin/python || $(PYTHON) -m venv $(SUPPLY)
	@echo "installing what looks after the packages into $(SUPPLY) …"
	@$(SUPPLY)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

audit: $(SUPPLY)/stamp  ## known weaknesses of the pinned packages
	$(SUPPLY)/bin/python -m supply.audit

sbom: $(SUPPLY)/stamp  ## a bill of materials of what is installed with showup
	$(SUPPLY)/bin/python -m supply.sbom build/showup.cdx.json

licences: $(VENV)/dev.stamp  ## write docs/licences.md anew
	$(BIN)/python -m supply.licences

pictures: $(VENV)/dev.stamp  ## draw every kind of notice on two real servers, for docs/notices.md
	$(BIN)/python -m tests.support.pictures

constraints:     ## pin anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q pyproject.toml requirements/build.in -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q --group dev pyproject.toml requirements/build.in -o requirements/dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q --extra push -c requirements/dev.txt pyproject.toml requirements/build.in -o requirements/push.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q --group supply -o requirements/supply.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q --group fuzz -o requirements/fuzz.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q benchmarks/requirements.in -o benchmarks/requirements.txt

clean:           ## forget the environment
	rm -rf $(VENV) $(SUPPLY) .fuzz $(PEERS) .mypy_cache .ruff_cache .pytest_cache .hypothesis
