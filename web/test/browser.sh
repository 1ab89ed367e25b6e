#!/bin/sh
# browser.sh AJAR: the modules of the pages, and the report that AJAR makes in Debian's chromium.
set -eu
ajar=$(realpath "$1")
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
test/packages.sh
"$ajar" run ../scenarios/exodus2022 --out "$scratch/out" >"$scratch/run.log" 2>&1 || {
    cat "$scratch/run.log"
    exit 1
}
code=0
AJAR_OUT="$scratch/out" node --test --test-reporter=spec test/*.test.mjs >"$scratch/log" 2>&1 || code=$?
cat "$scratch/log"
awk '/^[^a-z]*pass [0-9]+$/ {p = $NF} /^[^a-z]*fail [0-9]+$/ {f = $NF}
     END {printf "%d passed, %d failed\n", p, f}' "$scratch/log"
exit "$code"
