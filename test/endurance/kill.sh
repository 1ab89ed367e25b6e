#!/bin/sh
# kill.sh [KILLS] [SEED] [BUILD_KILLS] [small]: kills `./run demo` (SIGKILL to its whole process group) at random
# moments, and looks at what is left each time: out/exodus2022 is absent, the former one whole, or the new
# one whole; beside it stands at most the hidden part of the killed run and what it kept for the next; the next run
# succeeds, with the bytes of a run that nobody killed, and leaves nothing else.
#   BUILD_KILLS (0) of them are done while a fresh tree is set up and built; of the others every second
#   falls while files are written, and one in three begins without an earlier output.
#   small: with the scenario of `ajar scenario new` in the place of the shipped one, for a run of a second.
# It works on a copy of what git tracks; with BUILD_KILLS=0 that copy uses this tree's build/release.
set -u
cd "$(dirname "$0")/../.." || exit 1
kills=${1:-50}
seed=${2:-$(date +%s)}
build_kills=${3:-0}
size=${4:-}
tree=$(pwd)
scratch=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill -KILL -"$pid" 2>/dev/null; rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
passed=0
failed=0
printf 'kill.sh %s %s %s %s\n' "$kills" "$seed" "$build_kills" "$size"

# random N LOW HIGH: the N-th number of this seed, between LOW and HIGH.
random() {
    awk -v seed="$seed" -v n="$1" -v low="$2" -v high="$3" \
        'BEGIN {srand(seed); for (i = 0; i <= n; i++) x = rand(); printf "%.3f", low + (high - low) * x}'
}

digest() { (cd "$1" && find . -type f -exec sha256sum {} + | LC_ALL=C sort -k2 | sha256sum); }

fail() {
    failed=$((failed + 1))
    printf 'FAILED kill %s (%s): %s\n' "$n" "$when" "$1"
    ls -lA out >&2
}

now() { date +%s.%N; }
less() { awk -v a="$1" -v b="$2" 'BEGIN {printf "%.3f", a - b}'; }

# demo: starts it as a process group of its own, its number in $pid.
demo() {
    setsid ./run demo >"$scratch/said" 2>&1 &
    pid=$!
}

# end_by_force SECONDS: waits that long and kills.  False: it had ended before, and badly.
end_by_force() {
    sleep "$1"
    kill -KILL -"$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    code=$?
    # what ninja had started may outlive it by a moment
    while kill -0 -"$pid" 2>/dev/null; do sleep 0.01; done
    pid=
    case $code in
    137) killed="killed" ;;
    0) killed="over" ;;
    *)
        killed="exit $code"
        fail "the run failed by itself: $(tail -n 3 "$scratch/said")"
        return 1
        ;;
    esac
}

# Waits until the run has written its first file.
until_it_writes() {
    while [ -z "$(find out -path '*/.exodus2022.part-*' -type f 2>/dev/null)" ] && kill -0 "$pid" 2>/dev/null; do
        sleep 0.002
    done
}

# whole_run WHY: it must succeed, and leave the output alone.
whole_run() {
    demo
    wait "$pid"
    code=$?
    pid=
    if [ "$code" -ne 0 ]; then
        fail "$1 fails with $code: $(tail -n 3 "$scratch/said")"
        return 1
    fi
    if [ "$(find out -mindepth 1 -maxdepth 1 ! -name .exodus2022.kept)" != out/exodus2022 ]; then
        fail "$1 leaves more in out/ than its output"
        return 1
    fi
}

mkdir "$scratch/tree"
git ls-files -z | xargs -0 cp --parents -t "$scratch/tree" || exit 1
if [ "$build_kills" -eq 0 ]; then
    [ -x build/release/src/cli/ajar ] || ./run demo >/dev/null || exit 1
    # a stand-in for the build alone: the rest of ./run is the real one
    sed -e "s|^build() {|build() { return 0; }\nbuild_really() {|" \
        -e "s|exec build/release/|exec $tree/build/release/|" run >"$scratch/tree/run"
    ajar=$tree/build/release/src/cli/ajar
else
    ajar=$scratch/tree/build/release/src/cli/ajar
fi
cd "$scratch/tree" || exit 1
if [ "$size" = small ]; then
    rm -rf scenarios/exodus2022
    "$ajar" scenario new scenarios/exodus2022 -q >/dev/null || exit 1
fi
inputs=$(digest scenarios)

# While a fresh tree is set up and built: each run goes on from what the one before it left.
n=0
mkdir -p out
while [ "$n" -lt "$build_kills" ]; do
    n=$((n + 1))
    # the first half falls into the setup: every second one starts afresh, the others from half a setup
    if [ "$n" -le $((build_kills / 2)) ]; then
        [ $((n % 2)) -eq 0 ] || rm -rf build
        delay=$(random "$n" 0 6)
    else
        delay=$(random "$n" 3 25)
    fi
    when="build, after $delay s"
    demo
    end_by_force "$delay" || continue
    printf 'kill %s (%s): %s\n' "$n" "$when" "$killed"
    passed=$((passed + 1))
done

n=0
when="before all"
rm -rf out/exodus2022
begun=$(now)
demo
until_it_writes
writes=$(now)
wait "$pid" || { fail "a run that nobody kills fails: $(tail -n 3 "$scratch/said")"; exit 1; }
pid=
took=$(less "$(now)" "$begun")
writing=$(less "$(now)" "$writes")
whole_run "a second run" || exit 1
reference=$(digest out/exodus2022)
"$ajar" run scenarios/exodus2022 --out "$scratch/former" --seed 7 -q >/dev/null || exit 1
former=$(digest "$scratch/former")
[ "$former" != "$reference" ] || { fail "two seeds give the same bytes"; exit 1; }
printf 'a whole run: %s s, the last %s s of it writing; output %s\n' "$took" "$writing" "${reference%% *}"

absent=0 kept=0 new=0 parts=0
while [ "$n" -lt $((kills - build_kills)) ]; do
    n=$((n + 1))
    rm -rf out
    mkdir out
    before=none
    if [ $((n % 3)) -ne 0 ]; then
        cp -r "$scratch/former" out/exodus2022
        before=former
    fi
    demo
    if [ $((n % 2)) -eq 0 ]; then
        until_it_writes
        delay=$(random "$n" 0 "$writing")
        when="$before, $delay s into the writing"
    else
        delay=$(random "$n" 0 "$took")
        when="$before, after $delay s"
    fi
    end_by_force "$delay" || continue
    # what is left
    part=$(find out -mindepth 1 -maxdepth 1 ! -name exodus2022 ! -name .exodus2022.kept)
    case $part in
    '') ;;
    out/.exodus2022.part-*[!0-9]*) fail "left in out/: $part" && continue ;;
    out/.exodus2022.part-*) parts=$((parts + 1)) ;;
    *) fail "left in out/: $part" && continue ;;
    esac
    left=none
    [ ! -e out/exodus2022 ] || left=$(digest out/exodus2022)
    case $left in
    "$reference") new=$((new + 1)) state="the new" ;;
    "$former") kept=$((kept + 1)) state="the former" ;;
    none) absent=$((absent + 1)) state="absent" ;;
    *) fail "half an output" && continue ;;
    esac
    if [ "$left" = none ] && [ "$before" = former ]; then
        fail "the former output is gone" && continue
    fi
    [ "$(digest scenarios)" = "$inputs" ] || { fail "inputs changed" && continue; }
    # the next run
    whole_run "the next run" || continue
    [ "$(digest out/exodus2022)" = "$reference" ] || { fail "the next run gives other bytes" && continue; }
    passed=$((passed + 1))
    printf 'kill %s (%s): %s; output %s%s\n' "$n" "$when" "$killed" "$state" "${part:+, with a part}"
done
printf 'outputs after a kill: %d absent, %d the former, %d the new; %d with a part beside\n' \
    "$absent" "$kept" "$new" "$parts"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
