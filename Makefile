# What one needs: Python 3.11 or newer, make and git.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
RUN_STAMP := .venv/.run-installed
TEST_STAMP := .venv/.test-installed
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: run test lint proof bench lock clean

run: $(RUN_STAMP) ## start the portal with its demonstration catalog
	@exec $(BIN)/python -m portal.supervisor

test: $(TEST_STAMP) ## check style, types and architecture, then run all tests
	@$(BIN)/python -m tests.run $(if $(ARGS),-- $(ARGS))

lint: $(TEST_STAMP) ## style, types, architecture
	@$(BIN)/python -m tests.run --lint-only

proof: $(TEST_STAMP) ## what is too long for every run; PART=name for one part
	@$(BIN)/python -m tests.proof $(PART)

bench: $(TEST_STAMP) ## comparisons, side by side in one run
	@$(BIN)/python -m tests.bench $(PART)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Portico needs Python 3.11 or newer; name one with make PYTHON=..."; exit 1; }
	@$(PYTHON) -m venv .venv

$(RUN_STAMP): requirements/run.txt | $(BIN)/python
	@echo "Installing what the portal needs..."
	@$(PIP) --requirement requirements/run.txt
	@$(BIN)/python -m compileall -q portal catalog tryit examples
	@PORTICO_DATA_DIR=.venv/var $(BIN)/python manage.py prepare --static-only
	@touch $@

$(TEST_STAMP): requirements/test.txt $(RUN_STAMP)
	@echo "Installing what the tests need..."
	@$(PIP) --requirement requirements/test.txt
	@touch $@

lock: ## renew the lock files from requirements/*.in (needs uv on PATH)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-emit-find-links --quiet --upgrade --custom-compile-command "make lock" \
		requirements/run.in --output-file requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-emit-find-links --quiet --upgrade --custom-compile-command "make lock" \
		requirements/test.in --output-file requirements/test.txt

clean: ## remove the virtual environment (never the data)
	rm -rf .venv
