#!/usr/bin/env bash
# Installs the packages that build.sh made into a bare Debian root, opens a toy there, answers ten
# questions and says how long each of it took; then the same with the tarball and without apt.
#
# Run it as root, after build.sh. It needs debootstrap and the Debian mirror of this machine; the
# root is made in a temporary folder and goes away with it.
set -euo pipefail
cd "$(dirname "$0")/out"

deb=$(ls "$PWD"/glad_*.deb)
tarball=$(ls "$PWD"/glad-*-linux.tar.gz)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
lists=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null || true)
mirror=${MIRROR:-$(sed -nE 's/^(URIs:|deb) +(http[^ ]*).*/\2/p' <<<"$lists" | head -1)}

seconds() { # WHAT COMMAND…
    local what=$1 began
    shift
    began=$(date +%s%N)
    "$@" >"$root/told" 2>&1 || { cat "$root/told" >&2; echo "$what failed" >&2; exit 1; }
    echo "$what: $(( ($(date +%s%N) - began) / 1000000 )) ms"
}
inside() { chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"; }

echo "a bare root of Debian $(. /etc/os-release && echo "$VERSION_CODENAME") from $mirror"
debootstrap --variant=minbase "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$root" "$mirror" >"$root.log" 2>&1 \
    || { tail "$root.log" >&2; exit 1; }
rm -f "$root.log"

cp "$deb" "$root/root/glad.deb"
seconds "installing $(basename "$deb") with what it depends on" inside apt-get install -y --no-install-recommends /root/glad.deb
for file in /usr/bin/glad /usr/share/man/man1/glad.1.gz /usr/share/mime/packages/glad.xml \
    /usr/share/applications/glad.desktop /usr/share/icons/hicolor/scalable/apps/glad.svg; do
    test -e "$root$file" || { echo "$file is missing" >&2; exit 1; }
done

answers='n\nn\na\nn\na\nn\nu\nn\na\nn\nsave\nquit\n'
label() { printf "$answers" | inside "$1" label clusters --save "/root/$2.glad"; }
seconds "a toy opened, ten answers, saved" label glad first
kept=$(grep -c '^kept' "$root/told")
[ "$kept" = 10 ] || { echo "$kept of 10 answers were kept" >&2; exit 1; }
seconds "the session reproduces itself" inside glad replay /root/first.glad
grep -q 'every weight to the bit' "$root/told"
seconds "without a display: a sentence and a replay" inside glad
grep -q 'no display\|window' "$root/told"

inside apt-get purge -y glad >/dev/null 2>&1
test ! -e "$root/usr/bin/glad"
tar -C "$root/root" -xzf "$tarball"
seconds "installing the tarball" inside sh -c 'sh /root/glad-*-linux/install.sh /usr/local'
seconds "a toy opened, ten answers, saved" label /usr/local/bin/glad second
cmp "$root/root/first.glad" "$root/root/second.glad" >/dev/null 2>&1 \
    || diff <(inside /usr/local/bin/glad info /root/first.glad | grep -v ' to \|/root') <(inside /usr/local/bin/glad info /root/second.glad | grep -v ' to \|/root')
inside sh -c 'sh /root/glad-*-linux/install.sh --remove /usr/local' >/dev/null
test ! -e "$root/usr/local/bin/glad"
echo "all as it should be"
