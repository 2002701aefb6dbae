#!/usr/bin/env bash
# Builds the wheel, installs it into a fresh environment and tries it beside the program itself, which
# is built too unless GLAD names one: GLAD=target/release/glad bash python/check.sh
set -euo pipefail
GLAD=${GLAD:+$(realpath "$GLAD")}
cd "$(dirname "$0")"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet 'maturin>=1.9,<2' pytest 'scikit-learn>=1.6'

if [ -z "$GLAD" ]; then
    (cd .. && cargo build --release --no-default-features)
    target=$(cd .. && cargo metadata --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
    GLAD=$target/release/glad
fi
export GLAD

"$work/venv/bin/maturin" build --release --out "$work/wheels" --interpreter "$work/venv/bin/python"
"$work/venv/bin/pip" install --quiet "$work"/wheels/*.whl

"$work/venv/bin/python" -m pytest -q tests

# The example finds what the program finds, query by query.
"$GLAD" datasets write "$work/toys" >/dev/null
for toy in clusters between subspaces; do
    ours=$("$GLAD" replay "$work/toys/$toy.csv" --budget 40 --seed 5 --json | sed 's/.*"found":\(\[[^]]*\]\).*/\1/')
    theirs=$("$work/venv/bin/python" examples/loop.py "$work/toys/$toy.csv" --budget 40 --seed 5 | sed -n 's/^found: //p' | tr -d ' ')
    [ "$ours" = "$theirs" ] || { echo "$toy: $ours by the program, $theirs by the example" >&2; exit 1; }
    echo "$toy: the same, query by query: $ours"
done
