#!/bin/sh
# golden.sh AJAR [--bless]: runs every command of golden.txt and compares its exit code, stdout and
# stderr with golden/NAME.out and golden/NAME.err (an absent .err: stderr is empty).  --bless writes
# those files anew; look at the difference before you keep it.  Then what no file can hold: colour on
# a terminal, and Ctrl-C.
set -u
cd "$(dirname "$0")/../.." || exit 1
root=$(pwd)
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
bless=${2:-}
golden=$root/test/cli/golden
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0
unset NO_COLOR
TERM=dumb
PATH=$(dirname "$program"):$PATH
export PATH TERM

ok() { passed=$((passed + 1)); }

fail() {
    failed=$((failed + 1))
    printf 'FAILED %s: %s\n' "$name" "$1"
}

# A folder where docs/ and scenarios/ are, with small inputs of this test beside them.
mkdir "$scratch/home"
cd "$scratch/home" || exit 1
ln -s "$root/docs" "$root/scenarios" .
cp "$root"/test/cli/inputs/* .
"$program" scenario new small -q >/dev/null || exit 1

# One command in a copy of that folder, so that none sees what another left.
once() {
    rm -rf "$scratch/work"
    cp -r "$scratch/home" "$scratch/work"
    (cd "$scratch/work" && sh -c "$1") >"$scratch/out" 2>"$scratch/err" </dev/null
    code=$?
}

same() {
    if [ "$bless" = --bless ]; then
        if [ -s "$1" ] || [ "$2" != "${2%.out}" ]; then cp "$1" "$2"; else rm -f "$2"; fi
    elif [ -f "$2" ]; then
        diff -u "$2" "$1" >"$scratch/diff"
    else
        diff -u /dev/null "$1" >"$scratch/diff"
    fi
}

while read -r name want command; do
    case $name in '' | '#'*) continue ;; esac
    once "$command"
    if [ "$code" != "$want" ]; then
        fail "exit $code, not $want"
        sed 's/^/    /' "$scratch/err" | head -5
    elif ! same "$scratch/out" "$golden/$name.out"; then
        fail "stdout"
        sed 's/^/    /' "$scratch/diff" | head -20
    elif ! same "$scratch/err" "$golden/$name.err"; then
        fail "stderr"
        sed 's/^/    /' "$scratch/diff" | head -20
    else
        ok
    fi
done <"$root/test/cli/golden.txt"

# Files of golden/ that no command uses.
for file in "$golden"/*; do
    name=$(basename "$file")
    grep -q "^${name%.*} " "$root/test/cli/golden.txt" && continue
    fail "no command of this name in golden.txt"
done

# Whether a command prints escape codes on a terminal: `script` gives it one.
colours() {
    name="colour: $1"
    if script -qec "$2" /dev/null </dev/null | grep -q "$(printf '\033')"; then got=yes; else got=no; fi
    if [ "$got" = "$3" ]; then ok; else fail "escape codes: $got, expected: $3"; fi
}
colours "on a terminal" "env TERM=xterm ajar --help" yes
colours "an error on a terminal" "env TERM=xterm ajar nonsense" yes
colours "NO_COLOR" "env TERM=xterm NO_COLOR=1 ajar --help" no
colours "an empty NO_COLOR says nothing" "env TERM=xterm NO_COLOR= ajar --help" yes
colours "--no-color" "env TERM=xterm ajar aid split docs/hosts.csv --budget 80e6 --no-color" no
colours "TERM=dumb" "env TERM=dumb ajar --help" no
colours "no terminal" "env TERM=xterm ajar --help | cat" no

# Starts words in the background and sends SIGINT as soon as the program listens for it.
interrupted() {
    "$program" "$@" >"$scratch/out" 2>"$scratch/err" &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        caught=$(sed -n 's/^SigCgt:.*\(.\)$/\1/p' "/proc/$pid/status" 2>/dev/null)
        [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = "$(basename "$program")" ] || continue
        case $caught in [2367abefABEF]) break ;; esac
    done
    kill -INT "$pid"
    wait "$pid"
    code=$?
}

state() { find . -type f -exec cksum {} + | sort -k3; }

stops() {
    name="Ctrl-C: $1"
    shift
    want_said=$1
    shift
    # On a busy machine the command may end before the signal comes: then once more.
    for try in 1 2 3 4 5; do
        rm -rf "$scratch/work"
        cp -r "$scratch/home" "$scratch/work"
        cd "$scratch/work" || exit 1
        "$program" aid split docs/hosts.csv --budget 80e6 --draws 20 --out earlier -q >/dev/null
        state >"$scratch/before"
        interrupted "$@"
        [ "$code" = 0 ] || break
        printf '%s: ended before the signal, try %s\n' "$name" "$try"
    done
    state | cmp -s - "$scratch/before" || { fail "files changed"; return; }
    [ -z "$(find . -name '.*.part-*')" ] || { fail "a part was left"; return; }
    [ "$code" = 130 ] || { fail "exit $code, not 130"; return; }
    [ -s "$scratch/out" ] && { fail "something on stdout"; return; }
    grep -qF "$want_said" "$scratch/err" || { fail "does not say: $want_said"; return; }
    ok
}
stops "a split into a new folder" "Kept: every file is as it was before; fresh was not made." \
    aid split scenarios/exodus2022 --draws 1000000 --out fresh
stops "a split over an earlier one" "Kept: earlier is as it was before; nothing new was written." \
    aid split scenarios/exodus2022 --draws 1000000 --out earlier --replace
stops "a run" "Kept: every file is as it was before; fresh was not made." \
    run scenarios/exodus2022 --draws 1000000 --out fresh
stops "no output asked for" "Kept: every file is as it was before." \
    aid explain docs/hosts.csv --budget 80e6 --host KGZ --draws 1000000

# A placement that is stopped leaves the best plan so far, whole.
name="Ctrl-C: a placement keeps its best plan"
kept() {
    for wait_s in 1 2 4 8 16; do
        rm -rf "$scratch/work"
        mkdir "$scratch/work"
        cd "$scratch/work" || exit 1
        "$program" place generate --households 2000 --localities 60 --out made -q >/dev/null
        "$program" place solve made --time 600 --plan kept.json --json >out 2>err &
        pid=$!
        sleep "$wait_s"
        kill -INT "$pid"
        wait "$pid"
        code=$?
        [ "$code" = 130 ] || { fail "exit $code, not 130"; return; }
        # The signal came before there was a plan: later, then.
        [ -f kept.json ] || continue
        grep -q '"stopped": true' out || { fail "does not say that it was stopped"; return; }
        grep -q 'this is the best so far' err || { fail "does not say what it kept"; return; }
        "$program" place check made kept.json >/dev/null 2>&1 || { fail "the plan does not hold"; return; }
        ok
        return
    done
    fail "no plan was kept"
}
kept

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
