#!/bin/sh
# examples.sh AJAR: runs every example of the tables of verbs, and every ```console block of README.md
# and docs/*.md, in a folder where docs/ and scenarios/ are.
#   In a block a line "$ COMMAND" is run and has to exit 0, or N where "# exit N" ends the line; the
#   lines up to the next command are what it prints, when there are any: a line "..." stands for any
#   lines, "..." inside a line for any text.  A command that is not `ajar` (./run, apt) sets up the
#   machine and is not run.
set -u
cd "$(dirname "$0")/../.." || exit 1
root=$(pwd)
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0
PATH=$(dirname "$program"):$PATH
OUT=$scratch/out
export PATH OUT
mkdir "$scratch/home" "$scratch/home/out" "$OUT"
ln -s "$root/docs" "$root/scenarios" "$scratch/home"
cd "$scratch/home" || exit 1

# run WHERE EXIT COMMAND: what it prints goes to $scratch/got.
run() {
    sh -c "$3" >"$scratch/got" 2>&1 </dev/null
    code=$?
    [ "$code" = "$2" ] && return
    failed=$((failed + 1))
    printf 'FAILED %s: exit %s, not %s: %s\n' "$1" "$code" "$2" "$3"
    head -5 "$scratch/got" | sed 's/^/    /'
    return 1
}

tab=$(printf '\t')
"$program" gen examples >"$scratch/list"
while IFS=$tab read -r want command; do
    run "example" "$want" "$command" && passed=$((passed + 1))
done <"$scratch/list"

# Whether file `got` matches file `want` with its "...".
matches() {
    awk '
        function part(pattern, text,    pieces, n, i, at) {
            n = split(pattern, pieces, /\.\.\./)
            if (n <= 1) return pattern == text
            if (substr(text, 1, length(pieces[1])) != pieces[1]) return 0
            text = substr(text, length(pieces[1]) + 1)
            for (i = 2; i < n; i++) {
                at = index(text, pieces[i])
                if (at == 0) return 0
                text = substr(text, at + length(pieces[i]))
            }
            return length(text) >= length(pieces[n]) &&
                substr(text, length(text) - length(pieces[n]) + 1) == pieces[n]
        }
        function from(i, k) {
            for (; i <= wants && want[i] != "..."; i++) {
                if (k > gots || !part(want[i], got[k])) return 0
                k++
            }
            if (i > wants) return k > gots
            for (; k <= gots + 1; k++) if (from(i + 1, k)) return 1
            return 0
        }
        NR == FNR {want[++wants] = $0; next}
        {got[++gots] = $0}
        END {exit !from(1, 1)}' "$1" "$2"
}

# The blocks of a page, a folder each command: N/command, N/line (of the page), N/want.
blocks() {
    awk -v to="$2" '
        /^```console$/ {inside = 1; next}
        /^```/ {inside = 0; next}
        !inside {next}
        /^\$ / {
            n++
            system("mkdir -p " to "/" n)
            print substr($0, 3) >(to "/" n "/command")
            print FNR >(to "/" n "/line")
            printf "" >(to "/" n "/want")
            next
        }
        n {print >(to "/" n "/want")}' "$1"
}

for page in "$root"/README.md "$root"/docs/*.md; do
    [ -f "$page" ] || continue
    rm -rf "$scratch/blocks"
    mkdir "$scratch/blocks"
    blocks "$page" "$scratch/blocks"
    n=1
    while [ -d "$scratch/blocks/$n" ]; do
        block=$scratch/blocks/$n
        n=$((n + 1))
        command=$(cat "$block/command")
        where="${page#"$root"/}:$(cat "$block/line")"
        case $command in
        ajar*) ;;
        *) continue ;;
        esac
        want=$(printf '%s\n' "$command" | sed -n 's/.*# exit \([0-9]*\).*/\1/p')
        run "$where" "${want:-0}" "$command" || continue
        if [ -s "$block/want" ] && ! matches "$block/want" "$scratch/got"; then
            failed=$((failed + 1))
            printf 'FAILED %s: %s prints other lines\n' "$where" "$command"
            diff "$block/want" "$scratch/got" | head -10 | sed 's/^/    /'
            continue
        fi
        passed=$((passed + 1))
    done
done

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
