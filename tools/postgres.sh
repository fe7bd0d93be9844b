# Sourced by the scripts that need a PostgreSQL of their own: a cluster that lives and dies with them.
# The script gives `scratch`, a folder for the logs, and calls `stop_postgres` when it ends.

# The folder in which the cluster lies; in memory where nothing has to reach a disk.
cluster_home=/tmp
cluster=""
postmaster=""
postgres_url=""

newest_postgres() {
    local folder
    folder="$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)"
    [ -x "$folder/initdb" ] && echo "$folder"
}

# start_postgres <options of postgres…>: sets `postgres_url`. The cluster is owned by a user
# without rights: PostgreSQL refuses to run as root.
start_postgres() {
    local bin owner=() port password
    bin="$(newest_postgres)" || fail "找不到 PostgreSQL 的服务程序。"
    cluster="$(mktemp -d "$cluster_home/suite-postgres.XXXXXX")"
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
        -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= "$@" \
        >"$scratch/postgres.log" 2>&1 &
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

stop_postgres() {
    if [ -n "$postmaster" ]; then
        kill -QUIT "$postmaster" 2>/dev/null || true
        wait "$postmaster" 2>/dev/null || true
    fi
    if [ -n "$cluster" ]; then rm -rf "$cluster"; fi
}
