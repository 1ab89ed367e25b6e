#!/bin/sh
# Installs the library into a scratch folder and builds a small program against it alone, shared and
# static, through pkg-config; the program splits the worked example's budget.
set -eu
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0

ok() {
    passed=$((passed + 1))
    printf 'ok %s\n' "$1"
}

DESTDIR=$scratch meson install -C build/release --no-rebuild >"$scratch/install.log"
prefix=$scratch/usr/local
pc=$(find "$prefix" -name ajar.pc)
libdir=$(dirname "$(dirname "$pc")")
export PKG_CONFIG_PATH="$libdir/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$scratch"

[ "$(find "$prefix/include" -type f)" = "$prefix/include/ajar.h" ]
ok "ajar.h is the only installed header"

cp test/frame/program.c "$scratch/program.c"
cp -r scenarios/exodus2022 "$scratch/exodus2022"
cd "$scratch"
# shellcheck disable=SC2046  # flags are words
cc -std=c17 -Wall -Wextra -Wpedantic -Werror program.c $(pkg-config --cflags --libs ajar) -o shared
LD_LIBRARY_PATH=$libdir ./shared exodus2022 >shared.txt
grep -q '^GEO 30.447263$' shared.txt
ok "a program runs against the shared library"

# shellcheck disable=SC2046
cc -std=c17 program.c $(pkg-config --cflags ajar) "$libdir/libajar.a" \
    $(pkg-config --static --libs-only-l ajar | sed 's/-lajar//') -o static
./static exodus2022 >static.txt
cmp shared.txt static.txt
ok "a program runs against the static library, with the same output"

# shellcheck disable=SC2046
c++ -x c++ -std=c++17 -fsyntax-only -Wall -Wextra -Werror $(pkg-config --cflags ajar) - <<EOF
#include <ajar.h>
int main() { return ajar_version()[0] == 0; }
EOF
ok "the header compiles as C++"

hidden=$(nm -D --defined-only "$libdir/libajar.so" | awk '$2 ~ /[TDB]/ && $3 !~ /^ajar_/ {print $3}')
[ -z "$hidden" ] || { printf 'exported: %s\n' "$hidden"; exit 1; }
ok "the shared library exports ajar_ names only"

"$prefix/bin/ajar" --version | grep -q "$(pkg-config --modversion ajar)"
ok "the installed program and the pkg-config file agree on the version"
printf '%d passed, 0 failed\n' "$passed"
