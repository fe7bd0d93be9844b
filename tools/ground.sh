# Sourced by the scripts beside it: where we are, how we speak, how system packages come in.
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$ROOT"
export PYTHONUTF8=1
PYTHON_HERE="$ROOT/.venv/bin/python"

say() { printf '==> %s\n' "$*"; }
fail() {
    printf '!!! %s\n' "$*" >&2
    exit 1
}

is_root() { [ "$(id -u)" = 0 ]; }

may_install() {
    command -v apt-get >/dev/null && { is_root || sudo -n true 2>/dev/null; }
}

as_root() {
    if is_root; then "$@"; else sudo -n "$@"; fi
}

# Install Debian packages, or say the exact command and stop.
install_packages() {
    local command="apt-get update && apt-get install -y --no-install-recommends $*"
    may_install || fail "缺少系统软件包：$*。请以 root 执行下面的命令后重试：
    $command"
    say "正在安装系统软件包：$*（视网络需一至数分钟）……"
    local log
    log="$(mktemp)"
    if ! { as_root apt-get update -q &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q \
            --no-install-recommends -o DPkg::Lock::Timeout=120 "$@"; } >"$log" 2>&1; then
        tail -n 15 "$log" >&2
        rm -f "$log"
        fail "系统软件包没有装上，原因见上。可以 root 手工执行后重试：
    $command"
    fi
    rm -f "$log"
}

# Find a Chromium that starts (Ubuntu's package of that name is only a pointer to a snap).
find_chromium() {
    local candidate
    for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
        if [ -n "$candidate" ] && "$candidate" --version >/dev/null 2>&1; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

# Let Chromium see the Chinese fonts of the Python packages, whatever the system has.
lend_chinese_fonts() {
    local folder="$1" fonts
    fonts="$("$PYTHON_HERE" -c 'import pylopdf_fonts_zh_cn as p; print(p.__path__[0])')"
    cat >"$folder/fonts.conf" <<XML
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>$fonts</dir>
</fontconfig>
XML
    export FONTCONFIG_FILE="$folder/fonts.conf"
}
