# Five words: run, test, check, bench, docs.
.PHONY: run test check bench docs

run:    ## set up what is missing and serve the demonstration
	@setpriv --pdeathsig TERM bash tools/run.sh

test:   ## the whole suite on SQLite and PostgreSQL, then the journeys in Chromium (PART=sqlite|postgres|browser)
	@bash tools/test.sh

check:  ## everything that can be judged without running the suite
	@bash tools/check.sh

bench:  ## the speed against plain viewflow and a floor by hand, into bench/RESULTS.md (WORK="A C")
	@bash tools/bench.sh

docs:   ## rewrite the generated documents
	@bash tools/docs.sh
