#!/usr/bin/env bash
# Judge the code without running the suite: two checks at a time, one line each.
source "$(dirname "${BASH_SOURCE[0]}")/ground.sh"

bash tools/setup.sh dev
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
# Nothing here may touch the data of a running system.
export DATA_DIR="$scratch/data"
unset DATABASE_URL PRODUCTION

manage() { "$PYTHON_HERE" manage.py "$@"; }

as_in_production() {
    local key
    key="$("$PYTHON_HERE" -c 'import secrets; print(secrets.token_urlsafe(50))')"
    PRODUCTION=1 SECRET_KEY="$key" ALLOWED_HOSTS=sfj.example.cn \
        DATABASE_URL=postgres://check@127.0.0.1/check manage check --deploy --fail-level WARNING
}

# Every vendored file has its line in SHA256SUMS, and every line its unchanged file.
vendored_files() {
    cd static/vendor &&
        diff <(find . -type f ! -name SHA256SUMS -printf '%P\n' | sort) <(cut -c67- SHA256SUMS | sort) &&
        sha256sum --quiet --strict -c SHA256SUMS
}

in_seconds() { printf '%d.%d s' $(($1 / 1000)) $(($1 % 1000 / 100)); }

# run_check <title> <command…>: one line, and the whole output where it failed.
run_check() {
    local title="$1" start end log outcome=0
    shift
    log="$(mktemp -p "$scratch")"
    start="$(date +%s%3N)"
    ("$@") >"$log" 2>&1 || outcome=$?
    end="$(date +%s%3N)"
    if [ "$outcome" = 0 ]; then
        printf 'ok    %-24s %8s\n' "$title" "$(in_seconds $((end - start)))"
    else
        printf 'FAIL  %-24s %8s\n%s\n' "$title" "$(in_seconds $((end - start)))" "$(sed 's/^/      /' "$log")"
        touch "$scratch/failed"
    fi
}

# mypy is the longest: it has one core to itself while the others take turns on the second.
run_check "mypy" .venv/bin/mypy &
longest=$!
run_check "ruff check" .venv/bin/ruff check
run_check "ruff format" .venv/bin/ruff format --check
run_check "vendored files" vendored_files
run_check "import-linter" .venv/bin/lint-imports --no-logo
run_check "django check" manage check --fail-level WARNING
run_check "django check --deploy" as_in_production
run_check "missing migrations" manage makemigrations --check --dry-run
run_check "flow soundness" manage check_flows
run_check "generated docs" manage write_docs --check
wait "$longest"

if [ -e "$scratch/failed" ]; then
    fail "make check：有检查未通过，见上。"
fi
say "make check：全部通过，用时 ${SECONDS} s。"
