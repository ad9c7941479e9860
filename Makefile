# The two commands a newcomer needs: `make run` and `make test`. Both set everything up first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed-from-lock

.PHONY: setup run test check soak lock

setup: $(STAMP)

$(STAMP): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; name one with: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python main.py prepare
	@touch $(STAMP)

run: setup
	@$(BIN)/python main.py run

test: setup
	$(BIN)/python -m pytest

# What .ci/run calls: format, lint, types, import direction, knowledge base, tests with coverage.
check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports --config pyproject.toml
	$(BIN)/python main.py check
	$(BIN)/python -m pytest --cov --cov-report=term

# The long form of the delivery tests: kills, outages, floods (docs/reliability.md). Hours; SOAK="--only R1 --seeds 2" for a part.
soak: setup
	$(BIN)/python -m tests.delivery.soak $(SOAK)

# Pins every dependency with hashes, for all Python versions and platforms at once; no registry address is written.
lock:
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --all-extras --group dev --group benchmark \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
	  --output-file requirements.lock
