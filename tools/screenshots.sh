#!/usr/bin/env bash
# Take the pictures of the manual and the README anew, from a throw-away demonstration whose clock
# stands still. `tools/screenshots.sh NAME…` takes only these. Commit what changed.
source "$(dirname "${BASH_SOURCE[0]}")/ground.sh"

lacking=()
find_chromium >/dev/null || lacking+=(chromium)
# Playwright's own node is linked against it; a minimal Debian has it not.
/sbin/ldconfig -p | grep 'libatomic\.so\.1' >/dev/null || lacking+=(libatomic1)
if [ "${#lacking[@]}" -gt 0 ]; then install_packages "${lacking[@]}"; fi
bash tools/setup.sh dev
bash tools/fonts.sh --once

scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
unset DATABASE_URL PRODUCTION SECRET_KEY ALLOWED_HOSTS
export DATA_DIR="$scratch/data" DEMONSTRATION=1
mkdir -p "$DATA_DIR/static"
lend_chinese_fonts "$scratch"
CHROMIUM="$(find_chromium)"
export CHROMIUM
PYTHONPATH="$ROOT" "$PYTHON_HERE" tools/screenshots.py docs/manual/pictures "$@"
