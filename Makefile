# Two commands do everything on a fresh Debian or Ubuntu machine: `make release` and `make test`.
# PYTHON may be any Python from 3.11 on: `make test PYTHON=/usr/bin/python3`. Without it, the one that made .venv is kept.
PYTHON ?= $(or $(shell cat .venv/.python 2>/dev/null),python3)
BIN := .venv/bin
# Some tests wait for an hour to come, so that one process more than there are processors keeps all of them busy.
WORKERS ?= $(shell echo $$(( $$(getconf _NPROCESSORS_ONLN) + 1 )))
# What is installed for another Python, or from another lock file, does not count.
STAMP := .venv/.$(shell $(PYTHON) -c 'import sys; print(sys.version.split()[0], sys.base_prefix)' 2>/dev/null | tr -c 'a-zA-Z0-9.\n' -)
# veraPDF runs where there is a Java runtime.
TESTS := test$(if $(shell command -v java),-java)
RELEASE_READY := $(STAMP)-release
TESTS_READY := $(STAMP)-$(TESTS)

.PHONY: release test messages wheel pictures lint docs bench soak system lock clean

release: $(RELEASE_READY)  ## the sample release as Word, PDF, page and text
	$(BIN)/pressgen build releases/thornmere-remand-centre

test: lint  ## everything that must hold
	$(BIN)/pytest -n $(WORKERS)

messages: $(TESTS_READY)  ## tests/messages/messages.txt: every message with an example; T=tests/cli takes a part of the tests
	PRESSGEN_WRITE_MESSAGES=1 $(BIN)/pytest -n $(WORKERS) $(T)

wheel: $(RELEASE_READY)  ## dist/pressgen-VERSION-py3-none-any.whl, for pipx and uv
	$(BIN)/python -m hatchling build --target wheel

pictures: $(TESTS_READY)  ## the pictures of README and manual, made from the samples
	cd tests && ../$(BIN)/python -m drawing.pictures

lint: $(TESTS_READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(TESTS_READY)  ## the documentation as a web site, build/site/index.html
	$(BIN)/python docs/build.py

bench: $(TESTS_READY)  ## speed and memory, as ratios against something run beside them
	cd tests && ../$(BIN)/python -m benchmarks.run

soak: $(TESTS_READY)  ## the long runs of tests/soak/: hours; a table at the end, exit 1 if one finds something
	cd tests && ../$(BIN)/python -m soak

system:  ## the system libraries that Python packages cannot bring
	.ci/system

$(RELEASE_READY): pyproject.toml lock/release.txt
	.ci/system
	.ci/environment .venv $(PYTHON) lock/release.txt
	@echo $(PYTHON) > .venv/.python && touch $@

$(TESTS_READY): pyproject.toml lock/$(TESTS).txt
	.ci/system
	.ci/environment .venv $(PYTHON) lock/$(TESTS).txt
	@echo $(PYTHON) > .venv/.python && touch $@ $(RELEASE_READY)

lock: $(TESTS_READY)  ## look for newer packages, and write lock/ anew with the hashes of PyPI's files
	.ci/lock

clean:
	rm -rf .venv dist .mypy_cache .ruff_cache .hypothesis .import_linter_cache
