#!/usr/bin/env bash
# Make .venv and install the pinned packages; `setup.sh dev` adds the tools and tests.
# WHEELHOUSE=<folder of wheels> installs without a network. A finished set-up costs milliseconds.
source "$(dirname "${BASH_SOURCE[0]}")/ground.sh"

kind="${1:-runtime}"
case "$kind" in
    runtime) wanted=(requirements.txt) ;;
    dev) wanted=(requirements.txt requirements-dev.txt) ;;
    *) fail "用法：tools/setup.sh [dev]" ;;
esac
stamp=".venv/installed-$kind"
fingerprint="$(cat "${wanted[@]}" | sha256sum | cut -d' ' -f1)"

is_installed() {
    [ -x "$PYTHON_HERE" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$fingerprint" ]
}

is_installed && exit 0
exec 9>.setup.lock
flock -n 9 || { say "另一个安装正在进行，等待其完成……" && flock 9; }
is_installed && exit 0

python="${PYTHON:-python3}"
command -v "$python" >/dev/null || install_packages python3 python3-venv
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "需要 Python 3.11 或更高版本，当前是 $("$python" --version 2>&1)。可用 PYTHON=<解释器路径> 指定。"
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    install_packages "$("$python" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')"
fi

if ! "$PYTHON_HERE" -m pip --version >/dev/null 2>&1; then
    say "正在建立 Python 环境 .venv ……"
    "$python" -m venv --clear .venv
fi

source_options=()
if [ -n "${WHEELHOUSE:-}" ]; then
    source_options=(--no-index --find-links "$WHEELHOUSE")
fi
total="$(cat "${wanted[@]}" | grep -c '==')"
say "正在安装 $total 个依赖包（首次约一分钟）……"
log="$(mktemp)"
count=0
if ! "$PYTHON_HERE" -m pip install --disable-pip-version-check --no-input --no-color \
    --progress-bar off "${source_options[@]}" -r "${wanted[-1]}" 2>&1 | tee "$log" |
    while read -r word name _; do
        case "$word" in
            Collecting | Processing | Requirement) ;;
            Installing) say "下载完成，正在写入 .venv ……" && continue ;;
            *) continue ;;
        esac
        count=$((count + 1))
        if [ $((count % 10)) = 0 ]; then say "  $count/$total ${name##*/}"; fi
    done; then
    grep -v '^Collecting\|^  ' "$log" | tail -n 15 >&2
    rm -f "$log"
    fail "依赖包没有装上，原因见上。没有网络时可用 WHEELHOUSE=<wheel 目录> 离线安装。"
fi
rm -f "$log"
echo "$fingerprint" >"$stamp"
if [ "$kind" = dev ]; then
    sha256sum <requirements.txt | cut -d' ' -f1 >.venv/installed-runtime
fi
say "依赖包已就绪。"
