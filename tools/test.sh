#!/usr/bin/env bash
# The whole suite on SQLite and on PostgreSQL, then the journeys in Chromium.
# PART=sqlite|postgres|browser runs one part. TEST_DATABASE_URL=postgres://… uses that server
# instead of a throw-away cluster; CHROMIUM=<path> that browser. Nothing is skipped silently.
source "$(dirname "${BASH_SOURCE[0]}")/ground.sh"
source "$ROOT/tools/postgres.sh"

part="${PART:-all}"
case "$part" in
    all | sqlite | postgres | browser) ;;
    *) fail "PART 只能是 sqlite、postgres 或 browser。" ;;
esac
wants() { [ "$part" = all ] || [ "$part" = "$1" ]; }
wants_postgres() { wants postgres || wants browser; }

# -- what must be here, in one go, so that a stop names everything at once
lacking=()
if wants_postgres && [ -z "${TEST_DATABASE_URL:-}" ] && ! newest_postgres >/dev/null; then
    lacking+=(postgresql)
fi
if wants browser; then
    find_chromium >/dev/null || lacking+=(chromium)
    # Playwright's own node is linked against it; a minimal Debian has it not.
    /sbin/ldconfig -p | grep 'libatomic\.so\.1' >/dev/null || lacking+=(libatomic1)
fi
if [ "${#lacking[@]}" -gt 0 ]; then install_packages "${lacking[@]}"; fi
bash tools/setup.sh dev
bash tools/fonts.sh --once

scratch="$(mktemp -d)"
running=""
clean_up() {
    trap - EXIT
    if [ -n "$running" ]; then kill "$running" 2>/dev/null || true; fi
    if [ -n "${TEST_DATABASE_URL:-}" ] && wants_postgres; then
        DATABASE_URL="$TEST_DATABASE_URL" migrated drop || true
    fi
    stop_postgres
    rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# The suite owns its surroundings: no data, key or server of this machine's running system.
unset DATABASE_URL PRODUCTION DEMONSTRATION SECRET_KEY ALLOWED_HOSTS
export DATA_DIR="$scratch/data"
export LOG_LEVEL=ERROR

# migrated <make|drop>: the database of which every process begins with a copy.
migrated() { DJANGO_SETTINGS_MODULE=tests.settings "$PYTHON_HERE" -W ignore -m tests.migrated "$1"; }
export MIGRATED="suite_migrated_$$"

outcomes=()
failed=0
colour=no
if [ -t 1 ]; then colour=yes; fi

# run_part <title> <arguments of pytest…>: keeps pytest's own output and its closing line.
run_part() {
    local title="$1" outcome=0 closing word=ok
    shift
    say "$title"
    # In the background and waited for, so that a signal is answered at once.
    (setpriv --pdeathsig TERM timeout --foreground --kill-after=30 1500 "$PYTHON_HERE" -m pytest \
        -n 2 --no-loadscope-reorder --color="$colour" "$@" 2>&1 | tee "$scratch/part.log") &
    running=$!
    wait "$running" || outcome=$?
    running=""
    closing="$(sed 's/\x1b\[[0-9;]*m//g; s/^=* *//; s/ *=*$//' "$scratch/part.log" |
        grep -E ' in [0-9.]+s( |$)' | tail -n 1 || true)"
    if [ "$outcome" = 124 ]; then closing="超过 25 分钟，已中止"; fi
    if [ "$outcome" != 0 ]; then word=FAIL && failed=1; fi
    outcomes+=("$(printf '%-5s %-11s %s' "$word" "$title" "${closing:-没有结果（退出码 $outcome）}")")
}

# Making and dropping files is half of a test server's work: it lies in memory where there is room.
room="$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1 || echo 0)"
if [ "$room" -gt 3000000 ]; then cluster_home=/dev/shm; fi

if wants_postgres; then
    postgres_url="${TEST_DATABASE_URL:-}"
    if [ -z "$postgres_url" ]; then
        start_postgres -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
            -c wal_level=minimal -c max_wal_senders=0 -c jit=off
    fi
fi
say "正在迁移测试数据库……"
migrating=()
if wants sqlite; then
    MIGRATED="$scratch/migrated.sqlite3" migrated make &
    migrating+=("$!")
fi
if wants_postgres; then
    DATABASE_URL="$postgres_url" migrated make &
    migrating+=("$!")
fi
for process in "${migrating[@]}"; do wait "$process" || fail "测试数据库没有迁移成，原因见上。"; done

if wants sqlite; then
    MIGRATED="$scratch/migrated.sqlite3" run_part "SQLite" \
        -m "not browser and not row_locks" --ignore=tests/browser
fi
if wants postgres; then
    DATABASE_URL="$postgres_url" run_part "PostgreSQL" \
        -m "not browser and not pure" --ignore=tests/browser
fi
if wants browser; then
    lend_chinese_fonts "$scratch"
    CHROMIUM="$(find_chromium)"
    export CHROMIUM
    # Playwright's event loop makes Django refuse database calls in the same thread.
    DJANGO_ALLOW_ASYNC_UNSAFE=1 DATABASE_URL="$postgres_url" run_part "Chromium" tests/browser
fi

say "make test 汇总（用时 $((SECONDS / 60)) 分 $((SECONDS % 60)) 秒）"
printf '%s\n' "${outcomes[@]}"
if wants postgres; then
    say "不用数据库的测试（标记 pure）只在 SQLite 部分执行一次，PostgreSQL 部分不重复。"
fi
exit "$failed"
