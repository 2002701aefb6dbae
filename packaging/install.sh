#!/bin/sh
# Installs GLAD from the unpacked tarball for one user (into ~/.local), or into the folder that is
# named: sh install.sh [/usr/local]. With --remove in front it takes everything away again.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
remove=no
if [ "${1:-}" = --remove ]; then
    remove=yes
    shift
fi
prefix=${1:-$HOME/.local}

put() { # MODE FROM TO
    if [ "$remove" = yes ]; then
        rm -f "$prefix/$3"
    else
        mkdir -p "$(dirname "$prefix/$3")"
        install -m "$1" "$here/$2" "$prefix/$3"
    fi
}

put 755 glad bin/glad
put 644 LICENCES.html share/doc/glad/LICENCES.html
put 644 share/glad.desktop share/applications/glad.desktop
put 644 share/glad.xml share/mime/packages/glad.xml
put 644 share/icon.svg share/icons/hicolor/scalable/apps/glad.svg
put 644 share/completions/glad share/bash-completion/completions/glad
put 644 share/completions/_glad share/zsh/site-functions/_glad
put 644 share/completions/glad.fish share/fish/vendor_completions.d/glad.fish
for page in "$here"/share/man/*; do
    put 644 "share/man/$(basename "$page")" "share/man/man1/$(basename "$page")"
done

# The desktop's own indexes, where there is a desktop.
if command -v update-mime-database >/dev/null 2>&1; then
    update-mime-database "$prefix/share/mime" || true
fi
if command -v update-desktop-database >/dev/null 2>&1; then
    update-desktop-database "$prefix/share/applications" || true
fi
case $remove in
    yes) echo "GLAD is gone from $prefix" ;;
    no) echo "GLAD is in $prefix/bin/glad" ;;
esac
