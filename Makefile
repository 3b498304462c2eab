# Two commands do everything on a fresh Debian or Ubuntu machine: `make release` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
# veraPDF runs where there is a Java runtime.
EXTRAS := test$(if $(shell command -v java),$(shell echo ,java))

.PHONY: release test lint bench soak system clean

release: .venv/.installed  ## the sample release as Word, PDF, page and text
	$(BIN)/pressgen build releases/thornmere-remand-centre

test: lint  ## everything that must hold
	$(BIN)/pytest -n auto

lint: .venv/.test-installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/.test-installed  ## speed and memory, as ratios against something run beside them
	cd tests && ../$(BIN)/python -m benchmarks.run

soak: .venv/.test-installed  ## the long runs of tests/soak/: hours; a table at the end, exit 1 if one finds something
	cd tests && ../$(BIN)/python -m soak

system:  ## the system libraries that Python packages cannot bring
	.ci/system

.venv/bin/python:
	.ci/system
	$(PYTHON) -m venv .venv

.venv/.installed: pyproject.toml | .venv/bin/python
	$(BIN)/pip install -q -e .
	touch $@

.venv/.test-installed: pyproject.toml | .venv/bin/python
	$(BIN)/pip install -q -e '.[$(EXTRAS)]'
	touch $@ .venv/.installed

clean:
	rm -rf .venv dist .mypy_cache .ruff_cache .hypothesis .import_linter_cache
