#!/usr/bin/env bash
# Builds what people install: a Debian package and a tarball, with manual, completions, desktop
# entry, icon, file type and the licences of all dependencies. They are written to packaging/out.
#
# It needs Rust and, once: cargo install cargo-deb cargo-about
set -euo pipefail
cd "$(dirname "$0")/.."

target=${CARGO_TARGET_DIR:-target}
out=packaging/out
rm -rf "$out"
mkdir -p "$out/completions"

cargo build --release
"$target/release/glad" manual "$out/man"
"$target/release/glad" completions bash >"$out/completions/glad"
"$target/release/glad" completions zsh >"$out/completions/_glad"
"$target/release/glad" completions fish >"$out/completions/glad.fish"
gzip -9n "$out"/man/*
cargo about generate --config packaging/about.toml packaging/licences.hbs >"$out/LICENCES.html"

cargo deb --no-build --output "$out/"

version=$(cargo metadata --no-deps --format-version 1 | sed 's/.*"name":"glad","version":"\([^"]*\)".*/\1/')
name=glad-$version-$(uname -m)-linux
mkdir -p "$out/$name/share"
cp "$target/release/glad" README.md CHANGELOG.md "$out/LICENCES.html" "$out/$name/"
cp packaging/install.sh "$out/$name/"
cp -r "$out/man" "$out/completions" packaging/glad.desktop packaging/glad.xml assets/icon.svg "$out/$name/share/"
strip "$out/$name/glad"
tar -C "$out" --sort=name --owner=0 --group=0 -czf "$out/$name.tar.gz" "$name"
rm -r "${out:?}/$name"
ls -l "$out"
