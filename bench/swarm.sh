#!/bin/sh
# What docs/scale.md says of this machine: one large run and an ensemble on one rank and on two, the least of
# three tries each; three and four ranks for the bytes alone.  Prints Markdown.
#
#   bench/swarm.sh BUILD [DAYS]     BUILD: a release build with ajar-swarm; DAYS: of the run, 1 to 1095
#
# A rank that waits for one that has no core measures the other work of the machine.  Where there is some,
# FIRST="chrt -r 1" gives the ranks the cores for the second or less that each try takes (needs root).
set -eu
cd "$(dirname "$0")/.."
build=$1
days=${2:-365}
first=${FIRST:-}
swarm=$build/src/swarm/ajar-swarm
ajar=$build/src/cli/ajar
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_pml=ob1 OMPI_MCA_btl=self,vader
export OMPI_MCA_btl_vader_single_copy_mechanism=none
syria=$scratch/syria
"$ajar" flow import test/flow/data/syria2013 --out "$syria" -q >/dev/null
to=$(date -u -d "2013-01-01 + $((days - 1)) days" +%Y-%m-%d)

# grid DIR PEOPLE DAYS: a scenario of 100 x 100 places, each with roads of 60 km to its neighbours; people start
# in one corner, and every hundredth place is a camp.
grid() {
    mkdir -p "$1/flow"
    awk -v dir="$1/flow/" -v people="$2" -v last="$(date -u -d "2020-01-01 + $(($3 - 1)) days" +%Y-%m-%d)" 'BEGIN {
        places = dir "places.csv"; roads = dir "roads.csv"; reports = dir "reports.csv"
        print "name,country,lat,lon,type,conflict_from,population,capacity" >places
        print "a,b,km" >roads
        print "series,place,date,count" >reports
        printf "total,,2020-01-01,0\ntotal,,%s,%d\n", last, people >reports
        for (k = 0; k < 10000; k++) {
            row = int(k / 100); column = k % 100; camp = column == 99
            printf "p%d,c,%.1f,%.1f,%s,%s,%s,%s\n", k, row / 2, column / 2, camp ? "camp" : k == 0 ? "conflict" : "town",
                k == 0 ? "2020-01-01" : "", k == 0 ? 1000000 : "", camp ? int(people / 100 * 1.5) : "" >places
            if (column < 99) printf "p%d,p%d,60\n", k, k + 1 >roads
            if (row < 99) printf "p%d,p%d,60\n", k, k + 100 >roads
            if (camp) printf "place,p%d,2020-01-01,0\nplace,p%d,%s,%d\n", k, k, last, people / 100 >reports
        }
    }'
    printf 'title: "grid"\nstart: 2020-01-01\ndays: %d\nrules: flee\n' "$3" >"$1/flow/flow.yaml"
}

# best RANKS WORDS...: what the quickest of three tries says of itself.
best() {
    ranks=$1
    shift
    for _ in 1 2 3; do
        # shellcheck disable=SC2086  # words on purpose
        $first mpirun --bind-to core -n "$ranks" "$swarm" "$@" --out "$scratch/out-$ranks" --replace 2>&1 |
            grep -E '^[0-9]+ ranks?:'
    done | sort -t: -k2 -n | head -1
}

# Takes "N ranks: S s for D days and M million agent-days; A messages a day of B numbers; at most K MiB a rank".
row() {
    printf '%s\n' "$2" | awk -v name="$1" -v base="$3" '{
        printf "| %s | %d | %.1f | %.2f | %.2f | %.0f | %.1f | %.0f | %d |\n",
            name, $1, $9, $3, (base > 0 ? base / $3 : 1), $9 / $3 / $1, $12, $17, $(NF - 3)
    }'
}
seconds() { printf '%s\n' "$1" | awk '{print $3}'; }

one=$(best 1 run "$syria" --to "$to")
two=$(best 2 run "$syria" --to "$to")
half=$(best 1 run "$syria" --to "$to" --hasten 2)
printf '| run | ranks | million agent-days | s | times one rank | million agent-days a second and rank | messages a day | numbers in one | MiB a rank |\n'
printf '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n'
row "syria2013, $days days: everybody (strong)" "$one" 0
row "syria2013, $days days: everybody (strong)" "$two" "$(seconds "$one")"
row "half of the people on one rank (weak)" "$half" 0
row "everybody on two (weak)" "$two" "$(seconds "$half")"

# compare NAME WORDS...
compare() {
    name=$1
    shift
    one=$(best 1 "$@")
    two=$(best 2 "$@")
    row "$name" "$one" 0
    row "$name" "$two" "$(seconds "$one")"
}
"$ajar" flow import test/flow/data/burundi2015 --out "$scratch/burundi" -q >/dev/null
grid "$scratch/few" 1000 60
grid "$scratch/some" 400000 60
grid "$scratch/many" 4000000 60
compare "syria2013, 1,095 days, a tenth of the people" run "$syria" --hasten 10
compare "the same, a thousandth" run "$syria" --hasten 1000
compare "burundi2015, 396 days" run "$scratch/burundi"
compare "grid of 10,000 places, 60 days, 400,000 people who wander" run "$scratch/some"
compare "the same, ten times the people, 20 days" run "$scratch/many" --to 2020-01-20
compare "the same, 1,000 people, 60 days" run "$scratch/few"

printf '\n| mali2012, members of the agent engine | ranks | s | times one rank |\n| --- | ---: | ---: | ---: |\n'
few="ensemble scenarios/mali2012 --engine agents --members 8"
# shellcheck disable=SC2086  # words on purpose
{
    alone=$(best 1 $few)
    pair=$(best 2 $few)
}
printf '| 8 | 1 | %s | 1 |\n' "$(seconds "$alone")"
printf '| 8 | 2 | %s | %s |\n' "$(seconds "$pair")" \
    "$(awk -v a="$(seconds "$alone")" -v b="$(seconds "$pair")" 'BEGIN {printf "%.2f", a / b}')"

"$ajar" flow run "$syria" --to 2013-06-30 --out "$scratch/single" -q >/dev/null
for ranks in 1 2 3 4; do
    mpirun --oversubscribe --bind-to none -n $ranks "$swarm" run "$syria" --to 2013-06-30 --out "$scratch/bytes" --replace -q
    diff -r "$scratch/single" "$scratch/bytes"
done
# shellcheck disable=SC2016  # backquotes are Markdown
printf '\nThe first 181 days: the same bytes from `ajar flow run` and on 1, 2, 3 and 4 ranks.\n'
