# The only door: `make demo` and `make test` need Python >= 3.11 with venv, and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
ARGS   ?=
PORT   ?= 8791
# Files are handed out to two processes: CI has two cores.
SPREAD := -n 2 --dist loadfile
# They alone reach every branch of credentials/ and keys/, without ../shared; `check` runs them once, under coverage.
COVERING := tests/unit/credentials tests/unit/keys

.PHONY: help bandit security uploads install demo test check format lint types imports coverage others interop conformance lock clean fuzz pictures guide soak

help:            ## what each target does
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/: .*## */\t/' | expand -t 12

install: $(VENV)/.installed  ## the virtual environment, with pinned and hashed dependencies

$(VENV)/.installed: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Parchemin needs Python 3.11 or newer; '$(PYTHON)' is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "Python's venv module is missing. On Debian: apt install python3-venv" >&2; exit 2; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: install    ## sample jury record to verification page: issue, serve on localhost:8000, print three links
	$(BIN)/parchemin demo $(ARGS)

test: install    ## every test; what needs Node, Chromium or ../shared is skipped with a line where it is missing
	$(BIN)/python -m pytest $(ARGS)

check: install format lint types imports bandit coverage others  ## what CI runs

format: install  ## the formatter's opinion, without changing a file
	$(BIN)/ruff format --check .

lint: install
	$(BIN)/ruff check .

types: install
	$(BIN)/mypy

imports: install ## who may import whom
	$(BIN)/lint-imports

bandit: install
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml contexts credentials keys issuer

security: bandit ## bandit, and known flaws of what we depend on; needs the network: by hand and at release
	$(BIN)/pip-audit --strict --disable-pip --require-hashes --requirement requirements.txt

uploads: install ## spoiled files at every place that takes one in: ARGS="--minutes 10 --seed 1"
	$(BIN)/python -m tests.hostile.uploads $(ARGS)

coverage: install ## every branch of credentials/ and keys/, by their own unit tests: 100 %, or it fails
	$(BIN)/coverage run -m pytest $(COVERING)
	$(BIN)/coverage report

others: install
	$(BIN)/python -m pytest $(COVERING:%=--ignore=%) $(SPREAD) $(ARGS)

interop:         ## the Node packages that the interoperability tests need
	cd tests/interop/node && npm ci --no-audit --no-fund

conformance: install ## a server for the public conformance suites, on loopback: PORT, ARGS; see docs/conformance-server.md
	@$(BIN)/python -m tests.conformance --port $(PORT) $(ARGS)

pictures: install ## every page in every state, photographed (Chromium): var/pictures/, and docs/images/: ARGS="titre bloc"
	$(BIN)/python -m docs.images.make $(ARGS)

soak: install    ## the long drills: kills, disks, seasons, for as long as ARGS says
	$(BIN)/python -m pytest -m soak $(ARGS)

guide: install   ## the season of the registrar's guide played in Chromium and photographed: docs/images/desk/
	mkdir -p docs/images/desk
	PICTURES=docs/images/desk $(BIN)/python -m pytest -q tests/functional/browser/test_season.py

fuzz: install    ## documents of every dialect changed by chance, within 2 s and 200 MB each: ARGS="--minutes 10 --seed 1"
	$(BIN)/python -m tests.hostile.fuzz $(ARGS)

lock: install    ## pin again after a change in pyproject.toml (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --group dev --project . pyproject.toml -o requirements.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
