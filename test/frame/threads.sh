#!/bin/sh
# The chain with one thread and with two, three: the same bytes in every file.
set -eu
cd "$(dirname "$0")/../.."
ajar=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
for threads in 1 2 3; do
    "$ajar" run scenarios/exodus2022 --out "$scratch/out" --replace --anew --threads "$threads" -q >"$scratch/said-$threads"
    rm -rf "${scratch:?}/$threads"
    cp -r "$scratch/out" "$scratch/$threads"
done
for threads in 2 3; do
    diff -rq "$scratch/1" "$scratch/$threads"
    cmp "$scratch/said-1" "$scratch/said-$threads"
    passed=$((passed + 1))
done
# Watching too: a scan and a replay.
for threads in 1 2 3; do
    "$ajar" watch scan docs/crossings.csv --all --threads "$threads" >"$scratch/scan-$threads" || [ $? -eq 1 ]
    "$ajar" watch replay docs/crossings.csv --all --threads "$threads" >"$scratch/replay-$threads"
done
for threads in 2 3; do
    cmp "$scratch/scan-1" "$scratch/scan-$threads"
    cmp "$scratch/replay-1" "$scratch/replay-$threads"
    passed=$((passed + 1))
done
# The checks of the shipped rules, and the slips of the example.
for threads in 1 2 4; do
    "$ajar" doors check scenarios/exodus2022 --threads "$threads" >"$scratch/check-$threads" 2>&1 || [ $? -eq 1 ]
    "$ajar" doors test scenarios/exodus2022 --threads "$threads" >"$scratch/test-$threads" 2>&1 || [ $? -eq 1 ]
    "$ajar" doors test docs/door --mutate --all --threads "$threads" >"$scratch/slips-$threads" 2>&1
done
for threads in 2 4; do
    for said in check test slips; do
        cmp "$scratch/$said-1" "$scratch/$said-$threads"
        passed=$((passed + 1))
    done
done
# Flows: one run of everybody, members, pairs, a fit, scores.
for threads in 1 2 3; do
    set -- --threads "$threads"
    "$ajar" flow run scenarios/mali2012 "$@" --out "$scratch/flow-$threads" >"$scratch/run-$threads" 2>&1
    sed -i '/^Tables: /d' "$scratch/run-$threads"
    "$ajar" flow ensemble scenarios/mali2012 "$@" --members 8 --json >"$scratch/ensemble-$threads"
    "$ajar" flow counterfactual scenarios/mali2012 "$@" --close "Abala@2012-06-01" --members 4 --hasten 20 \
        --json >"$scratch/pairs-$threads"
    "$ajar" flow calibrate scenarios/mali2012 "$@" --draws 60 --hasten 20 --vary camp_weight=1..4 \
        --json >"$scratch/fit-$threads"
    "$ajar" flow score scenarios/mali2012 "$@" --seeds 3 --json >"$scratch/scores-$threads"
done
for threads in 2 3; do
    diff -rq "$scratch/flow-1" "$scratch/flow-$threads"
    passed=$((passed + 1))
    for said in run ensemble pairs fit scores; do
        cmp "$scratch/$said-1" "$scratch/$said-$threads"
        passed=$((passed + 1))
    done
done
# The exodus: draws played with their what-ifs, and a short fit.
for threads in 1 2 3; do
    set -- --threads "$threads"
    "$ajar" flow run scenarios/exodus2022 "$@" --draws 20 --out "$scratch/exodus-$threads" >"$scratch/draws-$threads"
    sed -i '/^Tables: /d' "$scratch/draws-$threads"
    "$ajar" flow counterfactual scenarios/exodus2022 "$@" --draws 10 --json >"$scratch/worlds-$threads"
    "$ajar" flow calibrate scenarios/exodus2022 "$@" --quick --out "$scratch/fitted-$threads" >/dev/null
done
for threads in 2 3; do
    diff -rq "$scratch/exodus-1" "$scratch/exodus-$threads"
    diff -rq "$scratch/fitted-1" "$scratch/fitted-$threads"
    cmp "$scratch/draws-1" "$scratch/draws-$threads"
    cmp "$scratch/worlds-1" "$scratch/worlds-$threads"
    passed=$((passed + 4))
done
printf '%d passed, 0 failed\n' "$passed"
