# Two commands need no set-up: `make run` and `make test` make the environment themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test lint bench soak chaos obligations schema clean

run: $(READY)
	@exec $(BIN)/hub serve --demo

# Tests start some two hundred processes: what Python compiles is kept for them whatever the environment says.
test: export PYTHONDONTWRITEBYTECODE =
test: $(READY)
	$(BIN)/python -m pytest -n 3 --dist worksteal

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python -m bench

# COUNT and SEED may be given: make soak COUNT=1000000 SEED=7
soak: $(READY)
	$(BIN)/python -m tests.soak $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED))

# COUNT and SEED may be given: make chaos COUNT=200 SEED=7
chaos: $(READY)
	$(BIN)/python -m tests.chaos $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED))

obligations: $(READY)
	$(BIN)/python -m tests.obligations

schema: $(READY)
	$(BIN)/hub schema print --write

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("需要 Python 3.11 及以上 (Python 3.11 or newer is needed)" if sys.version_info < (3, 11) else 0)'
	@echo "正在准备环境 .venv (preparing the environment) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)

clean:
	rm -rf $(VENV) .hub .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build *.egg-info
