#!/bin/sh
# The chain with one thread and with two, three: the same bytes in every file.
set -eu
cd "$(dirname "$0")/../.."
ajar=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
for threads in 1 2 3; do
    "$ajar" run scenarios/exodus2022 --out "$scratch/out" --replace --threads "$threads" -q >"$scratch/said-$threads"
    rm -rf "${scratch:?}/$threads"
    cp -r "$scratch/out" "$scratch/$threads"
done
for threads in 2 3; do
    diff -rq "$scratch/1" "$scratch/$threads"
    cmp "$scratch/said-1" "$scratch/said-$threads"
    passed=$((passed + 1))
done
printf '%d passed, 0 failed\n' "$passed"
