#!/bin/sh
# examples.sh AJAR: runs every example of the tables of verbs, and every ```console block of README.md
# and docs/*.md, in a folder where docs/ and scenarios/ are;
# each page has a folder of its own, so that whoever follows one needs no other.
#   How a block is read stands in blocks.sh.  A command that is neither `ajar` nor one of cp, diff, for and
#   grep (./run, apt) sets up the machine and is not run; those of docs/library.md run in
#   test/frame/library.sh.
set -u
cd "$(dirname "$0")/../.." || exit 1
root=$(pwd)
. test/cli/blocks.sh
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0
PATH=$(dirname "$program"):$PATH
OUT=$scratch/out
export PATH OUT
mkdir "$OUT"

home() {
    cd "$scratch" && rm -rf home && mkdir -p home/out || exit 1
    ln -s "$root/docs" "$root/scenarios" "$root/test" home
    cd home || exit 1
}
home

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

for page in "$root"/README.md "$root"/docs/*.md; do
    [ -f "$page" ] || continue
    [ "${page##*/}" != library.md ] || continue
    home
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
        ajar* | "cp "* | "diff "* | "for "* | "grep "*) ;;
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
