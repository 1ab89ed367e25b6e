#!/bin/sh
# kept.sh AJAR: a run over an earlier output redoes what a change reaches and nothing else, says so, and writes the
# bytes of a run with --anew.  One change after another, each to the scenario as the one before left it.
set -u
cd "$(dirname "$0")/../.." || exit 1
ajar=$(pwd)/$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0
cp -r scenarios/exodus2022 scenarios/mali2012 "$scratch"
cd "$scratch" || exit 1

# change FILE SED: must change it.
changes=0
change() {
    changes=$((changes + 1))
    cp "$1" before
    sed -i "$2" "$1"
    if cmp -s before "$1"; then
        failed=$((failed + 1))
        printf 'FAILED %s: nothing was changed in %s by %s\n' "$label" "$1" "$2"
    fi
}

quick="--draws 20 --members 20 --rounds 4"
there=

# again LABEL SCENARIO REUSED COMPUTED: pieces of the run, "; " between, as --json names them.
again() {
    label=$1
    # shellcheck disable=SC2086  # options are words on purpose
    "$ajar" run "$2" --out kept/out --replace $quick --json >said.json 2>err || {
        failed=$((failed + 1))
        printf 'FAILED %s: %s\n' "$label" "$(head -3 err)"
        return
    }
    reused=$(tr -d '\n' <said.json | sed 's/.*"reused": \[\([^]]*\)\].*/\1/; s/^ *"//; s/" *$//; s/", *"/; /g')
    computed=$(tr -d '\n' <said.json | sed 's/.*"computed": \[\([^]]*\)\].*/\1/; s/^ *"//; s/" *$//; s/", *"/; /g')
    # of what has not changed since it is there
    if [ "$2 $quick $changes" != "$there" ]; then
        # shellcheck disable=SC2086
        "$ajar" run "$2" --out anew/out --replace $quick --anew -q >/dev/null
        there="$2 $quick $changes"
    fi
    if [ "$reused" != "$3" ] || [ "$computed" != "$4" ]; then
        failed=$((failed + 1))
        printf 'FAILED %s: reused "%s", computed "%s"\n' "$label" "$reused" "$computed"
    elif ! diff -rq kept/out anew/out; then
        failed=$((failed + 1))
        printf 'FAILED %s: other bytes than with --anew\n' "$label"
    else
        passed=$((passed + 1))
    fi
}

mkdir kept anew
E='the runs of the exodus' P='the placing' C='the runs of the conflict' S='the scores of the conflict'
again "the first run" exodus2022 "" "$E; $P"
again "no change" exodus2022 "$E; $P" ""
quick="--draws 20 --members 20 --rounds 5"
again "more rounds of placing" exodus2022 "$E" "$P"
quick="--draws 20 --members 21 --rounds 5"
again "more runs" exodus2022 "" "$E; $P" # the stocks that are placed come from them
label="a figure of the aid split, the wording of a rule"
change exodus2022/hosts.csv 's/^KAZ,gdp_current_usd,[0-9]*/KAZ,gdp_current_usd,215496328925/'
change exodus2022/doors/finland/entry.yaml '/^title:/s/Finland: entry/Finland, entry/'
again "$label" exodus2022 "$E; $P" ""
label="what a lot has"
change exodus2022/place/localities.csv '/^DE-BB-potsdam,/s/clinic;step_free/step_free/'
again "$label" exodus2022 "$E" "$P"
label="the day of a what-if"
change exodus2022/exodus/model.yaml '/doors: .geo., from/s/2022-09-22/2022-09-23/'
again "$label" exodus2022 "$P" "$E"
label="damage to what was kept"
printf 'x' | dd of=kept/.out.kept bs=1 seek=300 conv=notrunc 2>/dev/null
again "$label" exodus2022 "" "$E; $P" # nothing past the damage is believed
rm -rf kept anew && mkdir kept anew
there=
again "a conflict" mali2012 "" "$C; $S"
again "a conflict, no change" mali2012 "$C; $S" ""
quick="--draws 20 --members 20"
again "a conflict, fewer runs" mali2012 "$S" "$C"
label="a camp's room"
change mali2012/flow/places.csv "/^Fassala-Mbera,/s/,75882,/,95882,/"
again "$label" mali2012 "" "$C; $S"

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
