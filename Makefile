# Every target works from nothing: it first makes the virtual environment that it needs.
.DEFAULT_GOAL := help
.PHONY: help run test sweep races check bench format lock clean run-environment test-environment

export PYTHONDONTWRITEBYTECODE :=  # compiled once, not by each process of each test

BIN := .venv/bin
PORT ?= 8000
ARGS ?=
LOCK := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

help:    ## List what can be done
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: run-environment    ## Start the demonstration on http://127.0.0.1:8000 (PORT=8001 changes the port)
	@PORT="$(PORT)" $(BIN)/espace-sante demo

test: test-environment    ## Install what the tests need, then run all checks and tests (ARGS=tests/rules narrows the tests)
	@$(BIN)/python -m tests.support.machine
	@$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest --numprocesses=3 --dist=loadgroup $(ARGS)

sweep: test-environment    ## Look at every page state in the browser, and run no other test (about 2 minutes)
	$(BIN)/python -m pytest --numprocesses=2 tests/browser/test_sweep.py $(ARGS)

races: test-environment    ## Three hundred rounds of eight threads for each kind of code, on both databases, with their times (about a minute)
	$(BIN)/python -m pytest --numprocesses=2 -rP tests/services/test_races.py tests/services/test_races_sign_in.py $(ARGS)

check: test-environment    ## Check formatting, style, types and import floors
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports --no-cache

bench: test-environment    ## Print the weight and the cost of pages
	@$(BIN)/python -m tests.bench $(ARGS)

format: test-environment    ## Format the code and mend what can be mended
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .

lock:    ## Lock the dependencies of pyproject.toml again (ARGS=--upgrade takes newer ones)
	@command -v uv >/dev/null || { echo "make lock needs the program uv: install it, then try again." >&2; exit 1; }
	$(LOCK) $(ARGS) --output-file requirements.txt
	$(LOCK) $(ARGS) --extra dev --constraints requirements.txt --output-file requirements-dev.txt

clean:    ## Remove the virtual environment and the caches, never the data under var/
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

run-environment:
	@sh deploy/environment.sh requirements.txt

test-environment:
	@sh deploy/environment.sh requirements-dev.txt
