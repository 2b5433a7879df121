# Two commands matter: `make site` builds the seed archive, `make test` runs every check.
# Both need Python 3.11 or newer, make and git, and make their own environment in .venv/.
# `make test` also installs Debian packages (Chromium, a Java runtime) where they are missing.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: site test check test-packages bench golden lock clean

site: $(STAMP)
	$(BIN)/backfile import seeds
	$(BIN)/backfile build
	@echo "open output/index.html"

test: $(STAMP) test-packages check
	$(BIN)/pytest

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Compares one cold build with Hugo's on the same made corpus; results go to bench/results/.
bench: $(STAMP)
	$(BIN)/python bench/build.py

# Writes the expected trees of tests/golden/ anew; look at the diff before you commit it.
golden: $(STAMP)
	$(BIN)/python tests/golden/golden.py

# Pins what pyproject.toml asks for.
lock: $(STAMP)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--group dev --output-file requirements/dev.lock pyproject.toml

# Debian splits venv from Python; there it is installed first.
$(STAMP): requirements/dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Backfile needs Python 3.11 or newer"; exit 1; }
	$(PYTHON) -m venv $(VENV) || { apt-get update && apt-get install -y python3-venv && $(PYTHON) -m venv --clear $(VENV); }
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	touch $@

# What the browser and validity tests run: Chromium, a Java runtime for the W3C checker, a font.
test-packages:
	@command -v chromium >/dev/null && command -v java >/dev/null && fc-list :lang=zh 2>/dev/null | grep -q . || \
		{ apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium default-jre-headless fonts-noto-cjk fontconfig; }

clean:
	rm -rf $(VENV) .backfile output/* build dist
