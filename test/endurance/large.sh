#!/bin/bash
# large.sh AJAR [MEGABYTES] [FOLDER]: makes a scenario of that size (200) from the shipped one, checks it and
# runs the chain on it within a limit on memory, and prints sizes, times and peaks.  The rows that it adds
# are made up by a formula: daily counts over 500 border crossings that do not exist, half of the bytes; the
# trade by goods code, four tenths; an indicator by day for every host, the rest.
#   MEMORY_MIB (4096): the ceiling on the address space of `ajar`, by ulimit; a run that needs more fails.
# The scenario stays in FOLDER when one is named.
set -eu
cd "$(dirname "$0")/../.."
ajar=$1
megabytes=${2:-200}
memory_mib=${MEMORY_MIB:-4096}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
dir=${3:-$scratch/large}
passed=0

ok() {
    passed=$((passed + 1))
    printf 'ok %s\n' "$1"
}

# timed LOG COMMAND...: within the memory, its wall time and peak in $took and $peak_mib.
timed() {
    log=$1
    shift
    code=0
    (ulimit -v $((memory_mib * 1024)) && exec /usr/bin/time -f 'measured %e %M' -o "$scratch/time" "$@") >"$log" 2>&1 ||
        code=$?
    took=$(sed -n 's/^measured \([0-9.]*\) .*/\1/p' "$scratch/time")
    peak_mib=$(awk '/^measured/ {printf "%d", $3 / 1024}' "$scratch/time")
    [ "$code" -eq 0 ] || { tail -n 20 "$log" >&2; return "$code"; }
}

rm -rf "$dir"
mkdir -p "$dir"
cp -r scenarios/exodus2022/. "$dir"
awk -v bytes=$((megabytes * 500000)) -f test/endurance/arrivals.awk "$dir/arrivals.csv" >"$scratch/arrivals.csv"
awk -v bytes=$((megabytes * 400000)) -f test/endurance/trade.awk "$dir/trade.csv" >"$scratch/trade.csv"
awk -v bytes=$((megabytes * 100000)) -f test/endurance/hosts.awk "$dir/hosts.csv" >"$scratch/hosts.csv"
for table in arrivals trade hosts; do
    mv "$scratch/$table.csv" "$dir/$table.csv"
    printf '%-10s %9d rows %12d bytes\n' "$table" "$(wc -l <"$dir/$table.csv")" "$(wc -c <"$dir/$table.csv")"
done
timed "$scratch/check.txt" "$ajar" scenario check "$dir"
printf 'scenario check: %s s, peak %s MiB (ceiling %s)\n' "$took" "$peak_mib" "$memory_mib"
ok "$(cat "$scratch/check.txt")"
timed "$scratch/run.txt" "$ajar" run "$dir" --out "$scratch/out" --replace
printf 'run: %s s, peak %s MiB (ceiling %s)\n' "$took" "$peak_mib" "$memory_mib"
du -sh "$scratch/out" | sed 's/\t.*/ of output/'
wc -c <"$scratch/out/report.html" | sed 's/$/ bytes of report/'
grep '^Report: ' "$scratch/run.txt"
ok "the chain ends with a report"
printf '%d passed, 0 failed\n' "$passed"
