# Everything here may be run again and again; what is already done is not done twice.
#   make run     serve the portal and its worker on http://127.0.0.1:8000 (PORT names another port)
#   make test    everything that must hold: lint, types, floors, tests (PYTEST="-k word" picks some)
#   make lint    without the tests          make format   put the code in its usual form
#   make bench   how fast, how many queries make soak     the long tests
#   make assets  style sheets and scripts   make lock     write the locks anew (UPGRADE=1: newer versions)
#   make migration MESSAGE="add lots"       write a migration for what the models say

BIN := .venv/bin
SOURCES := $(shell find static -path static/build -prune -o -type f -print 2>/dev/null)
TYPED := $(wildcard portal tests bench migrations config.py wsgi.py)
BUILT := static/build/manifest.json

.NOTPARALLEL:
.PHONY: run test lint format bench soak assets lock migration setup dev

run: setup assets
	@$(BIN)/python bin/run

test: lint
	$(BIN)/pytest --numprocesses auto --dist loadgroup --no-loadscope-reorder -m "not soak" $(PYTEST)

lint: dev assets
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --check --quiet
	$(BIN)/mypy --no-error-summary $(TYPED)
	$(BIN)/lint-imports --no-logo

format: dev
	$(BIN)/ruff check --quiet --fix
	$(BIN)/ruff format --quiet

bench: dev assets
	$(BIN)/python -m bench

soak: dev assets
	$(BIN)/pytest --numprocesses auto --dist loadgroup --no-loadscope-reorder -m soak $(PYTEST)

assets: $(BUILT)

$(BUILT): $(SOURCES) package-lock.json bin/build-assets | setup
	@bin/node-packages
	$(BIN)/python bin/build-assets

lock: dev
	bin/lock

migration: dev
	$(BIN)/alembic revision --autogenerate --message "$(MESSAGE)"

setup:
	@bin/setup run

dev:
	@bin/setup dev
