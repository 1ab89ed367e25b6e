#!/bin/sh
# ./run on machines that are not ready: what it says when packages are missing, and that it goes on when
# they can be installed.  The package tools are stand-ins; nothing is installed.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0
mkdir "$scratch/bin" "$scratch/deps"
cp run "$scratch/run"
printf '# a comment\nalpha\nbeta tool-from-elsewhere\ngamma\n' >"$scratch/deps/run.txt"
for tool in sh sed tail dirname cat env rm; do
    ln -s "$(command -v "$tool")" "$scratch/bin/$tool"
done

# stand_in NAME: a program of that name, its body from standard input.
stand_in() {
    { printf '#!/bin/sh\n' && cat; } >"$scratch/bin/$1"
    chmod +x "$scratch/bin/$1"
}

# expect NAME EXIT WORDS: the demo ends so and says all the words (separated by '|').
expect() {
    (cd "$scratch" && PATH=$scratch/bin ./run demo) >"$scratch/said" 2>&1
    code=$?
    problem=
    [ "$code" = "$2" ] || problem="exit $code, not $2"
    rest=$3
    while [ -n "$rest" ]; do
        word=${rest%%|*}
        grep -qF -- "$word" "$scratch/said" || problem="$problem; does not say: $word"
        case $rest in *'|'*) rest=${rest#*|} ;; *) rest= ;; esac
    done
    if [ -z "$problem" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED %s: %s\n' "$1" "$problem"
        sed 's/^/    /' "$scratch/said"
    fi
}

stand_in dpkg-query <<'EOS'
for name; do :; done
[ -e "${0%/*}/../installed-$name" ] && printf installed
EOS
stand_in meson <<'EOS'
echo the build begins
exit 1
EOS
stand_in id <<'EOS'
echo 1000
EOS
expect "no apt-get" 1 "no apt-get|alpha beta gamma"

stand_in apt-get <<'EOS'
exit 0
EOS
expect "no root and no sudo" 1 "need root|apt-get install -y --no-install-recommends alpha beta gamma"

stand_in sudo <<'EOS'
[ "$1" = env ] && shift 2
exec "$@"
EOS
stand_in apt-get <<'EOS'
[ "$1" = update ] && exit 0
: >"${0%/*}/../installed-alpha"
echo E: Unable to locate package gamma
exit 100
EOS
expect "a package that cannot be had" 1 \
    "Unable to locate package gamma|missing: gamma    to install it: sudo apt-get install gamma"
if grep -q 'missing: alpha' "$scratch/said"; then
    failed=$((failed + 1))
    echo "FAILED a package that was installed is called missing"
else
    passed=$((passed + 1))
fi

stand_in tool-from-elsewhere <<'EOS'
exit 0
EOS
stand_in apt-get <<'EOS'
echo "$*" >>"${0%/*}/../asked"
: >"${0%/*}/../installed-gamma"
EOS
expect "as it should be" 1 "installing from Debian: gamma|the build begins|the build failed"
if grep -qx 'install -y --no-install-recommends gamma' "$scratch/asked"; then
    passed=$((passed + 1))
else
    failed=$((failed + 1))
    echo "FAILED not exactly the missing package was asked for"
fi

rm "$scratch/bin/apt-get"
expect "all there, no network needed" 1 "the build begins"

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
