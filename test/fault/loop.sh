#!/bin/sh
# Refuses the n-th memory or file request of every verb, for every n, and looks at what is left: the
# command either does its whole work all the same or fails with a clear error, its inputs are
# unchanged, and its outputs are as they were before.  Needs the program ajar_fault.
#   loop.sh AJAR         every verb on small inputs
#   loop.sh AJAR whole   the whole chain on scenarios/exodus2022, as it is and over what an earlier run has kept; for a
#                        build for speed, since a whole run takes seconds (test/endurance, docs/endurance.md)
#   AJAR_FAULT=KIND:N refuses the N-th request of a kind; the program then says on its last line of
#   stderr how many it was asked for ("fault: KIND asked N"), which tells the loop where to end.
set -u
cd "$(dirname "$0")/../.." || exit 1
ajar=$(pwd)/$1
# Every request up to here is refused in turn; past it every STRIDE-th and the last, since a verb asks
# for memory in long runs of the same kind.
dense=${FAULT_DENSE:-100}
samples=${FAULT_SAMPLES:-30}
# in memory where there is such a folder: every file is flushed, and a thousand runs are many
scratch=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0

"$ajar" scenario new "$scratch/small" -q >/dev/null || exit 1
cat >"$scratch/hosts.csv" <<EOF
host,stock_persons,need,funded,cap,severity
KAZ,100000,72000000,12000000,45000000,0.5751
KGZ,30000,18000000,1000000,6000000,1.357
EOF

head -200 docs/crossings.csv | sed '$s/[0-9]*\r*$/9000/' >"$scratch/crossings.csv"

# The example of a door, with a person, profiles for a gate, and a rule set that has faults.
cp -r docs/door docs/door-draft "$scratch"
cat >"$scratch/person.yaml" <<EOF
citizenship: [RUS]
invitation: unknown
savings: {value: 1500, evidence: documented}
EOF
cat >"$scratch/door/profiles.yaml" <<EOF
profiles:
- {id: guest, title: {en: Guest}, unstated: no, citizenship: [RUS], invitation: yes, savings: 2000}
crossings:
- {id: gate, country: FIN, way: ROAD, doors: [example.entry]}
EOF

# A conflict in Flee's format, and the scenario made of it.
cp -r docs/flee "$scratch"
"$ajar" flow import docs/flee --out "$scratch/conflict" -q >/dev/null 2>&1 || exit 1

# What a run keeps beside its output is no output: it may be there or not, and its bytes are the build's.
state() { (cd "$1" && find . -type f ! -name '.*.kept' -exec cksum {} + | sort -k3); }

# A run that may not read what was kept computes it, and says one sentence less.
words() { sed '/^Reused from the last run/,/[.]$/d' "$1"; }

fail() {
    failed=$((failed + 1))
    printf 'FAILED %s with %s:%s refused: %s\n' "$label" "$kind" "$n" "$1"
    sed 's/^/    /' "$scratch/err" | head -5
}

# Of every file what a change to it changes, of every folder that it is there: cheaper than the state, and surer.
marks() { find "$scratch/work" -type d -printf '%p\n' -o -printf '%p %i %s %C@\n'; }

# Whether the run has left each file of `work` untouched: `work` serves the next one too.
untouched() { [ "$(marks)" = "$marked" ]; }

# Whether an error is told with the name of its rule: of each line what stands in its last brackets.
slug() {
    while IFS= read -r line; do
        name=${line##*\[}
        case $line in 'fault: '*) continue ;; *\[*\]*) name=${name%%\]*} ;; *) continue ;; esac
        case $name in *[!a-z0-9_.]*) ;; *) return 0 ;; esac
    done <"$scratch/err"
    return 1
}

# One run with one refusal; the folder `work` holds the inputs and an earlier output, anew where the last run has
# touched them.
once() {
    if [ "$fresh" != yes ]; then
        rm -rf "$scratch/work"
        cp -r "$scratch/base" "$scratch/work"
        marked=$(marks)
    fi
    fresh=no
    (cd "$scratch/work" && AJAR_FAULT=$kind:$n exec "$ajar" "$@") >"$scratch/stdout" 2>"$scratch/err"
    code=$?
    ! untouched || fresh=yes
    case $code in
    "$good")
        words "$scratch/stdout" | cmp -s - "$scratch/words.good" || { fail "exit $good but other words on stdout"; return; }
        is "$after" || { fail "exit $good but other outputs"; return; }
        ;;
    3 | 5 | 6 | 70)
        # the faults that `scenario check` lists are its answer
        [ "$code" -ne 3 ] || cat "$scratch/stdout" >>"$scratch/err"
        slug || { fail "exit $code without a slug"; return; }
        is before || { fail "files changed, or parts were left"; return; }
        ;;
    *)
        fail "exit $code"
        return
        ;;
    esac
    passed=$((passed + 1))
}

# Whether the state of `work` is the one told: untouched it is that before.
is() {
    [ "$fresh,$1" = yes,before ] || state "$scratch/work" | cmp -s - "$scratch/$1"
}

# loop LABEL EXIT WORDS...: the verb once whole, which ends with EXIT, then with each refusal.
loop() {
    label=$1
    good=$2
    shift 2
    rm -rf "$scratch/base" "$scratch/work"
    mkdir "$scratch/base"
    cp -r "$scratch/small" "$scratch/hosts.csv" "$scratch/crossings.csv" "$scratch/door" \
        "$scratch/door-draft" "$scratch/person.yaml" "$scratch/flee" "$scratch/conflict" "$scratch/base"
    [ ! -d "$scratch/earlier" ] || cp -r "$scratch/earlier" "$scratch/.earlier.kept" "$scratch/base"
    state "$scratch/base" >"$scratch/before"
    cp -r "$scratch/base" "$scratch/work"
    fresh=no
    (cd "$scratch/work" && "$ajar" "$@") >"$scratch/stdout.good" 2>"$scratch/err"
    if [ $? -ne "$good" ]; then
        kind=none n=0
        fail "the verb does not end with $good without a refusal"
        return
    fi
    words "$scratch/stdout.good" >"$scratch/words.good"
    state "$scratch/work" >"$scratch/after"
    # a verb that writes nothing leaves what was
    after=after
    ! cmp -s "$scratch/before" "$scratch/after" || after=before
    for kind in arena open read write rename flush; do
        n=1000000000000 # past the last: nothing is refused, all are counted
        once "$@"
        total=$(sed -n 's/^fault: [a-z]* asked \([0-9]*\)$/\1/p' "$scratch/err" | tail -1)
        total=${total:-0}
        stride=1
        n=1
        while [ "$n" -le "$total" ]; do
            once "$@"
            [ "$n" -le "$dense" ] || stride=$(((total - dense) / samples + 1))
            n=$((n + stride))
        done
        if [ "$stride" -gt 1 ]; then
            n=$total
            once "$@"
        fi
        printf '%-24s %-7s %6d requests\n' "$label" "$kind" "$total"
    done
}

if [ "${2:-}" = whole ]; then
    dense=${FAULT_DENSE:-20}
    rm -rf "$scratch/small"
    cp -r scenarios/exodus2022 "$scratch/small"
    "$ajar" run "$scratch/small" --out "$scratch/earlier" --draws 20 -q >/dev/null 2>&1
    loop "run over what was kept" 0 run small --out earlier --replace --draws 20
    rm -rf "$scratch/earlier"
    dense=5
    loop "run" 0 run small --out out --draws 20
    printf '%d passed, %d failed\n' "$passed" "$failed"
    [ "$failed" -eq 0 ]
    exit
fi

loop "scenario check" 0 scenario check small
loop "scenario show" 0 scenario show small
loop "scenario new" 0 scenario new fresh
loop "aid split of a CSV" 0 aid split hosts.csv --budget 10000000 --tranche 500000 --draws 20 --out aid
loop "aid explain" 0 aid explain hosts.csv --budget 10000000 --host KGZ
loop "watch scan of a CSV" 1 watch scan crossings.csv
loop "watch replay" 0 watch replay crossings.csv
loop "watch net" 0 watch net small
loop "watch claim" 1 watch claim crossings.csv "in Northgate 2024-03-18..2024-03-24 +30%"
loop "doors check" 0 doors check door
loop "doors check of faults" 3 doors check door-draft
loop "doors test" 0 doors test door --mutate
loop "doors list" 0 doors list door --counterfactual
loop "doors list of facts" 0 doors list door --facts
loop "doors eval" 0 doors eval door --facts person.yaml --on 2022-07-01 --counterfactual
loop "doors what-opens" 0 doors what-opens door --facts person.yaml --on 2022-07-01 --door example.entry
loop "doors timeline" 0 doors timeline door --facts person.yaml --on 2022-01-01 --to 2023-01-01 --counterfactual
loop "doors diff" 1 doors diff door --door example.entry --from 2022-05-31 --to 2022-06-01
loop "doors gates" 0 doors gates door --from 2022-05-30 --to 2022-06-02
loop "flow import" 0 flow import flee --out fresh
loop "flow run" 0 flow run conflict --to 2021-03-20 --out tables
loop "flow ensemble" 0 flow ensemble conflict --to 2021-03-20 --members 3 --vary camp_weight=1..2 --out tables
loop "flow counterfactual" 0 flow counterfactual conflict --close "Essa@2021-03-10" --to 2021-03-20 --members 2
loop "flow calibrate" 0 flow calibrate conflict --to 2021-03-20 --draws 50 --vary camp_weight=1..2
loop "flow score" 0 flow score conflict --seeds 1
loop "run of a conflict" 0 run conflict --out out --members 4
"$ajar" run "$scratch/conflict" --out "$scratch/earlier" --members 4 -q >/dev/null 2>&1
loop "run of a conflict again" 0 run conflict --out earlier --replace --members 4
rm -rf "$scratch/earlier"
loop "run" 0 run small --out out --draws 20
"$ajar" run "$scratch/small" --out "$scratch/earlier" --draws 10 -q >/dev/null 2>&1
loop "run over an earlier output" 0 run small --out earlier --replace --draws 20

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
