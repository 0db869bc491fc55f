PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || echo python3)
UV ?= uv
EXPORT = $(UV) export --quiet --frozen --no-emit-project --no-default-groups --no-header --no-annotate

.DEFAULT_GOAL := help
.PHONY: help run test drill bench mutate lint format lock clean

help:  ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

run:  ## serve the demonstration on this computer (PORT=8000)
	@$(PYTHON) scripts/launch.py run

test:  ## all tests, on SQLite and PostgreSQL
	@$(PYTHON) scripts/launch.py test

drill:  ## what takes long or kills processes
	@$(PYTHON) scripts/launch.py drill

bench:  ## time and memory on real input
	@$(PYTHON) scripts/launch.py bench

mutate:  ## change the rules one expression at a time; a test must notice (up to an hour)
	@$(PYTHON) scripts/launch.py mutate

lint:  ## formatter, linters, types, layers, templates, deployment checks
	@$(PYTHON) scripts/launch.py lint

format:  ## put sources and templates in shape
	@$(PYTHON) scripts/launch.py format

# The exported files name versions and hashes and no address; uv.lock names addresses and goes.
lock:  ## resolve pyproject.toml anew into requirements/ (needs uv)
	$(UV) lock --quiet
	$(EXPORT) --output-file requirements/runtime.txt > /dev/null
	$(EXPORT) --group test --output-file requirements/test.txt > /dev/null
	$(EXPORT) --group test --group lint --output-file requirements/lint.txt > /dev/null
	$(EXPORT) --group test --group lint --group mutation --output-file requirements/mutation.txt > /dev/null
	rm uv.lock

clean:  ## remove the environment, the local database and its keys
	rm -rf .venv var staticfiles
