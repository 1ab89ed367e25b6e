#!/bin/sh
# short.sh BUILD: runs each libFuzzer target of a build with -Dfuzz=true for FUZZ_SECONDS (5) on a copy of its corpus
# (which is replayed as it is by the unit tests).  What breaks a target is kept in BUILD/fuzz-found.
set -u
cd "$(dirname "$0")/../.." || exit 1
build=$1/test/fuzz
found=$1/fuzz-found
seconds=${FUZZ_SECONDS:-5}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0

# check WHAT COMMAND...: runs it, shows the end of its output when it fails.
check() {
    what=$1
    shift
    if "$@" >"$scratch/log" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED %s\n' "$what"
        tail -n 40 "$scratch/log" | sed 's/^/    /'
    fi
}

for source in test/fuzz/*_fuzz.c; do
    name=$(basename "$source" _fuzz.c)
    corpus=test/fuzz/corpus/$name
    mkdir -p "$scratch/$name" "$found"
    check "$name: $seconds s of fuzzing" "$build/${name}_fuzz" -max_total_time="$seconds" \
        -max_len=4096 -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="$found/$name-" "$scratch/$name" "$corpus"
    awk -v name="$name" '/stat::number_of_executed_units/ {n = $2} END {printf "%-10s %d runs\n", name, n}' \
        "$scratch/log"
done
rmdir "$found" 2>/dev/null
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
