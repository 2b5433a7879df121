# Two commands matter: `make site` builds the seed archive, `make test` runs every check.
# Both need Python 3.11 or newer, make and git, and make their own environment in .venv/.
# `make test` also installs Debian packages (Chromium, a Java runtime) where they are missing.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: site test check test-packages bench bench-large bench-packages bench-search bench-preview \
	bench-preview-large soak golden lock clean

# Compiled beforehand, for where Python is told to leave no compiled files: each start would compile
# all of them anew, in half a second.
site: $(STAMP)
	@$(BIN)/python -m compileall -q generator
	$(BIN)/backfile import seeds
	$(BIN)/backfile build
	@echo "open output/index.html"

test: $(STAMP) test-packages tests/node/node_modules check
	$(BIN)/pytest -n auto --dist loadfile

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Beside Hugo, Pelican, Eleventy and Pagefind on the same made archive, each in one run; results go
# to bench/results/. `bench-large` builds 100,000 articles with Backfile and Hugo.
bench: $(STAMP) bench-packages
	$(BIN)/python bench/build.py

bench-large: $(STAMP) bench-packages
	$(BIN)/python bench/build.py --large

# Pelican has a home of its own, for it pins what we use; without npm Eleventy is left out.
bench-packages: $(STAMP) bench/work/pelican/.installed
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/bench.lock
	cd bench/eleventy && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund || echo "no npm: Eleventy is left out"

bench/work/pelican/.installed: requirements/pelican.lock
	$(PYTHON) -m venv bench/work/pelican
	bench/work/pelican/bin/python -m pip install --quiet --require-hashes -r requirements/pelican.lock
	touch $@

bench-search: $(STAMP)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/bench.lock
	$(BIN)/python bench/search.py

# From a save to the changed page in Chromium, in a preview of a made archive.
# `bench-preview-large` takes an archive of 100,000 articles too; `soak` edits 2,000 times.
bench-preview: $(STAMP)
	$(BIN)/python bench/preview.py

bench-preview-large: $(STAMP)
	$(BIN)/python bench/preview.py --large

soak: $(STAMP)
	$(BIN)/python bench/soak.py

# Writes the expected trees of tests/golden/ anew; look at the diff before you commit it.
golden: $(STAMP)
	$(BIN)/python tests/golden/golden.py

# Pins what pyproject.toml asks for.
lock: $(STAMP)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--group dev --output-file requirements/dev.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--group bench --constraint requirements/dev.lock --output-file requirements/bench.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--output-file requirements/pelican.lock bench/pelican/requirements.in

# Debian splits venv from Python; there it is installed first.
$(STAMP): requirements/dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Backfile needs Python 3.11 or newer"; exit 1; }
	$(PYTHON) -m venv $(VENV) || { apt-get update && apt-get install -y python3-venv && $(PYTHON) -m venv --clear $(VENV); }
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	$(BIN)/python -m generator.serve.bundle
	touch $@

# The W3C checker and axe, pinned by a lock file; npm comes with the environment.
tests/node/node_modules: $(STAMP) tests/node/package-lock.json
	cd tests/node && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund
	touch $@

# What the browser and validity tests run: Chromium, a Java runtime for the W3C checker, a font.
test-packages:
	@command -v chromium >/dev/null && command -v java >/dev/null && fc-list :lang=zh 2>/dev/null | grep -q . || \
		{ apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium default-jre-headless fonts-noto-cjk fontconfig; }

clean:
	rm -rf $(VENV) .backfile output/* build dist
