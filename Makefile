# `make help` lists the targets. Set-up happens by itself, once, and again only where a lock file changed.

SHELL := /bin/sh
.DEFAULT_GOAL := help
# Not the scripts of .venv/bin: they carry the absolute path of the place where they were installed.
RUN := .venv/bin/python -m

# Tests start many processes, each of which would compile the packages anew.
export PYTHONDONTWRITEBYTECODE :=

# Where the tests stand that need a browser or an office suite: all others need not be imported to find them.
WITH_PROGRAMS := tests/browser tests/dashboard/export/test_office.py tests/extract/readers/test_round_trip.py

# The first of these that really runs (pyenv's shims may not) and is new enough; looked for only when .venv is made.
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

# Stamps carry the hash of what was installed and the place, so that a changed lock or a moved checkout installs again.
STATE := $(shell { pwd; cat requirements-build.lock requirements.lock pyproject.toml; } | sha256sum | cut -c1-16)
DEV_STATE := $(shell { echo $(STATE); cat requirements-dev.lock; } | sha256sum | cut -c1-16)
BENCH_STATE := $(shell { echo $(STATE); cat requirements-bench.lock; } | sha256sum | cut -c1-16)
INSTALLED := .venv/installed-$(STATE)
DEV_INSTALLED := .venv/developing-$(DEV_STATE)
BENCH_INSTALLED := .venv-bench/installed-$(BENCH_STATE)

.PHONY: help install dashboard test check newest faults data bench

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1 \t/p' $(MAKEFILE_LIST) | expand -t 20

install: $(INSTALLED) ## set up: .venv in the checkout, from the hashed lock file

dashboard: install ## set up and serve the app on the shipped data, http://localhost:8501
	$(RUN) dashboard

test: ## set up and run every check, and the tests on the newest Python that is here too
	$(MAKE) --output-sync=line --jobs=2 check newest

check: $(DEV_INSTALLED) ## the checks on one Python: lint, types, import contracts, tests, browser tests
	tools/ensure_programs.sh
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy
	.venv/bin/python .venv/bin/lint-imports
	$(RUN) pytest -q -m "not browser and not office" -n 2 --dist loadfile
	$(RUN) pytest -q -m "browser or office" -n 2 --dist loadfile $(WITH_PROGRAMS)

newest: ## the tests that a Python may decide otherwise, on the newest that is here
	tools/try_newest.sh

faults: $(DEV_INSTALLED) ## kill a program that imports documents 500 times, and look for loss (make test: 20 times)
	STORE_KILLS=500 $(RUN) pytest -q -s tests/store/test_kill.py

data: install ## run the extractor over data/sources/ and rewrite the committed outputs
	.venv/bin/python tools/build_data.py

bench: $(BENCH_INSTALLED) ## set up and measure page and extraction beside others that do such work; prints ratios
	tools/ensure_programs.sh browser
	.venv-bench/bin/python -m bench

$(INSTALLED):
	tools/make_venv.sh "$(PYTHON)" .venv requirements.lock
	rm -f .venv/installed-* .venv/developing-*
	touch $@

$(DEV_INSTALLED):
	tools/make_venv.sh "$(PYTHON)" .venv requirements-dev.lock
	rm -f .venv/installed-* .venv/developing-*
	touch $(INSTALLED) $@

# A place of its own: the app and its tests stay free of what only the comparison needs.
$(BENCH_INSTALLED):
	tools/make_venv.sh "$(PYTHON)" .venv-bench requirements-bench.lock
	rm -f .venv-bench/installed-*
	touch $@
