# The set-up and the daily commands. Each target works alone, from a clean clone, on a
# machine with Python 3.11 or newer: `make app`, `make brief`, `make test`.

# The first Python on the path that is new enough; name another with make PYTHON=python3.12
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Only the locked files may be installed, and no build may fetch tools of its own.
LOCKED := install --require-hashes --no-build-isolation

FILE ?= sample_articles/jaffar-express.txt
ARGS ?=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help app brief test check format readme licences audit lock clean

help:  ## what can be made
	@grep -hE '^[a-z]+:.*##' $(firstword $(MAKEFILE_LIST)) | sed -E 's/:.*##/\t/' | expand -t 12

app: $(VENV)/.run  ## open the desk in the browser (ARGS="--server.port 8600")
	$(BIN)/python -m streamlit run streamlit_app.py $(ARGS)

brief: $(VENV)/.run  ## write a Word brief of FILE, by default the sample, into exports/
	$(BIN)/newsdesk brief "$(FILE)" -o exports $(ARGS)

test: $(VENV)/.dev  ## run all tests (ARGS="tests/test_cli.py -k names")
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(VENV)/.dev  ## style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: $(VENV)/.dev  ## put the style right
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

readme: $(VENV)/.dev  ## write what the examples of the README print now into it
	$(BIN)/python tests/test_readme.py

licences: $(VENV)/.dev  ## list the licences of all that is locked in THIRD_PARTY.md
	$(BIN)/python tests/test_supply.py

# Asks the advisories of a registry about each locked version, so it wants a network; in an environment
# of its own, for it is no part of what is locked. What the registry does not know is told as skipped.
AUDIT := $(VENV)-audit
audit:  ## look for known faults in what is locked; wants a network
	@test -x $(AUDIT)/bin/pip-audit || { "$(PYTHON)" -m venv $(AUDIT) && $(AUDIT)/bin/pip install --quiet pip-audit; }
	$(AUDIT)/bin/pip-audit --requirement requirements.lock --no-deps --disable-pip $(ARGS)

# Versions move only here. Wants uv; the tests and the app need what it writes, not uv itself.
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header
lock:  ## resolve the locks anew from pyproject.toml (ARGS=--upgrade for newer versions)
	$(COMPILE) $(ARGS) pyproject.toml -o requirements.lock
	$(COMPILE) $(ARGS) pyproject.toml --extra dev -c requirements.lock -o requirements-dev.lock
	$(COMPILE) $(ARGS) --group pyproject.toml:build -c requirements-dev.lock -o requirements-build.lock

clean:  ## remove the environment and the caches; exports stay
	rm -rf $(VENV) $(AUDIT) .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Stamps: a file inside the environment says what was installed, and is older than its
# lock as soon as the lock changes.
$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and none was found." \
		"Install one, or name it: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is missing or" \
		"older than 3.11; name a newer one: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' || { echo "This Python cannot make environments;" \
		"on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)
	@touch $@

$(VENV)/.build: requirements-build.lock $(VENV)/.made
	$(PIP) install --require-hashes -r requirements-build.lock
	@touch $@

$(VENV)/.run: requirements.lock pyproject.toml $(VENV)/.build
	$(PIP) $(LOCKED) -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

# The tests' lock holds the other one whole.
$(VENV)/.dev: requirements-dev.lock requirements.lock pyproject.toml $(VENV)/.build
	$(PIP) $(LOCKED) -r requirements-dev.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $(VENV)/.run $@
