#!/usr/bin/env bash
# The whole suite on SQLite and on PostgreSQL, then the journeys in Chromium.
# PART=sqlite|postgres|browser runs one part. TEST_DATABASE_URL=postgres://… uses that server
# instead of a throw-away cluster; CHROMIUM=<path> that browser. Nothing is skipped silently.
source "$(dirname "${BASH_SOURCE[0]}")/ground.sh"

part="${PART:-all}"
case "$part" in
    all | sqlite | postgres | browser) ;;
    *) fail "PART 只能是 sqlite、postgres 或 browser。" ;;
esac
wants() { [ "$part" = all ] || [ "$part" = "$1" ]; }
wants_postgres() { wants postgres || wants browser; }

newest_postgres() {
    local folder
    folder="$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)"
    [ -x "$folder/initdb" ] && echo "$folder"
}

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
cluster=""
postmaster=""
running=""
clean_up() {
    trap - EXIT
    if [ -n "$running" ]; then kill "$running" 2>/dev/null || true; fi
    if [ -n "$postmaster" ]; then
        kill -QUIT "$postmaster" 2>/dev/null || true
        wait "$postmaster" 2>/dev/null || true
    fi
    rm -rf "$scratch" ${cluster:+"$cluster"}
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# The suite owns its surroundings: no data, key or server of this machine's running system.
unset DATABASE_URL PRODUCTION DEMONSTRATION SECRET_KEY ALLOWED_HOSTS
export DATA_DIR="$scratch/data"
export LOG_LEVEL=ERROR

# Start a cluster that lives and dies with this script, owned by a user without rights:
# PostgreSQL refuses to run as root.
start_postgres() {
    local bin owner=() port password
    bin="$(newest_postgres)" || fail "找不到 PostgreSQL 的服务程序。"
    cluster="$(mktemp -d /tmp/suite-postgres.XXXXXX)"
    password="$(python3 -c 'import secrets; print(secrets.token_hex(16))')"
    echo "$password" >"$cluster/password"
    if is_root; then
        id postgres >/dev/null 2>&1 || useradd --system --no-create-home postgres
        chown -R postgres "$cluster"
        owner=(--reuid postgres --regid "$(id -g postgres)" --clear-groups)
    fi
    port="$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
    say "正在启动临时的 PostgreSQL（$("$bin/postgres" --version | cut -d' ' -f3)，端口 $port）……"
    (cd / && setpriv "${owner[@]}" --no-new-privs "$bin/initdb" -D "$cluster/db" -U suite -E UTF8 \
        --locale=C.UTF-8 --auth=scram-sha-256 --pwfile="$cluster/password" --no-sync) \
        >"$scratch/initdb.log" 2>&1 || { cat "$scratch/initdb.log" && fail "initdb 失败。"; }
    # A second setpriv: the kernel forgets the death signal when the user changes.
    setpriv "${owner[@]}" --no-new-privs setpriv --pdeathsig QUIT "$bin/postgres" -D "$cluster/db" \
        -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off \
        -c synchronous_commit=off -c full_page_writes=off >"$scratch/postgres.log" 2>&1 &
    postmaster=$!
    for _ in $(seq 100); do
        if "$bin/pg_isready" -q -h 127.0.0.1 -p "$port"; then
            postgres_url="postgres://suite:$password@127.0.0.1:$port/postgres"
            return
        fi
        kill -0 "$postmaster" 2>/dev/null || break
        sleep 0.1
    done
    cat "$scratch/postgres.log" >&2
    fail "PostgreSQL 没有启动。"
}

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
        -n 2 --dist worksteal --color="$colour" "$@" 2>&1 | tee "$scratch/part.log") &
    running=$!
    wait "$running" || outcome=$?
    running=""
    closing="$(sed 's/\x1b\[[0-9;]*m//g; s/^=* *//; s/ *=*$//' "$scratch/part.log" |
        grep -E ' in [0-9.]+s( |$)' | tail -n 1 || true)"
    if [ "$outcome" = 124 ]; then closing="超过 25 分钟，已中止"; fi
    if [ "$outcome" != 0 ]; then word=FAIL && failed=1; fi
    outcomes+=("$(printf '%-5s %-11s %s' "$word" "$title" "${closing:-没有结果（退出码 $outcome）}")")
}

if wants_postgres; then
    postgres_url="${TEST_DATABASE_URL:-}"
    if [ -z "$postgres_url" ]; then start_postgres; fi
fi
if wants sqlite; then
    run_part "SQLite" -m "not browser and not row_locks" --ignore=tests/browser
fi
if wants postgres; then
    DATABASE_URL="$postgres_url" run_part "PostgreSQL" -m "not browser" --ignore=tests/browser
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
exit "$failed"
