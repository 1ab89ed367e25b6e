#!/bin/sh
# release.sh BUILD: what a release says in several places is the same in all of them, and debian/ covers what
# `meson install` of a build installs.  ./run package builds the packages themselves.
set -u
cd "$(dirname "$0")/../.." || exit 1
build=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0

# check WHAT COMMAND...: COMMAND must succeed; else its output tells why.
check() {
    what=$1
    shift
    if "$@" >"$scratch/why" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED %s\n' "$what"
        sed 's/^/    /' "$scratch/why"
    fi
}

# says FILE VERSION: it names this version.
says() {
    [ "$2" = "$version" ] || { printf '%s says %s, meson.build %s\n' "$1" "$2" "$version"; return 1; }
}

# Each installed file is taken by exactly one line of debian/*.install, or by debian/not-installed; each
# line takes something.
install_files() {
    bad=0
    DESTDIR=$scratch/tree meson install -C "$build" --no-rebuild >"$scratch/log" || { cat "$scratch/log"; return 1; }
    # a build for /usr/local stands for one for /usr
    # without dpkg-dev, which packages are never built without, meson knows no folder of libraries of Debian's kind
    (cd "$scratch/tree" && find . ! -type d) | sed -e 's|^\./||' -e 's|^usr/local/|usr/|' \
        -e 's|^usr/lib64/|usr/lib/any/|' | sort >"$scratch/installed"
    cat debian/*.install debian/not-installed | sed -e 's/#.*//' -e 's/ .*//' | grep '^usr/' >"$scratch/lines"
    while read -r file; do
        n=0
        while read -r line; do
            # shellcheck disable=SC2254  # the lines are patterns on purpose
            case $file in $line) n=$((n + 1)) ;; esac
        done <"$scratch/lines"
        [ "$n" -eq 1 ] || { printf 'taken %d times: %s\n' "$n" "$file"; bad=1; }
    done <"$scratch/installed"
    while read -r line; do
        found=0
        while read -r file; do
            # shellcheck disable=SC2254
            case $file in $line) found=1 ;; esac
        done <"$scratch/installed"
        [ "$found" -eq 1 ] || { printf 'takes nothing: %s\n' "$line"; bad=1; }
    done <"$scratch/lines"
    return "$bad"
}

symbols() {
    sh debian/symbols.sh >"$scratch/symbols" || return 1
    diff debian/libajar0.symbols "$scratch/symbols" && return 0
    echo "sh debian/symbols.sh >symbols.new && mv symbols.new debian/libajar0.symbols"
    return 1
}

copyright() {
    bad=0
    for dir in scenarios/*/; do
        grep -Eq "^(Files:)? ${dir}\*\$" debian/copyright || { echo "no stanza for ${dir}*"; bad=1; }
    done
    # shellcheck disable=SC2013  # names have no spaces
    for package in $(sed -n 's/^\([@a-z][^ ]*\) [0-9.]* (.*)$/\1/p' web/dist/LICENCES.txt); do
        grep -qF "($package)" debian/copyright || { echo "no holder of $package"; bad=1; }
    done
    # each short name that a stanza uses has its text
    # shellcheck disable=SC2013
    for name in $(sed -n 's/^License: //p' debian/copyright | sed 's/ and /\n/g' | sort -u); do
        awk -v name="License: $name" '$0 == name {getline; if (/^ /) found = 1} END {exit !found}' debian/copyright ||
            { echo "no text of $name"; bad=1; }
    done
    return "$bad"
}

# What a build needs is the same for ./run and for debian/control, but for the compiler, which Debian implies,
# and Open MPI, which ./run leaves to the tests.
build_depends() {
    sed -e 's/#.*//' -e '/^ *$/d' -e 's/ .*//' deps/run.txt | grep -Ev '^(g\+\+|gcc|libc6-dev|ninja-build)$' | sort >"$scratch/run"
    sed -n '/^Build-Depends:/,/^[A-Z].*:/p' debian/control | sed -n 's/^ \([a-z0-9+-]*\).*/\1/p' |
        grep -Ev '^(debhelper-compat|libopenmpi-dev)$' | sort >"$scratch/control"
    diff "$scratch/run" "$scratch/control"
}

version=$(sed -n "s/^  version: '\(.*\)',/\1/p" meson.build)
check "the version of debian/changelog" says debian/changelog "$(sed -n '1s/^ajar (\(.*\)-[0-9]*).*/\1/p' debian/changelog)"
check "the version of CHANGELOG.md" says CHANGELOG.md "$(sed -n '/^## /{s/^[^0-9]*\([0-9][0-9.]*[0-9]\).*/\1/p;q}' CHANGELOG.md)"
check "the version of web/package.json" says web/package.json "$(sed -n 's/^  "version": "\(.*\)",/\1/p' web/package.json)"
check "the version of ajar" says ajar "$("$build/src/cli/ajar" --version | sed 's/^ajar //')"
check "what is installed is in a package, once" install_files
check "the symbols of libajar0 are the functions of ajar.h" symbols
check "debian/copyright names what is shipped" copyright
check "debian/control needs what deps/run.txt needs" build_depends
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
