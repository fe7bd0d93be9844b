#!/usr/bin/env bash
# Set up what is missing, load the demonstration on the first run, and serve until Ctrl-C.
# PORT (8000), DATA_DIR (./data) and DATABASE_URL (SQLite in DATA_DIR) say where.
# DEMONSTRATION=0 starts with an empty system; PRODUCTION=1 with the strict settings.
source "$(dirname "${BASH_SOURCE[0]}")/ground.sh"

port="${PORT:-8000}"
export DATA_DIR="${DATA_DIR:-$ROOT/data}"
if [ "${PRODUCTION:-}" = 1 ]; then
    export DEMONSTRATION="${DEMONSTRATION:-0}"
else
    export DEMONSTRATION="${DEMONSTRATION:-1}"
fi

manage() { "$PYTHON_HERE" manage.py "$@"; }

# Bash answers a signal only between commands: every long one is waited for.
children=()
stop() {
    trap - EXIT
    if [ "${#children[@]}" -gt 0 ]; then kill "${children[@]}" 2>/dev/null || true; fi
    wait
}
trap stop EXIT
trap 'echo; say "正在停止……"; exit 130' INT
trap 'exit 143' TERM HUP

bash tools/setup.sh
bash tools/fonts.sh --once

"$PYTHON_HERE" - "$port" <<'PY' || fail "端口 $port 已被占用。请换一个：PORT=8001 make run"
import socket
import sys

with socket.socket() as door:
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind(("127.0.0.1", int(sys.argv[1])))
    except OSError:
        sys.exit(1)
PY

mkdir -p "$DATA_DIR/static"
say "正在更新数据库结构……"
manage migrate --verbosity 0
if [ "$DEMONSTRATION" = 1 ]; then manage demo --if-empty; fi
if [ "${PRODUCTION:-}" = 1 ]; then manage collectstatic --noinput --verbosity 0; fi

# Both die with this script, also when it is killed outright. What a proxy says reaches the
# application, which knows whom to believe: without it every HTTPS request is sent to HTTPS again.
setpriv --pdeathsig TERM "$PYTHON_HERE" -m waitress --listen="127.0.0.1:$port" --threads=8 \
    --no-clear-untrusted-proxy-headers config.wsgi:application &
server=$!
children+=("$server")
start_ticking() {
    setpriv --pdeathsig TERM "$PYTHON_HERE" manage.py tick --loop &
    ticker=$!
    children=("$server" "$ticker")
}
start_ticking

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }
until answers; do
    kill -0 "$server" 2>/dev/null || fail "服务没有启动，原因见上。"
    sleep 0.2
done
if [ "$DEMONSTRATION" = 1 ]; then manage demo --accounts; fi
say "已启动：http://127.0.0.1:$port （数据在 ${DATABASE_URL:+数据库服务器和 }$DATA_DIR；按 Ctrl-C 停止）"

while true; do
    wait -n || true
    kill -0 "$server" 2>/dev/null || fail "服务已意外停止，原因见上。"
    if ! kill -0 "$ticker" 2>/dev/null; then
        say "定时任务已中断，10 秒后重新启动。"
        sleep 10 &
        wait $!
        start_ticking
    fi
done
