#!/usr/bin/env bash
# Fetch the Fandol fonts (仿宋 楷体 黑体 宋体) out of Debian's texlive-lang-chinese into .fonts.
# Nothing is installed and no rights are needed. Where apt cannot be used, papers are set in the
# Noto fonts that come with the Python packages. `--once` does not repeat an attempt that failed.
source "$(dirname "${BASH_SOURCE[0]}")/ground.sh"

faces=(FandolFang-Regular FandolKai-Regular FandolHei-Regular FandolHei-Bold
    FandolSong-Regular FandolSong-Bold)
package=texlive-lang-chinese
failed=.fonts/unavailable

missing=0
for face in "${faces[@]}"; do [ -s ".fonts/$face.otf" ] || missing=1; done
if [ "$missing" = 0 ]; then exit 0; fi
if [ "${1:-}" = --once ] && [ -e "$failed" ]; then exit 0; fi

go_on_without() {
    mkdir -p .fonts && touch "$failed"
    say "公文字体（Fandol 仿宋、楷体）取不到：$1。"
    say "  文书改用随包安装的 Noto 宋体、黑体，其余一切照常。以后可再执行：bash tools/fonts.sh"
    exit 0
}

command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
    go_on_without "本机没有 apt"
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch"/{lists,archives}/partial "$scratch/out"
say "正在下载公文字体（Debian 软件包 $package，约 50 MB，只需一次）……"

# Package lists of our own: works without root and where the system's are empty or old.
fetch() {
    (cd "$scratch/out" && timeout 600 apt-get -q \
        -o APT::Sandbox::User=root -o Acquire::Retries=1 -o Acquire::http::Timeout=20 "$@")
}
own_lists=(-o "Dir::State::lists=$scratch/lists" -o "Dir::Cache=$scratch")
fetch download "$package" >"$scratch/log" 2>&1 ||
    { fetch "${own_lists[@]}" update && fetch "${own_lists[@]}" download "$package"; } \
        >"$scratch/log" 2>&1 ||
    go_on_without "$(grep -m1 '^E:' "$scratch/log" || echo "下载超时")"
dpkg-deb -x "$scratch"/out/"$package"*.deb "$scratch/out" || go_on_without "软件包无法解开"

mkdir -p .fonts
tree="$scratch/out/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
for face in "${faces[@]}"; do
    install -m 644 "$tree/$face.otf" ".fonts/.$face.part" || go_on_without "软件包里没有 $face"
    mv ".fonts/.$face.part" ".fonts/$face.otf"
done
gzip -dc "$scratch/out/usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz" >.fonts/COPYING
cp "$scratch/out/usr/share/doc/texlive-doc/fonts/fandol/README" .fonts/README
rm -f "$failed"
say "公文字体已就绪。"
