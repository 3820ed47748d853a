# Everything a fresh clone needs: `make run`, `make demo`, `make test`. Each makes its own .venv.

PYTHON ?= python3
PORT ?= 8000
STANDIN_PORT ?= 9100
BIN := .venv/bin
# The tests of one run, as in `make test TESTS=tests/music`.
TESTS ?= tests
PYTEST_WORKERS ?= 2
# What is measured, one after the other, as in `make bench BENCH=resolution`.
BENCH ?= servers resolution streams keys admin

.PHONY: run demo test check bench accuracy screenshots clean

run: .venv/run
	@PORT=$(PORT) $(BIN)/python manage.py serve

demo: .venv/demo
	@PORT=$(PORT) $(BIN)/python -m tests.standin.demo --port $(STANDIN_PORT)

test: .venv/dev
	$(BIN)/python -m pytest -n $(PYTEST_WORKERS) --dist worksteal $(TESTS)

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python manage.py makemigrations --check --dry-run
	FLAKS_HTTPS=1 FLAKS_TRUSTED_PROXIES=1 FLAKS_HOSTS=music.example SESSION_SECRET=$$($(BIN)/python -c 'import secrets; print(secrets.token_hex(32))') \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

bench: .venv/dev
	@failed=; for each in $(BENCH); do $(BIN)/python -m bench.$$each || failed="$$failed $$each"; done; \
		[ -z "$$failed" ] || { echo "bars missed:$$failed"; exit 1; }

accuracy: .venv/dev
	$(BIN)/python -m tests.accuracy

screenshots: .venv/dev
	$(BIN)/python -m tests.browser.screenshots

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/run: .venv/bin/python requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/demo: .venv/run requirements-demo.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-demo.txt
	@touch $@

.venv/dev: .venv/demo requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
