#!/bin/sh
# generated.sh AJAR: the files made from the tables are the ones that are committed (man/, completions/,
# docs/errors.md, docs/scenario.md, docs/rooms.svg), mandoc has nothing to say about the pages, three shells load the
# completions and offer the right words, and docs/json.md names every key that --json prints.
set -u
cd "$(dirname "$0")/../.." || exit 1
root=$(pwd)
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0

# check NAME OUTPUT: passes when OUTPUT is empty.
check() {
    if [ -z "$2" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED %s\n' "$1"
        printf '%s\n' "$2" | head -20 | sed 's/^/    /'
    fi
}

export OFFERS_DUMP="$scratch/zcompdump"
mkdir "$scratch/man" "$scratch/completions"
"$program" gen man "$scratch/man" -q
"$program" gen completions "$scratch/completions" -q
"$program" gen errors "$scratch/errors.md"
"$program" gen scenario "$scratch/scenario.md"
check "the tables of verbs have no slips" "$("$program" gen check 2>&1)"
check "man/ is current (ajar gen man man)" "$(diff -r man "$scratch/man" 2>&1)"
check "completions/ is current (ajar gen completions completions)" \
    "$(diff -r completions "$scratch/completions" 2>&1)"
check "docs/errors.md is current (ajar gen errors docs/errors.md)" \
    "$(diff docs/errors.md "$scratch/errors.md" 2>&1)"
check "docs/scenario.md is current (ajar gen scenario docs/scenario.md)" \
    "$(diff docs/scenario.md "$scratch/scenario.md" 2>&1)"

docs/rooms.sh "$scratch/rooms.svg"
check "docs/rooms.svg is current (docs/rooms.sh docs/rooms.svg)" "$(diff docs/rooms.svg "$scratch/rooms.svg" 2>&1)"

# A page that refers to another one is no fault where neither is installed.
for page in man/*.1; do
    check "mandoc on $page" "$(mandoc -T lint -W style "$page" 2>&1 | grep -v 'referenced manual not found')"
done

# What each shell offers at the end of a line, one word a line, sorted.
offers_bash() {
    # shellcheck disable=SC2016  # the inner shell expands it
    bash --norc -c '
        source completions/ajar.bash
        line=$1
        read -ra COMP_WORDS <<<"${line//=/ = }"
        [[ $line != *" " ]] || COMP_WORDS+=("")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _ajar
        printf "%s\n" "${COMPREPLY[@]}"' offers "$1" 2>&1 | sort
}
offers_zsh() { timeout 60 test/cli/zsh-offers completions/ajar.zsh "$1" 2>&1; }
offers_fish() {
    # shellcheck disable=SC2016
    fish --no-config -c 'source completions/ajar.fish; complete -C $argv[1]' "$1" 2>&1 |
        cut -f 1 | sort
}

# offer LINE WORDS: all three shells offer these words and no others.
offer() {
    printf '%s\n' "$2" | tr ' ' '\n' | grep -v -e '^$' | sort >"$scratch/want"
    for shell in bash zsh fish; do
        "offers_$shell" "$1" | grep -v -e '^$' | sed 's#/$##' >"$scratch/got"
        check "$shell offers after '$1'" "$(diff "$scratch/want" "$scratch/got")"
    done
}
offer "ajar sc" "scenario"
offer "ajar aid " "explain split"
offer "ajar help " "aid doors flow place run scenario trace watch"
offer "ajar doors " "ask check diff eval gates list test timeline what-opens"
offer "ajar flow c" "calibrate counterfactual"
offer "ajar place " "arrivals check compare explain generate import mechanism solve whatif"
offer "ajar doors what" "what-opens"
offer "ajar doors eval --pl" "--plain"
offer "ajar doors eval --lang " "de en ru"
offer "ajar doors eval --kind p" "pathway protection"
offer "ajar doors test --mu" "--mutate"
offer "ajar doors eval --facts scen" "scenarios"
offer "ajar help aid s" "split"
offer "ajar aid split --un" "--unit"
offer "ajar aid split docs/hosts.csv --unit " "EUR USD"
offer "ajar run --progress p" "plain"
offer "ajar aid split --budget 5 --stock" "--stock-sd"
offer "ajar run scen" "scenarios"
offer "ajar aid split --out scen" "scenarios"
offer "ajar aid split --alpha " ""

# Keys of a section of docs/json.md, and of what a command prints.
documented() {
    awk -v want="## $1" '/^## / {on = $0 == want} on && /^\| `/ {split($0, cell, "`"); print cell[2]}' \
        docs/json.md | sort -u
}
printed() {
    jq -r '[paths | map(if type == "number" then "[]" else . end) | join(".") | gsub("\\.\\[\\]"; "[]")
        | sub("\\[\\]$"; "")] | unique | .[]' | sort -u
}
keys() {
    section=$1
    shift
    (cd "$scratch" && "$program" "$@" --json 2>&1) >"$scratch/json"
    compared
}
# The keys of $section beside those of $scratch/json.
compared() {
    documented "$section" >"$scratch/documented"
    printed <"$scratch/json" >"$scratch/printed"
    check "docs/json.md has every key of $section" "$(comm -13 "$scratch/documented" "$scratch/printed")"
    check "$section prints something" "$([ -s "$scratch/printed" ] || echo nothing)"
    check "$section prints every key of docs/json.md" "$(comm -23 "$scratch/documented" "$scratch/printed")"
}
cp docs/hosts.csv "$scratch"
ln -s "$root/scenarios" "$scratch"
keys "ajar scenario new" scenario new small
keys "ajar scenario check" scenario check man
keys "ajar scenario show" scenario show scenarios/exodus2022
keys "ajar scenario new --conflict" scenario new crisis --conflict scenarios/mali2012
keys "ajar run, of a conflict" run scenarios/mali2012 --out conflict-out
keys "ajar run" run scenarios/exodus2022 --out out --draws 20
keys "ajar aid split" aid split hosts.csv --budget 80e6 --draws 20 --tranche 5e5 --out aid
keys "ajar aid explain" aid explain hosts.csv --budget 80e6 --draws 20 --host KGZ
cp -r docs/door docs/developer.yaml "$scratch"
keys "ajar doors check" doors check door
keys "ajar doors list" doors list scenarios/exodus2022 --country FIN
keys "ajar doors list --facts" doors list scenarios/exodus2022 --facts
keys "ajar doors eval" doors eval scenarios/exodus2022 --facts developer.yaml --on 2022-10-05
keys "ajar doors diff" doors diff scenarios/exodus2022 --door fi.entry --from 2022-09-29 --to 2022-09-30
cp -r docs/flee "$scratch"
keys "ajar flow import" flow import flee --out conflict
keys "ajar flow run" flow run conflict
keys "ajar flow ensemble" flow ensemble conflict --members 5 --engine agents
keys "ajar flow counterfactual" flow counterfactual conflict --close "Essa@2021-04-15" --members 5
keys "ajar flow calibrate" flow calibrate conflict --draws 50 --engine agents --vary max_move_speed=100..600
keys "ajar flow score" flow score conflict --seeds 2
keys "ajar flow run, of an exodus" flow run scenarios/exodus2022 --draws 20
printf 'date_from,date_to,country_iso3,route,measure,value\n2022-09-25,2022-09-25,FIN,land,entries_rus,8314\n' >"$scratch/rows.csv"
keys "ajar flow run --rows" flow run scenarios/exodus2022 --draws 20 --rows rows.csv
keys "ajar flow counterfactual, of an exodus" flow counterfactual scenarios/exodus2022 --draws 20 --what-if finland_open
keys "ajar flow score, of an exodus" flow score scenarios/exodus2022 --draws 20
keys "ajar flow score --rows" flow score scenarios/exodus2022 --draws 20 --rows rows.csv
cp -r docs/placement "$scratch"
keys "ajar place solve" place solve placement --on 2022-11-01
for method in leximin maxmin; do
    "$program" place solve docs/placement --on 2022-11-01 --method "$method" --json
done | jq -s '.[1].fair + {levels: .[0].fair.levels}' >"$scratch/json"
section="ajar place solve, fair"
compared
keys "ajar place mechanism" place mechanism placement --on 2022-11-01 --method priority --curve 3
keys "ajar place arrivals" place arrivals placement --on 2022-11-01 --past 4 --batches 4 --floor "arrived=0.2"
keys "ajar place whatif" place whatif placement --plan placement/plan.json --lock h04=cronhof
keys "ajar place explain" place explain placement placement/plan.json
sed 's/"objective_micro": 4/"objective_micro": 5/' docs/placement/plan.json >"$scratch/claimed.json"
keys "ajar place check" place check placement claimed.json
keys "ajar place compare" place compare placement/plan.json placement/plan-fair.csv placement
keys "ajar place import" place import --households placement/desk/families_mended.csv --localities placement/desk/offers.csv --out imported
keys "ajar place generate" place generate --households 20 --localities 4 --least 2 --most 4 --out made
keys "Errors" aid split

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
