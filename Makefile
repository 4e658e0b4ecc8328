# Everything a newcomer needs: `make run`, `make test`. The rest is in `make help`.

.DEFAULT_GOAL := help
.PHONY: help run install test check bench screenshot lock
MAKEFLAGS += --no-print-directory

python := .venv/bin/python
pip := $(python) -m pip -qq --disable-pip-version-check install
itself := $(pip) --no-deps --no-index --no-build-isolation --editable .
fast := $(addprefix tests/,domains kernel cards house web identity deploy)

help: ## print these lines
	@sed -n 's/^\([a-z]*\):.*## /  make \1|/p' Makefile | awk -F'|' '{ printf "%-18s%s\n", $$1, $$2 }'

run: .venv/.local ## start NuMirror on this machine and print one URL (PORT=8080 and NU_DATA=folder are obeyed)
	@exec $(python) -m local run --with-parent $(if $(PORT),--port $(PORT))

install: .venv/.local ## only install what NuMirror runs on, into .venv
	@echo "Installed. .venv/bin/numirror --help says what there is."

test: .venv/.dev ## run every test, on real servers and a real browser (ARGS="-k words" for some)
	@exec $(python) -m pytest -n 3 $(ARGS)

check: .venv/.dev ## format, lint, types, import contracts and the fast tests, in less than a minute
	@$(call quietly,format,$(python) -m ruff format --check .)
	@$(call quietly,lint,$(python) -m ruff check .)
	@$(call quietly,types,$(python) -m mypy)
	@$(call quietly,imports,.venv/bin/lint-imports)
	@$(call quietly,tests,$(python) -m pytest $(fast))
	@echo "All is well."

bench: .venv/.dev ## measure against the goals, print the ratios, write bench/results.json
	@exec $(python) -m bench $(ARGS)

screenshot: .venv/.dev ## make the pictures in docs from the running product
	@exec $(python) -m local.screenshot docs

lock: .venv/.lock ## make requirements/*.txt anew from requirements/*.in (ARGS=--upgrade for newer versions)
	@cd requirements && for name in product local dev judge npm; do \
		echo "$$name.txt"; \
		../.venv/lock/bin/pip-compile --quiet --generate-hashes --allow-unsafe --no-emit-index-url \
			--no-emit-find-links --no-emit-trusted-host --strip-extras --no-header $(ARGS) \
			--output-file $$name.txt $$name.in || exit 1; \
	done
	@cd requirements && awk '/^[a-z]/ { judge = /^appengine-python-standard==/ } judge' judge.txt > judge.only \
		&& mv judge.only judge.txt

# Says what is done; shows what the tool said only if it failed.
define quietly
printf '%-9s' '$(1)'; if $(2) > .venv/$(1).log 2>&1; then echo ok; else echo failed; cat .venv/$(1).log; exit 1; fi
endef

# The stamps below are made last, so that whatever was interrupted is done again.

.venv/.made:
	@wanted='import sys; sys.exit(sys.version_info < (3, 11))'; \
	for name in python3.11 python3 python; do \
		if $$name -c "$$wanted" 2> /dev/null; then found=$$name; break; fi; \
	done; \
	if [ -z "$$found" ]; then echo "NuMirror needs Python 3.11 or newer: install it and run make again." >&2; exit 1; fi; \
	echo "Making a virtual environment in .venv with $$found …"; \
	$$found -m venv .venv && touch $@

.venv/.local: requirements/local.txt .venv/.made
	@echo "Installing what NuMirror runs on (once, about a minute) …"
	@$(pip) --require-hashes -r requirements/local.txt
	@$(itself)
	@touch $@

.venv/.dev: requirements/dev.txt requirements/judge.txt .venv/.made
	@echo "Installing what the tests and checks need (once, about two minutes) …"
	@$(pip) --no-warn-conflicts --require-hashes -r requirements/dev.txt
	@$(pip) --no-warn-conflicts --require-hashes --no-deps -r requirements/judge.txt
	@$(itself)
	@touch $@ .venv/.local

.venv/.lock: .venv/.made
	@$(python) -m venv .venv/lock
	@.venv/lock/bin/python -m pip -qq --disable-pip-version-check install 'pip-tools>=7.5,<8'
	@touch $@
