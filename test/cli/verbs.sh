#!/bin/sh
# verbs.sh AJAR: answers of every part in each of their forms, for a build with sanitizers and coverage: what the
# golden outputs do not go through.  A command passes when it ends with 0, with 1 (something was found) or as it is
# said here; what a sanitizer finds ends with another code.
set -u
cd "$(dirname "$0")/../.." || exit 1
program=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0
exodus=scenarios/exodus2022
text=$scratch/text
inputs=test/cli/inputs

# ends CODES ARGUMENTS...: AJAR with those arguments ends with one of the codes.
ends() {
    codes=$1
    shift
    "$program" "$@" >"$scratch/out" 2>"$scratch/err"
    code=$?
    case " $codes " in
    *" $code "*) passed=$((passed + 1)) ;;
    *)
        failed=$((failed + 1))
        printf 'FAILED exit %s: ajar %s\n' "$code" "$*"
        tail -n 20 "$scratch/err" | sed 's/^/    /'
        ;;
    esac
}

runs() { ends "0 1" "$@"; }
refused() { ends "2 3" "$@"; }

runs run $exodus --out "$scratch/answers" --members 10 --rounds 4 --anew -q
runs run $exodus --out "$scratch/answers" --members 10 --rounds 4 --replace

for form in "" --json --csv; do
    # shellcheck disable=SC2086  # no form is no word
    {
        runs watch scan docs/crossings.csv --all $form
        runs watch scan $exodus --place FIN --known-by published --as-known 2022-09-23 --since 2022-09-21 $form
        runs watch replay $exodus --place FIN --known-by next-day --all $form
        runs watch net $exodus $form
        runs watch claim $exodus "entries_rus EU27 2022-09-19..2022-09-25 +30%" $form
        runs watch claim $exodus "entries_rus FIN/EU27 2022-09-19..2022-09-25 50%" $form
        runs watch trade $exodus --reporter EU27 $form
    }
done

for form in "" --json; do
    # shellcheck disable=SC2086  # no form is no word
    {
        runs doors check docs/door $form
        runs doors list $exodus --country FIN $form
        runs doors eval $exodus --facts docs/person.yaml --on 2022-10-05 $form
        runs doors what-opens $exodus --facts docs/developer.yaml --on 2022-10-10 --door de.bluecard $form
        runs doors diff $exodus --door fi.entry --from 2022-09-29 --to 2022-09-30 $form
        runs doors ask $exodus --on 2022-10-10 --door de.bluecard $form <docs/answers.txt
    }
done
runs doors test docs/door --mutate --all
runs doors list docs/door --facts
runs doors eval $exodus --facts docs/person.yaml --on 2022-10-05 --plain --lang ru
runs doors eval $exodus --facts - --on 2022-10-05 --plain --lang de <docs/developer.yaml
runs doors timeline $exodus --facts docs/person.yaml --on 2022-09-01 --to 2022-11-01 --country FIN
runs doors gates $exodus --from 2022-09-28 --to 2022-10-02
{ yes '?' | head -60; printf 'KAZ 2022-10-01\nKAZ yesterday\nXXX 2022-10-01\n'; yes '' | head -60; } >"$scratch/answered"
runs doors ask $exodus --on 2022-10-10 --lang ru <"$scratch/answered"
for wrong in "--on never" "--on 2022-10-05 --door fi.entri" "--on 2022-10-05 --country Finland" "--on 2022-10-05 --country BRA"; do
    # shellcheck disable=SC2086  # options are words on purpose
    refused doors eval $exodus --facts docs/person.yaml $wrong
done
refused doors check docs/door-draft

# A conflict in Flee's files.
runs flow import docs/flee --out "$text" --all
for form in "" --json; do
    # shellcheck disable=SC2086  # no form is no word
    {
        runs flow import docs/flee --out "$scratch/conflict$form" $form
        runs flow run "$text" --out "$scratch/run$form" $form
        runs flow run "$text" --from 2021-04-01 --as-known 2021-04-15 --rules ajar --set camp_weight=2 $form
        runs flow ensemble "$text" --members 5 --vary camp_weight=1..2 --out "$scratch/members$form" $form
        runs flow counterfactual "$text" --members 3 --close "Essa@2021-04-15" --out "$scratch/shut$form" $form
        runs flow calibrate "$text" --draws 50 --vary camp_weight=1..2 $form
        runs flow score "$text" --seeds 2 $form
    }
done
runs flow score "$text" --seeds 2 --csv
for wrong in "--from 2022-01-01" "--to 2021-01-01" "--set no_such=1" "--set camp_weight=-1"; do
    # shellcheck disable=SC2086  # options are words on purpose
    refused flow run "$text" $wrong
done
refused flow ensemble "$text" --vary camp_weigt=1..2
refused flow counterfactual "$text" --close "Esa@2021-04-15"
runs scenario check "$text"
runs run "$text" --out "$scratch/report" -q
runs run "$text" --out "$scratch/report-json" --json

# An exodus; the answers of a few draws.
for form in "" --json; do
    # shellcheck disable=SC2086  # no form is no word
    {
        runs flow run $exodus --draws 3 --out "$scratch/exodus$form" $form
        runs flow run $exodus --draws 3 --rows $inputs/asked.csv --out "$scratch/rows$form.csv" $form
        refused flow run $exodus --draws 3 --rows $inputs/asked-badly.csv $form
        runs flow counterfactual $exodus --draws 3 --what-if georgia_shut --close geo@2022-09-22..2022-10-05 $form
        runs flow score $exodus --draws 3 $form
        runs flow score $exodus --draws 3 --rows $inputs/asked.csv $form
    }
done
runs flow calibrate $exodus --quick --json
runs flow run $exodus --draws 3 --csv
runs flow score $exodus --draws 3 --csv
refused flow ensemble $exodus
refused flow run $exodus --hasten 2
refused flow counterfactual $exodus --what-if none

for form in "" --json; do
    # shellcheck disable=SC2086  # no form is no word
    runs place import --households docs/placement/desk/families.csv --localities docs/placement/desk/offers.csv \
        --with docs/placement/desk --out "$scratch/desk" --replace $form
done

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
