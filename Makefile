# VNDX: two commands, `make serve` and `make test`. Both set up what they need:
# Python 3.11 or newer, make and the Python package index are all that must be there.

PYTHON ?= python3
HOST   ?= 127.0.0.1
PORT   ?= 8000
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup web build serve test lint types scripts unit chromium nightly format bench clean

help: ## Show what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: $(READY) ## Make the virtual environment and install VNDX into it

$(READY): pyproject.toml
	@echo "==> setting up $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "VNDX needs Python 3.11 or newer: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

web: $(READY) ## Build the scripts and styles of the pages, if their sources have changed
	@$(BIN)/python web/build.py

build: $(READY) web ## Build, validate and publish a snapshot of the graph
	@echo "==> building the graph from graph/data, ontology and shapes"
	@$(BIN)/vndx build --publish

serve: build ## Build the graph and serve it: make serve PORT=8000
	@echo "==> serving on http://$(HOST):$(PORT)/ (ready when /health/ready answers 200; stop with Ctrl-C)"
	@$(BIN)/vndx serve --host $(HOST) --port $(PORT)

test: lint types scripts unit ## Run every check: lint, types, tests

lint: $(READY)
	@echo "==> ruff: lint and format"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY)
	@echo "==> mypy: types"
	@$(BIN)/mypy

scripts: $(READY) web ## Check and test the scripts of the pages
	@echo "==> tsc, biome, vitest: the scripts and styles of the pages"
	@$(BIN)/python web/build.py check
	@$(BIN)/python web/build.py test

unit: $(READY) web chromium
	@echo "==> pytest: the graph is built once, then tested as data, through the library and over HTTP"
	@$(BIN)/python -m pytest -n 2 --dist loadfile

# Pages are tested in a real browser: the one that is there, else Debian's, else one that Playwright brings.
chromium: $(READY)
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || { echo "==> installing Chromium for the tests of pages"; \
	  { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 || $(BIN)/playwright install chromium; }

nightly: $(READY) web chromium ## Check every entity in every format, a minute of abuse: takes half an hour
	@echo "==> pytest: the tests that take minutes"
	@$(BIN)/python -m pytest -m nightly

format: $(READY) ## Format Python, TypeScript, styles and Turtle files
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@$(BIN)/python web/build.py format

bench: $(VENV)/.bench ## Measure VNDX beside its peers: make bench ARGS="--scenario abuse"
	@$(BIN)/python -m bench $(ARGS)

$(VENV)/.bench: $(READY)
	@echo "==> installing the servers to measure"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $@

clean: ## Remove the environment and everything built
	@rm -rf $(VENV) .vndx .pytest_cache .mypy_cache .ruff_cache web/node_modules api/pages/static
