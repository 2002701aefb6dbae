#!/bin/sh
# Kills 200 scripted sessions (or as many as are asked for) with -9 at random moments and checks that
# no confirmed answer is missing and no file is unreadable.
cd "$(dirname "$0")/.." || exit 1
GLAD_KILLS="${1:-200}" exec cargo test --test suite kill:: -- --nocapture
