# A fresh machine needs make and Python 3.11 or later; everything else is installed into .venv from requirements.lock.

SUITS := -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))'
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3.14 python3 python; do \
	$$p $(SUITS) >/dev/null 2>&1 && echo $$p && break; done)
BIN := .venv/bin
# --no-deps: the lock is complete, and leaves out what we never import (see pyproject.toml).
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq install --no-deps
INSTALLED := .venv/.installed
# The demonstration keeps its own archive, whatever the environment says.
DEMO := env -u NEWSDESK_DATABASE_URL -u NEWSDESK_DATABASE_URL_FILE $(BIN)/newsdesk --data demo-data

.PHONY: help install demo chat test check lint types laws coverage eval bench load soak lock
.DELETE_ON_ERROR:

help: ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name text; do printf 'make %-9s %s\n' "$$name" "$$text"; done

install: $(INSTALLED) ## install into .venv (the other targets do it by themselves)

$(INSTALLED): requirements.lock pyproject.toml
	@"$(PYTHON)" $(SUITS) 2>/dev/null || { echo "Newsdesk needs Python 3.11 to 3.14, and $(if $(PYTHON),$(PYTHON) is none of these,none was found)." \
		"Install one, or name it: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "$(PYTHON) cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "Installing into .venv, about 200 MB, once …"
	@$(PIP) --require-hashes --only-binary :all: -r requirements.lock
	@$(PIP) --no-build-isolation --config-settings editable_mode=compat -e .
	@touch $@

demo: $(INSTALLED) ## load the samples, show a cited answer and a short brief
	@rm -rf demo-data
	@echo '$$ newsdesk add samples' && $(DEMO) add samples
	@echo && echo '$$ newsdesk ask "what tariffs apply to Japan?"' && $(DEMO) ask "what tariffs apply to Japan?"
	@echo && echo '$$ newsdesk brief' && $(DEMO) brief
	@echo && echo "Ask your own questions with: make chat"

chat: $(INSTALLED) ## ask questions about the samples in the terminal
	@test -e demo-data/newsdesk.db || $(DEMO) add samples
	@$(DEMO) chat

test: $(INSTALLED) ## run the tests, on SQLite and on PostgreSQL where its server is installed
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

check: lint types laws test ## everything that must hold before a change is kept

lint: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(INSTALLED)
	$(BIN)/mypy

laws: $(INSTALLED)
	$(BIN)/lint-imports --no-logo

coverage: $(INSTALLED) ## run the tests and show the lines they never reach
	$(BIN)/python -m pytest --cov --cov-report=term-missing:skip-covered

eval: .venv/.measuring ## measure quality: make eval DATA=folder-of-test-sets
	@test -n "$(DATA)" || { echo "Say where the test sets are: make eval DATA=../shared/eval" >&2; exit 2; }
	$(BIN)/python -m bench.quality --data $(DATA)

bench: $(INSTALLED) ## measure speed and memory at three sizes
	$(BIN)/python -m bench.speed
	$(BIN)/python -m bench.watches
	$(BIN)/python -m bench.alerts
	$(BIN)/python -m bench.placing

load: $(INSTALLED) ## measure feeds held, how soon news is stored, how late digests are, how soon questions are answered
	$(BIN)/python -m bench.load
	$(BIN)/python -m bench.wave
	$(BIN)/python -m bench.discord_wave
	$(BIN)/python -m bench.talking

soak: $(INSTALLED) ## kill whoever gathers or delivers, count what is lost or doubled, watch memory for a virtual day
	$(BIN)/python -m bench.soak
	$(BIN)/python -m bench.simulate
	$(BIN)/python -m bench.siege
	$(BIN)/python -m bench.slack_crashes
	$(BIN)/python -m bench.discord_crashes
	$(BIN)/python -m bench.hostile_titles

.venv/.measuring: bench/requirements.lock $(INSTALLED)
	@$(PIP) --require-hashes --no-build-isolation -r bench/requirements.lock
	@touch $@

# Newest versions that fit pyproject.toml. The first part of requirements.lock is what runs, the second the tools;
# the Dockerfile installs the first part only.
LOCK = "$$work/bin/uv" pip compile --universal --fork-strategy fewest --generate-hashes --no-annotate --no-header --quiet
WITHOUT = $$(sed -n 's/^\([a-z0-9.-]*\)==.*/--no-emit-package \1/p' $(1))
lock: ## write the locks anew, with the newest versions that fit
	@work=$$(mktemp -d) && trap 'rm -rf "$$work"' EXIT && \
	$(PYTHON) -m venv "$$work" && "$$work/bin/pip" -qq install uv && \
	$(LOCK) --only-binary :all: pyproject.toml --group install -o "$$work/run" && \
	$(LOCK) --only-binary :all: --group tools -c "$$work/run" $(call WITHOUT,"$$work/run") -o "$$work/tools" && \
	{ echo "# Written by \`make lock\`; installed with --no-deps (pyproject.toml says what is left out, and why)."; \
	  cat "$$work/run"; echo; echo "# Tools: not needed to run."; cat "$$work/tools"; } > requirements.lock && \
	{ echo "# Written by \`make lock\`: what the measuring programs need besides requirements.lock."; \
	  $(LOCK) --group measuring -c "$$work/run" -c "$$work/tools" $(call WITHOUT,requirements.lock); } > bench/requirements.lock
