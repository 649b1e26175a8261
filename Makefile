# The Control Tower's commands. `make` alone lists them.

SWIFT ?= swift
PORT ?= 8080
DATA ?= ./data
KILLS ?= 25
EVENTS ?= 1000000
BENCH ?=
SEED ?=

swift_sources = $(wildcard Sources Plugins Tests Examples/*/Sources Examples/*/Tests Examples/*/Package.swift Benchmarks/Sources Benchmarks/Package.swift) Package.swift
shell_scripts = .ci/run $(wildcard scripts/benchmarks/*) $(shell grep -lsE '^\#!/bin/(ba)?sh' scripts/*)
python_scripts = $(sort $(shell grep -lsE '^\#!/usr/bin/env python3' scripts/*) $(wildcard scripts/*.py Tests/Mutants/schemathesis/*.py scripts/control_tower/*.py Examples/*/*.py))

# One after the other: tests of deadlines and of what takes all cores do not go together.
test_targets = $(filter-out CrashTests, $(notdir $(wildcard Tests/*Tests)))

export SWIFT PORT DATA EVENTS

.DEFAULT_GOAL := help
.PHONY: help run demo test crash bench metrics smoke conform mutants compare format lint spec spec-diff examples bench-generator schema-suite schema-fuzz

help: ## list the commands
	@echo "The Control Tower"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16
	@echo
	@echo "make run takes PORT=8080 and DATA=./data; make crash, KILLS=25 and SEED=."

run: ## build and start a tower for development, with an embedded store and well-known tokens
	@scripts/dependencies build commands
	@$(SWIFT) build -c release --product control-tower
	@scripts/run

test: ## build everything, run all tests, check the arrows between targets
	@scripts/dependencies build checks
	@scripts/check-imports
	@$(SWIFT) build --build-tests
	@for target in $(test_targets); do \
	  echo "$$target"; \
	  $(SWIFT) test --skip-build --disable-xctest --filter "^$$target\." || exit 1; \
	done
	@CT_KILLS=$(KILLS) CT_SEED=$(SEED) $(SWIFT) test --skip-build --disable-xctest --filter CrashTests

crash: ## kill a tower KILLS times under load, and check after each that nothing is lost
	@scripts/dependencies build
	@$(SWIFT) build --build-tests
	@CT_KILLS=$(KILLS) CT_SEED=$(SEED) $(SWIFT) test --skip-build --disable-xctest --filter CrashTests

bench: ## run the benchmarks (scripts/bench --list), or BENCH="NAME..."; EVENTS=10000000 for the large logs
	@scripts/dependencies build
	@scripts/bench $(BENCH)

metrics: ## have promtool (Debian's package prometheus) judge the metrics of a tower
	@scripts/dependencies build commands metrics
	@$(SWIFT) build --product control-tower
	@scripts/check-metrics

smoke: ## start a tower on a free port, run `ctconform smoke` against it, stop it
	@scripts/dependencies build
	@$(SWIFT) build --product control-tower
	@$(SWIFT) build --product ctconform
	@scripts/smoke

conform: ## start a tower on a free port, run all suites of ctconform against it, stop it
	@scripts/dependencies build
	@$(SWIFT) build --product control-tower
	@$(SWIFT) build --product ctconform
	@CONFORM=run scripts/smoke

demo: ## fill a store with thirty days of believable data, and start a tower on it
	@scripts/dependencies build commands
	@$(SWIFT) build -c release --product control-tower
	@scripts/demo

mutants: ## judge a hundred and more faulty deployments with ctconform, and print what caught each
	@scripts/dependencies build
	@$(SWIFT) run -c release judge-mutants

compare: ## put the same deployments to schemathesis too, and print what each finds
	@scripts/dependencies build
	@$(SWIFT) build -c release --product judge-mutants
	@python3 Tests/Mutants/schemathesis/compare.py $$($(SWIFT) build -c release --show-bin-path)/judge-mutants

spec: ## check the specification and its examples with independent validators
	@scripts/check-spec

schema-fuzz: ## compile 40 random schemas (SEED=N) and hold both validators against each other on random instances
	@scripts/schema-fuzz $(SEED)

schema-suite: ## run the official JSON Schema test suite through both validators
	@scripts/schema-suite

bench-generator: ## measure generated code and the generator against their targets (a release build)
	@scripts/dependencies build
	@$(SWIFT) build -c release --product openapi-gen
	@$(SWIFT) build -c release --package-path Benchmarks
	@Benchmarks/.build/release/benchmark .build/release/openapi-gen docs/design/openapi/control_tower.yaml

examples: ## build and test the packages under Examples, as somebody else's would be
	@scripts/dependencies build
	@for folder in $(dir $(wildcard Examples/*/Package.swift)); do \
	  echo "$$folder"; \
	  $(SWIFT) build --package-path $$folder --build-tests || exit 1; \
	  $(SWIFT) test --package-path $$folder --skip-build --disable-xctest || exit 1; \
	done

spec-diff: ## show what the specification's changes since BASE (main) mean for callers
	@scripts/spec-diff $(BASE)

format: ## format the Swift sources
	@$(SWIFT) format --in-place --parallel --recursive $(swift_sources)

lint: ## check the format of the Swift sources, and the syntax of the scripts
	@$(SWIFT) format lint --strict --parallel --recursive $(swift_sources)
	@for script in $(shell_scripts); do bash -n $$script || exit 1; done
	@python3 -c 'import ast, sys; [ast.parse(open(f, encoding="utf-8").read(), f) for f in sys.argv[1:]]' $(python_scripts)
