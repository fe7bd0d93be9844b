# Five words: run, test, check, docs, and bench once there is something to measure.
.PHONY: run test check docs

run:    ## set up what is missing and serve the demonstration
	@setpriv --pdeathsig TERM bash tools/run.sh

test:   ## the whole suite on SQLite and PostgreSQL, then the journeys in Chromium (PART=sqlite|postgres|browser)
	@bash tools/test.sh

check:  ## everything that can be judged without running the suite
	@bash tools/check.sh

docs:   ## rewrite the generated documents
	@bash tools/docs.sh
