# Two commands do all the set-up: `make run` and `make test`.
PYTHON ?= python3.11
PORT ?= 8000
HOST ?= 127.0.0.1
SHOWN_HOST = $(if $(filter 0.0.0.0,$(HOST)),127.0.0.1,$(HOST))
VENV := .venv
PY := $(VENV)/bin/python
UV := $(shell command -v uv 2>/dev/null)
ifdef UV
INSTALL = $(UV) pip install --quiet --python $(PY) --require-hashes -r
else
INSTALL = $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r
endif

.PHONY: run test bench allotment load feeds operations lint types check migrations deploy-check messages agreements personal-data clients lock clean help

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/'

run: $(VENV)/.run ## set up, load the demo region and serve it at http://HOST:PORT (loopback by default)
	@exec env TURNE_DEBUG=1 TURNE_BASE_URL=http://$(SHOWN_HOST):$(PORT) $(PY) manage.py serve --demo --host $(HOST) --port $(PORT)

test: $(VENV)/.dev ## run every test that can run here
	@$(PY) -m tests.run $(TESTS)

bench: $(VENV)/.dev ## measure the main job, then the planner (20 minutes; BENCH="--cases small --seeds 1" for less)
	@$(PY) -m bench.main_job
	@$(PY) -m bench.planner $(BENCH)

allotment: $(VENV)/.dev ## measure the allotment in invented counties (7 minutes; ALLOTMENT="--sizes 25x10" for less)
	@$(PY) -m bench.allotment $(ALLOTMENT)

load: $(VENV)/.dev ## 200 presenters answer over HTTP within a minute while a plan is adopted (DATABASE_URL may name an empty database)
	@$(PY) -m bench.load $(LOAD)

feeds: $(VENV)/.dev ## what stored calendars cost, by wrk over HTTP (15 minutes; FEEDS="--schools 500 --seconds 3" for less)
	@$(PY) -m bench.feeds $(FEEDS)

operations: $(VENV)/.dev ## 10,000 mixed operations by eight threads, on the database of DATABASE_URL
	@TURNE_TEST_OPERATIONS=10000 $(PY) -m pytest -q -n 1 -s -rP tests/guarantees/test_operations.py

clients: var/clients/.ready ## fetch the calendar reader of Thunderbird and Nextcloud for the tests (needs npm)

lint: $(VENV)/.dev ## ruff and the import contracts
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(VENV)/bin/lint-imports

types: $(VENV)/.dev ## mypy
	@TURNE_DEBUG=1 $(PY) -m mypy turne api programmes bookings tours venues

check: lint types migrations deploy-check ## lint, types, migrations and Django's own checks

migrations: $(VENV)/.dev ## no migration is missing
	@TURNE_DEBUG=1 $(PY) manage.py makemigrations --check --dry-run
	@TURNE_DEBUG=1 $(PY) manage.py check

deploy-check: $(VENV)/.dev ## production settings are as strict as Django asks
	@TURNE_BASE_URL=https://turne.example.org TURNE_SECRET_KEY=$$($(PY) -c "import secrets; print(secrets.token_urlsafe(48))") \
	TURNE_FROM_EMAIL=turne@example.org TURNE_EMAIL_URL=dummymail:// DATABASE_URL=sqlite:////tmp/none.sqlite3 \
	$(PY) manage.py check --deploy --fail-level WARNING

messages: $(VENV)/.dev ## bring the catalogues in turne/locale up to date with the texts
	@$(PY) scripts/messages.py

agreements: $(VENV)/.dev ## write the tables of docs/agreements.md anew from the code
	@TURNE_DEBUG=1 $(PY) manage.py shell --no-imports -c "from scripts import agreements; agreements.write()"

personal-data: $(VENV)/.dev ## write the table of docs/personal-data.md anew from the code
	@TURNE_DEBUG=1 $(PY) manage.py shell --no-imports -c "from scripts import personal_data; personal_data.write()"

lock: ## write the lock files anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --extra server --extra pdf pyproject.toml -o requirements-server.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --extra server --extra pdf --group dev pyproject.toml -o requirements-dev.txt

clean: ## remove the virtual environment and the local data
	rm -rf $(VENV) var

$(PY):
	@command -v $(PYTHON) >/dev/null || { echo "Turne needs $(PYTHON) (or make PYTHON=python3.12, python3.13)."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.run: requirements.txt | $(PY)
	@echo "Installing what Turne needs (first time only) ..."
	@$(INSTALL) requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(PY)
	@echo "Installing what the tests need (first time only) ..."
	@$(INSTALL) requirements-dev.txt
	@touch $@ $(VENV)/.run

var/clients/.ready: tests/clients/package-lock.json
	@command -v npm >/dev/null || { echo "This needs node and npm (on Debian: apt install nodejs npm)."; exit 1; }
	@mkdir -p $(@D) && cp tests/clients/package.json tests/clients/package-lock.json $(@D)
	@cd $(@D) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
