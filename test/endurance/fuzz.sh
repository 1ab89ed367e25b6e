#!/bin/bash
# fuzz.sh BUILD [MINUTES] [TARGET...]: fuzzes each target of a build with -Dfuzz=true (clang) for MINUTES (20)
# of CPU time on its corpus, and then makes the corpus the smallest that reaches the same code, so that it can
# be committed.  Without TARGET: all of them, one after the other.  What breaks a target is kept in
# BUILD/fuzz-found, and is named; the corpus of that target is left as it was.  Stopped and called again, it goes on
# where it was: BUILD/fuzz-kept has what each target has found so far, and in how much time.
#   ROUND_S (60): the wall time of one round; rounds are added until the CPU time is reached.
set -u
cd "$(dirname "$0")/../.." || exit 1
build=$1/test/fuzz
found=$1/fuzz-found
kept=$1/fuzz-kept
minutes=${2:-20}
shift $(($# > 2 ? 2 : $#))
round_s=${ROUND_S:-60}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0
if [ $# -gt 0 ]; then
    targets=("$@")
else
    mapfile -t targets < <(for source in test/fuzz/*_fuzz.c; do basename "$source" _fuzz.c; done)
fi

# $spent_s: the CPU seconds of all that this shell has waited for (a subshell would have waited for nothing).
spent_s=0
take_times() {
    times >"$scratch/times"
    spent_s=$(awk -F'[ms ]' 'NR == 2 {printf "%d", $1 * 60 + $2 + $4 * 60 + $5}' "$scratch/times")
}

# fuzz TARGET: rounds until the CPU time is up.  1: something broke it.
fuzz() {
    local name=$1 before spent=0 runs=0
    mkdir -p "$kept/$name"
    [ -f "$kept/$name.spent" ] && read -r spent runs <"$kept/$name.spent"
    while [ "$spent" -lt $((minutes * 60)) ]; do
        mkdir -p "$found" # another that runs beside this one may have ended, and taken it away empty
        take_times
        before=$spent_s
        "$build/${name}_fuzz" -max_total_time="$round_s" -max_len=4096 -timeout=20 -rss_limit_mb=2048 \
            -print_final_stats=1 -artifact_prefix="$found/$name-" "$kept/$name" "test/fuzz/corpus/$name" \
            >"$scratch/log" 2>&1 || { tail -n 40 "$scratch/log" | sed 's/^/    /'; return 1; }
        runs=$((runs + $(awk '/stat::number_of_executed_units/ {print $2}' "$scratch/log")))
        take_times
        spent=$((spent + spent_s - before))
        echo "$spent $runs" >"$kept/$name.spent"
    done
    printf '%-14s %6d s of CPU %12d runs' "$name" "$spent" "$runs"
}

# shrink TARGET: of what was found, and of what earlier rounds have kept, the corpus gets the few that reach
# an edge of the code that nothing else in it reaches.  Inputs that people wrote have names, and stay.
shrink() {
    local name=$1 corpus=test/fuzz/corpus/$1 before
    before=$(find "$corpus" -type f | wc -l)
    find "$corpus" -type f -regextype posix-extended -regex '.*/[0-9a-f]{40}' -exec mv -t "$kept/$name" {} +
    "$build/${name}_fuzz" -merge=1 -use_counters=0 -max_len=4096 -timeout=20 -rss_limit_mb=2048 "$corpus" "$kept/$name" \
        >"$scratch/log" 2>&1 || { tail -n 20 "$scratch/log"; return 1; }
    printf '   corpus %5d -> %5d inputs, %s\n' "$before" "$(find "$corpus" -type f | wc -l)" \
        "$(du -sh --apparent-size "$corpus" | cut -f1)"
    rm -r "${kept:?}/$name" "$kept/$name.spent"
}

for name in "${targets[@]}"; do
    if fuzz "$name" && shrink "$name"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED %s; what breaks it: %s\n' "$name" "$(find "$found" -name "$name-*")"
    fi
done
rmdir "$found" "$kept" 2>/dev/null
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
