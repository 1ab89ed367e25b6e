#!/bin/sh
# mutants.sh AJAR: makes every slip in the shipped rules and says how many the tests notice.  A slip
# passes when a test notices it or it is proven to change nothing; it fails when it survives.
set -u
cd "$(dirname "$0")/../.." || exit 1
ajar=$1
said=$(mktemp)
trap 'rm -f "$said"' EXIT
"$ajar" doors test scenarios/exodus2022 --mutate >"$said" 2>&1
code=$?
cat "$said"
# "drop rule: 9 of 10 noticed (90.0 %); 3 more proven equivalent"
sed -n 's/^[a-z ]*: \([0-9]*\) of \([0-9]*\) noticed.*; \([0-9]*\) more proven equivalent$/\1 \2 \3/p' "$said" |
    awk '{good += $1 + $3; bad += $2 - $1} END {printf "%d passed, %d failed\n", good, bad; exit good == 0}' || exit 1
exit $code
