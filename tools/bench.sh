#!/usr/bin/env bash
# Measure the speed: build the rows in a throw-away PostgreSQL, run the works, write
# bench/RESULTS.md. WORK="A C" runs these works only and renews their part of it.
# BENCH_SERVER=postgres://…/postgres uses that server, and what was built there before; it must
# preload pg_stat_statements with track_utility on.
source "$(dirname "${BASH_SOURCE[0]}")/ground.sh"
source "$ROOT/tools/postgres.sh"

if [ -z "${BENCH_SERVER:-}" ] && ! newest_postgres >/dev/null; then install_packages postgresql; fi
bash tools/setup.sh dev
bash tools/fonts.sh --once

scratch="$(mktemp -d)"
measuring=""
clean_up() {
    trap - EXIT
    if [ -n "$measuring" ]; then kill "$measuring" 2>/dev/null || true; fi
    stop_postgres
    rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# What is measured owns its surroundings: no data or key of this machine's running system.
unset DATABASE_URL PRODUCTION DEMONSTRATION SECRET_KEY ALLOWED_HOSTS
export DATA_DIR="$scratch/data"

if [ -z "${BENCH_SERVER:-}" ]; then
    # Every commit reaches the disk, as in production; memory for a machine of two cores.
    start_postgres -c shared_buffers=1GB -c effective_cache_size=4GB -c work_mem=32MB \
        -c maintenance_work_mem=256MB -c max_wal_size=8GB -c checkpoint_timeout=30min \
        -c random_page_cost=1.1 -c jit=off -c shared_preload_libraries=pg_stat_statements \
        -c pg_stat_statements.track_utility=on -c pg_stat_statements.max=20000
    export BENCH_SERVER="$postgres_url"
fi

# measure <arguments…>: in the background and waited for, so that a signal is answered at once.
measure() {
    setpriv --pdeathsig TERM "$PYTHON_HERE" -m bench "$@" &
    measuring=$!
    wait "$measuring"
    measuring=""
}

say "正在生成测速数据（百万件，数分钟）……"
measure build
say "正在测速……"
# shellcheck disable=SC2086 - one word for each work
measure run ${WORK:-}
say "make bench：用时 $((SECONDS / 60)) 分 $((SECONDS % 60)) 秒。"
