#!/bin/sh
# library.sh [--bless]: installs the library into a scratch folder and uses it alone, as a stranger
# would: through pkg-config, shared and static, from C and C++.  The examples and every command of
# docs/library.md run; what the examples print stands in test/frame/library/.  --bless writes that
# anew; look at the difference before you keep it.
set -eu
cd "$(dirname "$0")/../.."
root=$(pwd)
bless=${1:-}
. test/cli/blocks.sh
golden=$root/test/frame/library
header=$root/include/ajar.h
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0

ok() {
    passed=$((passed + 1))
    printf 'ok %s\n' "$1"
}

# check NAME FILE: passes when FILE, what is wrong, is empty.
check() {
    if [ ! -s "$2" ]; then
        ok "$1"
    else
        failed=$((failed + 1))
        printf 'FAILED %s\n' "$1"
        head -20 "$2" | sed 's/^/    /'
    fi
}

DESTDIR=$scratch meson install -C build/release --no-rebuild >"$scratch/install.log"
prefix=$scratch/usr/local
pc=$(find "$prefix" -name ajar.pc)
libdir=$(dirname "$(dirname "$pc")")
export PKG_CONFIG_PATH="$libdir/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$scratch"
flags=$(pkg-config --cflags ajar)
version=$(pkg-config --modversion ajar)
strict="-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror"
bad=$scratch/bad

# ---- The header ----

find "$prefix/include" -type f ! -path "$prefix/include/ajar.h" >"$bad"
check "ajar.h is the only installed header" "$bad"

printf '#include <ajar.h>\nint main(void) { return ajar_version()[0] == 0; }\n' >"$scratch/alone.c"
cp "$scratch/alone.c" "$scratch/alone.cpp"
: >"$bad"
for compiler in "cc -std=c99" "cc -std=c11" "cc -std=c17" "clang -std=c11" "c++ -std=c++11" "c++ -std=c++17" \
    "clang++ -std=c++17"; do
    command -v "${compiler%% *}" >/dev/null || continue
    file=alone.c
    [ "${compiler#*++ }" = "$compiler" ] || file=alone.cpp
    # shellcheck disable=SC2086  # flags are words
    $compiler $strict $flags -fsyntax-only "$scratch/$file" >>"$bad" 2>&1 || true
done
check "the header compiles alone as C99, C11, C17, C++11 and C++17, by gcc and clang" "$bad"

{
    grep -q "^#define AJAR_VERSION \"$version\"\$" "$header" || echo "AJAR_VERSION is not $version"
    "$prefix/bin/ajar" --version | grep -q "$version" || echo "ajar --version is not $version"
} >"$bad"
check "header, pkg-config file and program agree on the version" "$bad"

# ---- The symbols ----

tr '\n' ' ' <"$header" | grep -oE 'AJAR_API [^;(]*\(' | grep -oE '[a-z_]+\($' | tr -d '(' |
    grep '^ajar_' | sort >"$scratch/declared"
nm -D --defined-only "$libdir/libajar.so" | awk '$2 != "A" {print $3}' | sort >"$scratch/exported"
[ "$(wc -l <"$scratch/declared")" -gt 50 ] || exit 1
sed 's/$/@@AJAR_0/' "$scratch/declared" | diff - "$scratch/exported" >"$bad" || true
check "the shared library exports what the header declares, no more and no less, in version AJAR_0" "$bad"

{
    readelf -d "$libdir/libajar.so" | grep SONAME | grep -qF '[libajar.so.0]' || echo "the soname is not libajar.so.0"
    [ "$(readlink "$libdir/libajar.so")" = libajar.so.0 ] || echo "libajar.so is no link to libajar.so.0"
    [ "$(readlink "$libdir/libajar.so.0")" = "libajar.so.$version" ] || echo "libajar.so.0 is no link to $version"
} >"$bad"
check "soname libajar.so.0 of file libajar.so.$version" "$bad"

# The build's own file has its table of symbols; what is left in .data and .bss is the compiler's and Boost's.
objdump -t build/release/src/libajar.so."$version" | grep -E '[[:space:]]\.(data|bss|tdata|tbss)[[:space:]]' |
    awk '{print $NF}' | grep -vE '^(_Z|DW\.ref\.|__dso_handle$|__TMC_END__$|__cpu_|completed\.0$|\.(data|bss)$)' >"$bad" || true
nm -D "$libdir/libajar.so" | grep -wE 'getenv|secure_getenv|setlocale|exit|_exit|printf|puts|signal|fork|socket|connect' |
    awk '{print $2}' >>"$bad" || true
check "no data that changes, no exit, printing, environment, signal, process or connection" "$bad"

# ---- The examples ----

# Where a reader of an example stands: its own folder of the project.
mkdir "$scratch/home"
cd "$scratch/home"
cp "$root"/examples/*.c .
cp "$root/test/frame/program.c" .
ln -s "$root/docs" "$root/scenarios" .
printf 'date,count\n2022-02-30,5\n2022-03-01,many\n' >bad.csv
static=$(pkg-config --static --libs-only-l ajar | sed 's/-lajar//')
export LD_LIBRARY_PATH="$libdir"

# built NAME: NAME by the shared library, NAME-static without it.
built() {
    # shellcheck disable=SC2086,SC2046  # flags are words
    cc -std=c11 $strict "$1.c" $(pkg-config --cflags --libs ajar) -o "$1" &&
        cc -std=c11 "$1.c" $flags "$libdir/libajar.a" $static -o "$1-static"
}

# printed NAME WANT COMMAND: exit code, output and messages are those of the golden file.
printed() {
    code=0
    sh -c "$3" >got 2>&1 || code=$?
    [ "$code" = "$2" ] || printf 'exit %s, not %s\n' "$code" "$2"
    if [ "$bless" = --bless ]; then
        cp got "$golden/$1.txt"
    fi
    diff -u "$golden/$1.txt" got || true
}

for file in *.c; do
    name=${file%.c}
    [ "$name" != program ] || continue
    built "$name" >"$bad" 2>&1 || true
    command=$(sed -n 's/^ \* *\(\.\/[^*]*[^* ]\).*/\1/p' "$file" | head -1)
    printed "$name" 0 "$command" >>"$bad" 2>&1
    sh -c "LD_LIBRARY_PATH= $(printf '%s' "$command" | sed "s/^\.\/$name/.\/$name-static/")" >static.txt 2>&1 || true
    cmp static.txt "$golden/$name.txt" >>"$bad" 2>&1 || true
    [ "$(wc -l <"$file")" -le 70 ] || echo "$file is too long for an example" >>"$bad"
    check "example $name: shared and static, prints what it should" "$bad"
done

# What is not there, what is malformed, what means nothing: a message with what to do, and its exit code.
: >"$bad"
while read -r name want command; do
    printed "$name" "$want" "$command" >>"$bad" 2>&1
done <<'LIST'
watch-bad 3 ./watch bad.csv
watch-none 3 ./watch no/such.csv
doors-none 3 ./doors no/such fi.entry 2022-10-05
doors-typed 2 ./doors scenarios/exodus2022 fi.entri 2022-10-05
doors-day 2 ./doors scenarios/exodus2022 fi.entry yesterday
flow-none 3 ./flow docs/door Essa@2021-04-15
flow-typed 2 ./flow docs/flee Esa@2021-04-15
place-none 3 ./place docs 2022-10-01
place-day 2 ./place docs/placement October
aid-none 2 ./aid nothing
LIST
check "the examples on bad input: messages and exit codes" "$bad"

built program >"$bad" 2>&1
./program scenarios/exodus2022 >shared.txt 2>&1 || cat shared.txt >>"$bad"
LD_LIBRARY_PATH='' ./program-static scenarios/exodus2022 >static.txt 2>&1 || true
cmp shared.txt static.txt >>"$bad" 2>&1 || true
grep -q '^GEO 30.447263$' shared.txt || cat shared.txt >>"$bad"
check "a program checks a scenario and splits the worked example" "$bad"

# ---- The page ----

# A ```c block whose first line is a comment with the name of a file is that file.
awk '/^```c$/ {inside = 1; file = ""; next}
    /^```/ {inside = 0; next}
    inside && file == "" {file = $2}
    inside {print >file}' "$root/docs/library.md"
mkdir "$scratch/blocks"
blocks "$root/docs/library.md" "$scratch/blocks"
PATH=$prefix/bin:$PATH
n=1
while [ -d "$scratch/blocks/$n" ]; do
    block=$scratch/blocks/$n
    n=$((n + 1))
    command=$(cat "$block/command")
    want=$(printf '%s\n' "$command" | sed -n 's/.*# exit \([0-9]*\).*/\1/p')
    code=0
    sh -c "$command" >got 2>&1 </dev/null || code=$?
    : >"$bad"
    [ "$code" = "${want:-0}" ] || { echo "exit $code, not ${want:-0}" && cat got; } >"$bad"
    if [ -s "$block/want" ] && ! matches "$block/want" got; then
        diff "$block/want" got >>"$bad" || true
    fi
    check "docs/library.md:$(cat "$block/line"): $command" "$bad"
done
[ "$n" -gt 5 ] || exit 1

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
