#!/usr/bin/env bash
# Refresh static/vendor from the pins in tools/vendor (maintainers only; needs npm).
# The files are upstream's own bytes, so that anybody can compare them.
source "$(dirname "${BASH_SOURCE[0]}")/ground.sh"

command -v npm >/dev/null || fail "更新前端库需要 npm：apt-get install -y npm"
packages="tools/vendor/node_modules"
(cd tools/vendor && npm ci --ignore-scripts --no-audit --no-fund)

# bring <folder> <files of the packages…>
bring() {
    local to="static/vendor/$1" file
    shift
    rm -rf "$to"
    mkdir -p "$to"
    for file in "$@"; do
        install -m 644 "$packages/$file" "$to/$(basename "$file")"
    done
}

# Each with the licence of every part bundled in it.
bring bootstrap bootstrap/{dist/css/bootstrap.min.css,dist/js/bootstrap.bundle.min.js,LICENSE}
install -m 644 "$packages/@popperjs/core/LICENSE.md" static/vendor/bootstrap/LICENSE-popper
bring htmx htmx.org/{dist/htmx.min.js,LICENSE}
bring echarts echarts/{dist/echarts.min.js,LICENSE,NOTICE,licenses/LICENSE-d3}
install -m 644 "$packages/zrender/LICENSE" static/vendor/echarts/LICENSE-zrender
install -m 644 "$packages/tslib/LICENSE.txt" static/vendor/echarts/LICENSE-tslib

(cd static/vendor && find . -type f ! -name SHA256SUMS -printf '%P\n' | sort | xargs sha256sum >SHA256SUMS)
rm -rf "$packages"
say "static/vendor 已更新；请在 NOTICE 中核对版本。"
