# Two commands matter: `make demo` shows what kam does, `make test` checks that it does.
# Each does its own set-up; `make help` lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
RELEASE := --scratch-path .build-release -c release --static-swift-stdlib

.PHONY: help demo sample test build release dependencies sbom protocol simulate soak format lint benchmark clean

help:                ## List the commands.
	@sed -n 's/^\([a-z]*\): .*## /  make \1\t/p' Makefile | expand -t 20

demo:                ## Two people edit one plan offline, sync, and see what happened to every edit.
	@ops/prepare.sh build
	@ops/demo.sh

sample:              ## Make a sample organisation in .sample: 40 people, 200 accounts, 100,000 sales (SEED, SCALE, FRESH=1).
	@SEED="$(SEED)" SCALE="$(SCALE)" FRESH="$(FRESH)" Sample/make_sample.sh

test:                ## Every test: units, edge, end to end, and 2,000 fresh seeds of simulation.
	@ops/prepare.sh test
	@ops/test.sh

build:               ## Build kam and kamd for development.
	@ops/prepare.sh build
	swift build --product programs

release:             ## Build kam and kamd for use, with their licences beside them, into .build-release/release.
	@ops/prepare.sh release
	@python3 -B ops/dependencies.py take .build-release
	swift build $(RELEASE) --product programs
	@python3 -B ops/dependencies.py check .build-release
	@ops/papers.sh .build-release/release

dependencies:        ## After a change of versions: write ops/dependencies.json, THIRD-PARTY-NOTICES and the bill anew.
	@ops/prepare.sh test
	swift build --product programs
	@python3 -B ops/dependencies.py renew
	@$(MAKE) --no-print-directory sbom

sbom:                ## Write the bill of materials, ops/kam.cdx.json, anew.
	@ops/prepare.sh test
	@ops/python.sh
	@.build-python/bin/python -B ops/sbom.py

protocol:            ## Regenerate from Protocol/kam/v1 what is made of it.
	@Protocol/generate.sh

simulate:            ## Simulate until interrupted: make simulate ARGS="--seeds 10000".
	KAM_CORE=1 swift build -c release --scratch-path .build-core-release --product simulate
	.build-core-release/release/simulate $(ARGS)

soak:                ## Kill, damage and delete a server for some minutes: make soak KILLS=200 FLIPS=1000.
	@KILLS="$(KILLS)" FLIPS="$(FLIPS)" VANISH="$(VANISH)" INITS="$(INITS)" SEED="$(SEED)" ops/soak.sh

benchmark:           ## Measure kam beside Taskwarrior (Benchmarks/README.md).
	@Benchmarks/run.sh

format:              ## Format all Swift.
	swift format --in-place --recursive --parallel Sources/[!P]* Sources/Pl* clients Tests Package.swift

lint:                ## Check format and dependencies.
	@ops/lint.sh

clean:               ## Remove everything that was built.
	rm -rf .build .build-release .build-core .build-core-release .build-python
