# Set-up, demonstration, tests. Everything lives in .venv; Debian packages are installed only when missing.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8080

.PHONY: demo test lint bench soak lock translations images clean

$(VENV)/ready: requirements.txt setup.cfg pyproject.toml scripts/setup.sh
	PYTHON=$(PYTHON) scripts/setup.sh run

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.txt requirements-pygame-ce.txt
	PYTHON=$(PYTHON) scripts/setup.sh dev

demo: $(VENV)/ready
	$(BIN)/motcua demo --port $(PORT) $(DEMO_OPTIONS)

test: $(VENV)/ready-dev
	scripts/setup.sh packages
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not soak" $(TEST_OPTIONS)

lint: $(VENV)/ready-dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_import_rules.py

bench: $(VENV)/ready-dev
	$(BIN)/python -m tests.bench

soak: $(VENV)/ready-dev
	scripts/setup.sh packages
	$(BIN)/python -m pytest -m soak $(TEST_OPTIONS)

lock: $(VENV)/ready-dev
	scripts/lock.sh

translations: $(VENV)/ready-dev
	$(BIN)/python scripts/translations.py

images: $(VENV)/ready-dev
	scripts/setup.sh packages
	$(BIN)/python scripts/images.py docs/images
	$(BIN)/python scripts/slip_images.py docs/images/slips

clean:
	rm -rf $(VENV) build *.egg-info
