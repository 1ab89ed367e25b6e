#!/bin/sh
# browser.sh AJAR: the modules of the pages, and the reports that AJAR makes in Debian's chromium: of a scenario,
# of a conflict alone, and of a scenario made from a conflict by import.
set -eu
ajar=$(realpath "$1")
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
test/packages.sh
for run in exodus2022:out mali2012:conflict ssudan2013:second; do
    "$ajar" run "../scenarios/${run%:*}" --out "$scratch/${run#*:}" >"$scratch/run.log" 2>&1 || {
        cat "$scratch/run.log"
        exit 1
    }
done
code=0
AJAR="$ajar" AJAR_OUT="$scratch/out" AJAR_CONFLICT="$scratch/conflict" AJAR_SECOND="$scratch/second" node --test --test-reporter=spec test/*.test.mjs >"$scratch/log" 2>&1 || code=$?
cat "$scratch/log"
awk '/^[^a-z]*pass [0-9]+$/ {p = $NF} /^[^a-z]*fail [0-9]+$/ {f = $NF}
     END {printf "%d passed, %d failed\n", p, f}' "$scratch/log"
exit "$code"
