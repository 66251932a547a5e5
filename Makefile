# Set-up, demonstration, tests. Everything lives in .venv; Debian packages are installed only when missing.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?=

.PHONY: demo test lint lint-types lint-others bench mutation fresh soak lock translations images sbom clean

$(VENV)/ready: requirements.txt setup.cfg pyproject.toml scripts/setup.sh
	PYTHON=$(PYTHON) scripts/setup.sh run

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.txt requirements-mutation.txt requirements-pygame-ce.txt
	PYTHON=$(PYTHON) scripts/setup.sh dev

# Of the pages' modules: linter, type checker; for development only.
node_modules/ready: package.json package-lock.json
	scripts/setup.sh node

demo: $(VENV)/ready
	$(BIN)/motcua demo $(if $(PORT),--port $(PORT)) $(DEMO_OPTIONS)

# Three workers for two processors: much of the time a test waits, for paper, for a voice, for a line. tests/order.py
# says which files go first.
test: $(VENV)/ready-dev node_modules/ready
	scripts/setup.sh packages
	timeout 300 node --test tests/js/*.test.js
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder -m "not soak" $(TEST_OPTIONS)

# Two at a time: the type checker takes as long as the others together.
lint: $(VENV)/ready-dev node_modules/ready
	+$(MAKE) --no-print-directory --jobs=2 --output-sync=target lint-types lint-others

lint-types:
	$(BIN)/mypy

lint-others:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	node_modules/.bin/eslint .
	node_modules/.bin/tsc --project jsconfig.json
	$(BIN)/python scripts/dead_code.py
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive contract config kiosk ticket_printer display_board sync
	$(BIN)/python -m pytest -q tests/test_import_rules.py tests/test_names.py tests/test_budgets.py

bench: $(VENV)/ready-dev
	$(BIN)/python -m tests.bench

mutation: $(VENV)/ready-dev
	$(BIN)/python scripts/mutation.py $(MUTATION_OPTIONS)

# Both commands on bare machines; FRESH_TEST_OPTIONS, FRESH_FOLDER: see scripts/fresh.sh
fresh:
	scripts/fresh.sh $(FRESH_SUITES)

soak: $(VENV)/ready-dev
	scripts/setup.sh packages
	scripts/setup.sh office
	scripts/setup.sh voice
	$(BIN)/python -m pytest -m soak $(TEST_OPTIONS)
	MOTCUA_AXE=1 $(BIN)/python -m pytest -m "not soak" tests/pages
	scripts/fresh.sh $(FRESH_SUITES)

lock: $(VENV)/ready-dev
	scripts/lock.sh

translations: $(VENV)/ready-dev
	$(BIN)/python scripts/translations.py

# What is shipped, package by package with hashes, as CycloneDX
sbom: $(VENV)/ready
	$(BIN)/python scripts/sbom.py build/sbom.cdx.json

images: $(VENV)/ready-dev
	scripts/setup.sh packages
	$(BIN)/python scripts/images.py docs/images
	$(BIN)/python scripts/slip_images.py docs/images/slips
	$(BIN)/python scripts/report_images.py docs/images/reports

clean:
	rm -rf $(VENV) build *.egg-info
