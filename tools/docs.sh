#!/usr/bin/env bash
# Rewrite the documents that are generated from the code.
source "$(dirname "${BASH_SOURCE[0]}")/ground.sh"

bash tools/setup.sh dev
"$PYTHON_HERE" manage.py write_docs
