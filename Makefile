# make run      set up what is missing, then open the page; PORT=8502 chooses the port
# make test     set up what is missing, then check everything; all that CI calls
# make lint     style, types and import direction
# make format   put the sources into shape
# make docs     write docs/metrics.md from the measurements themselves, docs/examples.md from answers
# make accuracy write docs/ACCURACY.md from the recordings of known truth; takes about ten minutes
# make screenshots  take pictures of every page, to look at
# make lock     choose the newest versions and write them to constraints.txt

.DEFAULT_GOAL := run
.PHONY: run test lint format lock docs accuracy weights system screenshots

BIN := .venv/bin
# Stamps remember what is done, so that the second run starts at once.
STAMPS := .venv/stamps
PIP := python -m pip --disable-pip-version-check --quiet

run: $(STAMPS)/app weights
	@$(BIN)/rehearse $(if $(PORT),--port $(PORT))

test: $(STAMPS)/dev system weights lint
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: $(STAMPS)/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMPS)/dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

docs: $(STAMPS)/app weights
	$(BIN)/python docs/metrics.py > docs/metrics.md
	$(BIN)/python docs/examples.py > docs/examples.md

# A model that cannot be fetched is named in the document.
accuracy: $(STAMPS)/app weights
	-@$(BIN)/rehearse models fetch base
	$(BIN)/python -m benchmarks.accuracy

screenshots: $(STAMPS)/dev system weights
	$(BIN)/python benchmarks/screenshots.py

lock: | $(STAMPS)/venv
	rm -rf .make/lock
	$(BIN)/python -m venv .make/lock
	.make/lock/bin/$(PIP) install --upgrade pip
	.make/lock/bin/$(PIP) install . --group dev
	.make/lock/bin/$(PIP) freeze --exclude rehearse-aloud > constraints.txt

weights: $(STAMPS)/app
	@$(BIN)/rehearse models fetch

system:
	@sh tests/system_packages.sh

$(STAMPS)/venv:
	@for python in python3.13 python3.12 python3.11 python3 python; do \
	  if $$python -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    $$python --version && $$python -m venv .venv && mkdir -p $(STAMPS) && touch $@; exit; \
	  fi; \
	done; \
	echo "rehearse needs Python 3.11 or newer with its venv module (Debian, Ubuntu: packages python3 and python3-venv)" >&2; \
	exit 1

$(STAMPS)/app: pyproject.toml constraints.txt | $(STAMPS)/venv
	@echo "Installing rehearse into .venv"
	@# Its distribution had another name; of two that bring one command, the old one must go first.
	@$(BIN)/$(PIP) uninstall --yes rehearse 2>/dev/null || true
	@$(BIN)/$(PIP) install --constraint constraints.txt --editable .
	@$(BIN)/python -m compileall -q rehearse
	@touch $@

$(STAMPS)/dev: pyproject.toml constraints.txt | $(STAMPS)/app
	@echo "Installing what the tests need into .venv"
	@$(BIN)/$(PIP) install --upgrade 'pip>=25.1'
	@$(BIN)/$(PIP) install --constraint constraints.txt --group dev
	@touch $@
