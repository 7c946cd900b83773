# Everything one can ask for; `make` alone prints the lines that begin with "##".

PORT ?= 8501
VENV := .venv
PY := $(VENV)/bin/python
# Installs in seconds what pip installs in minutes; pip takes over where it cannot be had.
INSTALLER := uv==0.13.9

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check lint look bench lock messages

## Print this list.
help:
	@awk '/^## / { said = said (said ? " " : "") substr($$0, 4); next } \
	  /^[a-z]+:/ && said { split($$1, name, ":"); printf "  make %-9s %s\n", name[1], said } \
	  { said = "" }' Makefile

## Start the atlas on PORT (8501); the first start installs it and builds the Georgia release.
run: $(VENV)/.runtime
	@exec $(PY) -m streamlit run app.py --server.port "$(PORT)"

## Run everything: style, types and all tests, those in a real browser included.
test: lint
	@$(PY) -m tests.browser.chromium
	@$(PY) -m tests.oidc.provider
	@$(PY) -m tests.browser.haproxy
	@$(PY) -m pytest

## Check style and types and run the fast tests: all but those in a browser.
check: lint
	@$(PY) -m pytest -m "not browser"

lint: $(VENV)/.tests
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy

## Photograph every page into shots/, in each language, on desktop and phone, light and dark.
look: $(VENV)/.tests
	@$(PY) -m tests.browser.chromium
	@$(PY) -m tests.look

## Measure the speed goals against their peers: minutes; prints a table, writes benchmarks/results.json.
bench: $(VENV)/.tests
	@$(PY) -m benchmarks

## Gather the sentences of the code into the translations; lists what is untranslated.
messages: $(VENV)/.runtime
	@$(PY) atlas/locale/update.py

## Renew the pinned requirements from pyproject.toml: names and versions, nothing else.
lock: $(PY)
	@$(PY) -m uv --version > /dev/null 2>&1 || $(PY) -m pip install --quiet $(INSTALLER)
	@$(call pin,requirements.txt,The atlas itself,)
	@$(call pin,requirements-dev.txt,The atlas and its tests,--extra dev --constraint requirements.txt)

# $(call pin,FILE,WHAT IT HOLDS,MORE OPTIONS): neither this machine's settings nor its sources of
# packages may show in the result.
pin = echo "Resolving $(1)" && { \
	  echo "\# $(2), every dependency pinned. Renew: make lock" && \
	  env -u UV_DEFAULT_INDEX -u UV_INDEX -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS \
	    $(PY) -m uv pip compile pyproject.toml $(3) --quiet --no-config --no-header --no-annotate \
	    --universal --python-version 3.11 --fork-strategy fewest; \
	} > $(1).new && mv $(1).new $(1) || { rm -f $(1).new; exit 1; }

$(VENV)/.runtime: requirements.txt | $(PY)
	@$(call install,requirements.txt)
	@touch $@

$(VENV)/.tests: requirements-dev.txt | $(PY)
	@$(call install,requirements-dev.txt)
	@touch $(VENV)/.runtime $@

install = echo "Installing $(1)"; \
	$(PY) -m uv --version > /dev/null 2>&1 \
	  || $(PY) -m pip install --quiet --disable-pip-version-check $(INSTALLER) \
	  || echo "Going on without $(INSTALLER): this takes some minutes."; \
	if $(PY) -m uv --version > /dev/null 2>&1 \
	  && $(PY) -m uv pip install --quiet --python $(PY) -r $(1); then :; \
	else $(PY) -m pip install --quiet --disable-pip-version-check -r $(1); fi

# PYTHON=... names the Python to use; else the first of the usual names that is new enough.
$(PY):
	@for python in $(if $(PYTHON),"$(PYTHON)",python3 python3.14 python3.13 python3.12 python3.11); do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then \
	    echo "Creating $(VENV) with $$("$$python" --version)"; \
	    "$$python" -m venv --clear $(VENV) && exit 0; \
	    rm -rf $(VENV); \
	    echo "$$python could not create $(VENV); on Debian: apt-get install python3-venv" >&2; \
	    exit 1; \
	  fi; \
	done; \
	echo "The atlas needs Python 3.11 or newer; here is $$(python3 --version 2>&1)." >&2; \
	echo "Install one, or name it: make PYTHON=/path/to/python run" >&2; \
	exit 1
