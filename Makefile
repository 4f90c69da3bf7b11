# Every command of the house. The work is done by small scripts in bin/.
# Works with GNU make 3.81 (macOS) and newer, on Linux and macOS.

.DEFAULT_GOAL := help
.PHONY: help run test editor browser lint format check lock clean

help: ## Show this list
	@echo "Backend Guide. Nothing has to be installed first but Python 3.13 (or 3.14, 3.12)."
	@echo
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-16s %s\n", $$1, $$2}'

run: ## Set everything up and serve the site on http://127.0.0.1:8000 (PORT=8001 changes it)
	@exec bin/with-python bin/serve.py

test: ## Set everything up and run the whole test suite (ARGS="-k name" goes to pytest)
	@exec bin/with-python bin/suite.py $(ARGS)

editor: ## Make a person an editor: make editor EMAIL=you@example.org
	@test -n "$$EMAIL" || { echo "Say whom: make editor EMAIL=you@example.org"; exit 2; }
	@exec bin/manage make_editor "$$EMAIL"

browser: ## Test a running site in Chromium: accessibility, HTML, weights, Lighthouse
	@exec bin/browser-tests $(ARGS)

lint: ## Check code style only (seconds)
	@exec bin/check style

format: ## Put code and templates into the house style
	@exec bin/check format

check: ## Check everything that CI checks besides tests: style, types, layers, migrations, settings
	@exec bin/check all

lock: ## Recompile the requirement files (ARGS="--upgrade-package django" moves a pin)
	@exec bin/lock $(ARGS)

clean: ## Remove what can be made again. Never touches var/, where the site's data is
	@exec bin/clean
