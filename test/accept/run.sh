#!/bin/sh
# shellcheck disable=SC2016  # words in single quotes are for jq
# run.sh AJAR: plays the cases of *.txt (README.md has the sentences) and counts the Then's that hold.
set -u
cd "$(dirname "$0")/../.." || exit 1
root=$(pwd)
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0

ok() { passed=$((passed + 1)); }

wrong() {
    failed=$((failed + 1))
    printf 'FAILED %s:%s: %s\n    %s\n    found: %s\n' "$page" "$at" "$title" "$line" "$1"
}

# The form of the sentences is fixed; a slip in a test is no result.
unknown() {
    printf '%s:%s: there is no such sentence: %s\n' "$page" "$at" "$line"
    exit 2
}

# The tables of a case as the CSV that `ajar aid` reads: money in millions, "-" for an empty cell.
csv() {
    awk '
        FNR == 1 && NR > 1 {next}
        FNR == 1 {
            split("people stock_persons has funded income gdp_per_capita", words, " ")
            for (i = 1; i < 6; i += 2) name[words[i]] = words[i + 1]
            for (i = 1; i <= NF; i++) {
                money[i] = $i ~ /^(need|has|cap|floor|ceiling)$/
                printf "%s%s", (i > 1 ? "," : ""), ($i in name ? name[$i] : $i)
            }
            print ""
            next
        }
        {
            for (i = 1; i <= NF; i++)
                printf "%s%s", (i > 1 ? "," : ""), ($i == "-" ? "" : money[i] ? $i "e6" : $i)
            print ""
        }' "$@" >"$case_dir/hosts.csv"
}

split_now() {
    [ ! -f "$case_dir/split.json" ] || mv "$case_dir/split.json" "$case_dir/before.json"
    # shellcheck disable=SC2086  # words on purpose
    (cd "$case_dir" && "$program" aid split hosts.csv --budget "${budget}e6" --alpha "$alpha" \
        --tranche "${tranche}e6" --draws 0 --json) >"$case_dir/said" 2>&1
    code=$?
    [ "$code" -ne 0 ] || cp "$case_dir/said" "$case_dir/split.json"
}

# Daily counts as a CSV; the date is in the first column.
csv_counts() {
    awk '{for (i = 1; i <= NF; i++) printf "%s%s", (i > 1 ? "," : ""), $i; print ""}' "$1" >"$case_dir/counts.csv"
}

# `ajar watch` as JSON; what it says goes to `said`.
watch() {
    (cd "$case_dir" && "$program" watch "$@" --json) >"$case_dir/said" 2>&1
    code=$?
    [ "$code" -gt 1 ] || cp "$case_dir/said" "$case_dir/watch.json"
}

# `ajar doors VERB` for the person of the case, as JSON; the last word is the day of knowledge.
doors() {
    verb=$1
    shift
    known=$5
    sed 's/^  //' "$case_dir/person.yaml" >"$case_dir/facts.yaml"
    (cd "$case_dir" && "$program" doors "$verb" "$root/scenarios/exodus2022" --facts facts.yaml "$1" "$2" "$3" "$4" \
        --as-known "$known" --json) >"$case_dir/said" 2>&1
    code=$?
    [ "$code" -ne 0 ] || cp "$case_dir/said" "$case_dir/doors.json"
}

# `ajar place VERB` on the programme of the case, as JSON; its plan file is plan.json.
place() {
    verb=$1
    shift
    (cd "$case_dir" && "$program" place "$verb" programme "$@" --on 2022-11-01 --json) >"$case_dir/said" 2>&1
    code=$?
    [ "$code" -gt 1 ] || cp "$case_dir/said" "$case_dir/place.json"
}

# jq over the last answer of `ajar place`, and over the plan file.
placed() {
    [ -f "$case_dir/place.json" ] || { head -2 "$case_dir/said"; return; }
    jq -r --arg who "${who:-}" --slurpfile file "$case_dir/plan.json" "$1" "$case_dir/place.json"
}

# jq over the last answer of `ajar doors`; blanks in conditions do not count.
door() {
    [ -f "$case_dir/doors.json" ] || { head -2 "$case_dir/said"; return; }
    jq -r --arg want "${want:-}" '
        def set: [.steps[].condition] | sort | join("; ");
        def asked: $want | split("; ") | sort | join("; "); '"$1" "$case_dir/doors.json"
}

# jq over the last answer of `ajar watch`.
seen() {
    [ -f "$case_dir/watch.json" ] || { head -2 "$case_dir/said"; return; }
    jq -r --arg day "${day:-}" "$1" "$case_dir/watch.json"
}

given() {
    case $1 in
    'hosts, money in million USD:') table=hosts ;;
    'later hosts:') table=later ;;
    'daily counts:') table=counts ;;
    'a person:') table=person.yaml ;;
    'a small scenario') "$program" scenario new "$case_dir/small" -q >/dev/null ;;
    'the made-up programme') folder=programme && cp -rL "$root/docs/placement" "$case_dir/programme" ;;
    'in '*', line '*' is '*)
        file=${1#in } && file=${file%%,*}
        rest=${1#*, line }
        words=${rest#*, }
        sed -i "${rest%%,*}s#${words% is *}#${words##* is }#" "$case_dir/$folder/$file"
        ;;
    *' also has the line: '*) printf '%s\n' "${1#* also has the line: }" >>"$case_dir/$folder/${1%% *}" ;;
    *' lacks line '*) sed -i "${1##* }d" "$case_dir/$folder/${1%% *}" ;;
    *) unknown ;;
    esac
}

when() {
    table=''
    case $1 in
    *' million USD are split'*)
        budget=${1%% *}
        case $1 in *' at alpha '*) alpha=${1#* at alpha } && alpha=${alpha%% *} ;; esac
        case $1 in *' in tranches of '*) tranche=${1#* in tranches of } && tranche=${tranche%% *} ;; esac
        csv "$case_dir/hosts"
        split_now
        ;;
    'the budget is '*' million') budget=${1#the budget is } && budget=${budget% million} && split_now ;;
    'alpha is '*) alpha=${1#alpha is } && split_now ;;
    'the later hosts join') csv "$case_dir/hosts" "$case_dir/later" && split_now ;;
    *' asks why')
        (cd "$case_dir" && "$program" aid explain hosts.csv --budget "${budget}e6" --alpha "$alpha" \
            --draws 0 --host "${1% asks why}") >"$case_dir/said" 2>&1
        code=$?
        ;;
    'the counts are watched'*)
        csv_counts "$case_dir/counts"
        words=${1#the counts are watched}
        # shellcheck disable=SC2086  # words on purpose
        watch scan counts.csv ${words# with }
        ;;
    *' of '*' are watched as known on '*)
        words=${1#* of }
        day=${1#* as known on }
        watch scan "$root/scenarios/exodus2022" --place "${words%% *}" --measure "${1%% *}" \
            --as-known "${day%% *}" --known-by "${1##* by }"
        ;;
    'somebody says '*) watch claim "$root/scenarios/exodus2022" "${1#somebody says }" ;;
    'trade of '*' is watched')
        words=${1#trade of }
        watch trade "$root/scenarios/exodus2022" --reporter EU27 --partner "${words%% *}"
        ;;
    *' is asked on '*)
        words=${1#* is asked on }
        case $words in *' by what was known on '*) ;; *) words="$words by what was known on $words" ;; esac
        doors eval --door "${1%% *}" --on "${words%% *}" "${words#* by what was known on }"
        ;;
    'what opens '*' on '*)
        words=${1#what opens }
        doors what-opens --door "${words%% *}" --on "${1##* on }" "${1##* on }"
        ;;
    *' of '*' is compared with that of '*)
        words=${1#* of }
        (cd "$case_dir" && "$program" doors diff "$root/scenarios/exodus2022" --door "${1%% *}" \
            --from "${words%% *}" --to "${1##* }" --json) >"$case_dir/said" 2>&1
        code=$?
        cp "$case_dir/said" "$case_dir/doors.json"
        ;;
    'the programme is placed'*)
        method=${1#the programme is placed} && method=${method:-total}
        rm -f "$case_dir/plan.json"
        place solve --method "${method# by }" --plan plan.json
        ;;
    'the plan is checked') place check plan.json ;;
    *' asks for its reasons') place explain plan.json --household "${1%% *}" ;;
    *' is locked to '*', and at most '*' others may move')
        words=${1#* is locked to }
        moves=${1#*, and at most }
        place whatif --plan plan.json --lock "${1%% *}=${words%%,*}" --moves "${moves%% *}"
        ;;
    *' has '*' only, and at most '*' others may move')
        words=${1#* has }
        words=${words%% only,*}
        moves=${1#*, and at most }
        place whatif --plan plan.json --capacity "${1%% *}.${words#* }=${words%% *}" --moves "${moves%% *}"
        ;;
    'the scenario is checked')
        (cd "$case_dir" && "$program" scenario check small) >"$case_dir/said" 2>&1
        code=$?
        ;;
    *) unknown ;;
    esac
}

# jq over the split; `b` is the one before.
ask() {
    [ -f "$case_dir/before.json" ] || echo null >"$case_dir/before.json"
    [ -f "$case_dir/split.json" ] || { head -2 "$case_dir/said"; return; }
    jq -r --slurpfile before "$case_dir/before.json" --arg host "${host:-}" \
        'def of($h): .hosts[] | select(.host == $h); $before[0] as $b |
        def was($h): $b.hosts[] | select(.host == $h); '"$1" "$case_dir/split.json"
}

# near FOUND WANTED LEAST: equal to as many decimals as are written, at least LEAST.
near() {
    if awk -v a="$1" -v b="$2" -v least="$3" 'BEGIN {
        n = index(b, ".") ? length(b) - index(b, ".") : 0
        n = n < least ? least : n
        d = a - b
        exit !(a ~ /^-?[0-9]/ && (d < 0 ? -d : d) <= 0.5 * 10 ^ -n)}'; then
        ok
    else
        wrong "$1"
    fi
}

# is FOUND WANTED
is() { if [ "$1" = "$2" ]; then ok; else wrong "$1"; fi; }

limit_word() {
    case $1 in
    'its absorption cap') echo 'absorption cap' ;;
    'the budget') echo budget ;;
    'its need') echo 'need covered' ;;
    'its ceiling') echo ceiling ;;
    'its floor') echo floor ;;
    'what it has') echo 'funded above level' ;;
    *) unknown ;;
    esac
}

then_split() {
    host=${1%% *}
    case $1 in
    'nobody gets less than before')
        is "$(ask '[.hosts[] | select(.amount < was(.host).amount - 1e-6) | .host] | join(" ")')" '' ;;
    'nobody gets more than before')
        is "$(ask '[$b.hosts[].host] as $old | [.hosts[] | select(.host | IN($old[]))
            | select(.amount > was(.host).amount + 1e-6) | .host] | join(" ")')" '' ;;
    *' gets more than before') is "$(ask 'of($host).amount > was($host).amount + 1e-6')" true ;;
    *' gets less than before') is "$(ask 'of($host).amount < was($host).amount - 1e-6')" true ;;
    *' gets as much as before') is "$(ask '(of($host).amount - was($host).amount) | fabs < 1e-6')" true ;;
    *' gets '*' million in tranches')
        words=${1#* gets }
        near "$(ask 'of($host).rounded / 1e6')" "${words%% *}" 2
        ;;
    *' gets '*' million, limited by '*)
        words=${1#* gets }
        near "$(ask 'of($host).amount / 1e6')" "${words%% *}" 2
        is "$(ask 'of($host).limited_by')" "$(limit_word "${1#* limited by }")"
        ;;
    *' gets '*' million')
        words=${1#* gets }
        near "$(ask 'of($host).amount / 1e6')" "${words%% *}" 2
        ;;
    'all that the budget limits are covered '*' percent')
        words=${1#* covered }
        near "$(ask '[.hosts[] | select(.limited_by == "budget") | .coverage] | min * 100')" "${words%% *}" 1
        near "$(ask '[.hosts[] | select(.limited_by == "budget") | .coverage] | max * 100')" "${words%% *}" 1
        ;;
    'nobody below its limit is covered less than '*)
        host=${1##* }
        is "$(ask '[of($host).coverage as $c | .hosts[] | select(.limited_by == "budget" and
            .coverage < $c - 1e-9) | .host] | join(" ")')" ''
        ;;
    *' is covered '*' percent')
        words=${1#* covered }
        near "$(ask 'of($host).coverage * 100')" "${words%% *}" 1
        ;;
    'all money is spent') near "$(ask '.unspent / 1e6')" 0 6 ;;
    *' million stay unspent') near "$(ask '.unspent / 1e6')" "$host" 2 ;;
    'the proof holds') is "$(ask '.kkt_residual < 1e-9 and .budget_residual < 1e-9')" true ;;
    *) unknown ;;
    esac
}

then_watch() {
    case $1 in
    'an alarm rings for '*)
        day=${1##* }
        is "$(seen '[.alarms[] | select(.from == $day)] | length > 0')" true
        ;;
    'nothing rings') is "$(seen '.alarms | length')" 0 ;;
    'the shift began on '*) is "$(seen '.alarms[-1].run_from')" "${1##* }" ;;
    'it could have rung from '*) is "$(seen '[.alarms[].earliest.day] | min')" "${1##* }" ;;
    'chance does the same once in '*' days')
        words=${1#*once in }
        near "$(seen '1 / .alarms[-1].verdict.p')" "${words%% *}" 0
        ;;
    'the claim is '*) is "$(seen '.verdict')" "${1##* }" ;;
    'it is a 3-sigma event only below '*' percent')
        words=${1#* only below }
        near "$(seen '.sigma3_most * 100')" "${words%% *}" 1
        ;;
    'the mirror ratio of '*)
        words=${1#the mirror ratio of }
        near "$(seen "[.partners[].years[] | select(.year == ${words%% *})][0].mirror_ratio")" "${1##* }" 2
        ;;
    *) then_doors "$1" ;;
    esac
}

then_place() {
    who=${1%% *}
    case $1 in
    *' goes to '*) is "$(placed '$file[0].plan[] | select(.household == $who) | .locality')" "${1##* }" ;;
    *' has no place') is "$(placed '$file[0].plan[] | select(.household == $who) | .locality')" null ;;
    *' fits nowhere, for want of '*)
        is "$(placed '.unplaced[] | select(.household == $who and .nowhere) | .what')" "${1##* }" ;;
    'no plan is worth more') is "$(placed '.proven')" true ;;
    'the plan holds') is "$(placed '.holds')" true ;;
    'the plan breaks '*) is "$(placed '[.faults[].slug] | unique | join(" ")')" "${1#the plan breaks }" ;;
    'the worst-off has '*) near "$(placed '.worst[0].score_micro / 1e6')" "${1##* }" 3 ;;
    'the total is '*) near "$(placed '.objective_micro / 1e6')" "${1##* }" 3 ;;
    'fairness costs '*) near "$(placed '.fair.price_micro / 1e6')" "${1##* }" 3 ;;
    *' moves to '*) is "$(placed '.moves[] | select(.household == $who) | .to')" "${1##* }" ;;
    *' loses its place') is "$(placed '.moves[] | select(.household == $who) | .to')" null ;;
    *' others move') is "$(placed '.others')" "$who" ;;
    'the lock of '*' costs '*)
        who=${1#the lock of } && who=${who%% *}
        near "$(placed '.locks[] | select(.household == $who) | .found_micro / 1e6')" "${1##* }" 3
        ;;
    'no such plan is found') is "$(placed '.possible')" false ;;
    'nothing of it is secret') is "$(grep -cE 'sex|House for women|fears a person' "$case_dir/said")" 0 ;;
    *) then_split "$1" ;;
    esac
}

then_doors() {
    case $1 in
    'the door is '*) is "$(door '.doors[0].status')" "${1##* }" ;;
    'rule '*' decides')
        want=${1#rule } && want=${want%% *}
        is "$(door '[.doors[0].rules[] | select(.decides and .certain) | .rule] | index($want) != null')" true
        ;;
    'it opens first with '*)
        want=${1#it opens first with }
        is "$(door '.doors[0].opening_sets[0] | set')" "$(door 'asked')"
        ;;
    'it opens with '*)
        want=${1#it opens with }
        is "$(door '[.doors[0].opening_sets[] | set] | if index(asked) != null then asked else join(" | ") end')" "$(door 'asked')"
        ;;
    'that leads to discretion') is "$(door '[.doors[0].opening_sets[] | select(set == asked) | .leads_to] | join(" ")')" DISCRETION ;;
    'nothing opens it') is "$(door '.doors[0].opening_sets_total')" 0 ;;
    'it asks for '*)
        want=${1#it asks for }
        is "$(door '[.doors[0].missing[].fact] | index($want) != null')" true
        ;;
    'it can change on '*) is "$(door '.doors[0].valid_until')" "${1##* }" ;;
    'no known day changes it') is "$(door '.doors[0].valid_until')" null ;;
    'practice is '*) is "$(door '[.doors[0].practice[].effect] | join(" ")')" "${1##* }" ;;
    'it is contested') is "$(door '.doors[0].contested')" true ;;
    'no safe set stands behind a dangerous one')
        is "$(door '[.doors[0].opening_sets[] | select(.leads_to == "OPEN") | .contacts_origin_state] | . == sort')" true ;;
    'an application for asylum would close '*)
        want=${1##* }
        is "$(door '.asylum_application_closes | index($want) != null')" true
        ;;
    *' goes from '*' to '*)
        want=${1% goes from *}
        words=${1##* goes from }
        is "$(door '[.comparisons[0].changes[] | select(.who | contains($want)) | .before + " to " + .after] | unique | join(", ")')" "$words"
        ;;
    'nobody gains') is "$(door '[.comparisons[].changes[] | select(.after == "OPEN")] | length')" 0 ;;
    *) then_place "$1" ;;
    esac
}

then_holds() {
    table=''
    case $1 in
    'it is refused as wrong use') is "exit $code" "exit 2" ;;
    'it is refused as bad data') is "exit $code" "exit 3" ;;
    'it is refused as infeasible') is "exit $code" "exit 4" ;;
    'it says: '*)
        tr -s ' \n' ' ' <"$case_dir/said" >"$case_dir/words"
        if grep -qF -- "${1#it says: }" "$case_dir/words"; then ok; else wrong "$(head -c 300 "$case_dir/words")"; fi
        ;;
    'it has no faults') is "exit $code" "exit 0" ;;
    'it has the fault '*' in '*', line '*)
        slug=${1#it has the fault } && slug=${slug%% *}
        file=${1#* in } && file=${file%%,*}
        if grep -E "^small/$file:${1##* }:" "$case_dir/said" | grep -qF "[$slug]"; then
            ok
        else
            wrong "$(head -3 "$case_dir/said")"
        fi
        ;;
    *) then_watch "$1" ;;
    esac
}

begin() {
    title=$1
    case_dir=$scratch/case
    rm -rf "$case_dir"
    mkdir "$case_dir"
    folder=small budget='' alpha=inf tranche=0 table='' kind='' code='' day=''
}

for page in test/accept/*.txt; do
    at=0
    while IFS= read -r line <&3; do
        at=$((at + 1))
        words=${line#* }
        case $line in
        '' | '#'*) continue ;;
        'Case: '*) begin "${line#Case: }" ;;
        '  '*)
            [ -n "$table" ] || unknown
            printf '%s\n' "$line" >>"$case_dir/$table"
            ;;
        'Given '*) kind=given && given "$words" ;;
        'When '*) kind=when && when "$words" ;;
        'Then '*) kind=then_holds && then_holds "$words" ;;
        'And '*) "${kind:-unknown}" "$words" ;;
        *) unknown ;;
        esac
    done 3<"$root/$page"
done
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
