#!/bin/sh
# root.sh FOLDER: installs the packages of FOLDER into a bare Debian root and uses them there: the program
# and its manual, the completions, the shipped scenario, a C program against the library.  Removing them
# leaves nothing behind.
#   Where no bare root can be made (no archive, no rights) they are unpacked beside each other instead, dpkg
# of this machine checks what they depend on, and the last line says so.
set -eu
cd "$(dirname "$0")/.."
tree=$(pwd)
debs=$(cd "$1" && pwd)
version=$(sed -n '1s/^ajar (\(.*\)-[0-9]*).*/\1/p' debian/changelog)
work=$tree/build/package
root=$work/root
passed=0
mkdir -p "$work"

ok() {
    passed=$((passed + 1))
    printf 'ok %s\n' "$1"
}

# The packages come from a folder, what they depend on from Debian's archive.
bare_root() {
    rm -rf --one-file-system "$root" "$work/archive"
    mkdir "$work/archive"
    cp "$debs"/*.deb "$work/archive"
    (cd "$work/archive" && dpkg-scanpackages --multiversion . >Packages 2>/dev/null)
    mmdebstrap --variant=apt --include=man-db,bash-completion,g++,pkg-config,ajar,ajar-swarm,libajar0,libajar-dev \
        --aptopt='APT::Sandbox::User "root"' --aptopt='Apt::Install-Recommends "false"' \
        --setup-hook="echo 'deb [trusted=yes] copy:$work/archive ./' >\"\$1\"/etc/apt/sources.list.d/ajar.list" \
        "${SUITE:-bookworm}" "$root" >"$work/root.log" 2>&1
}

# within COMMAND: run by sh in the root, or beside it.
within() {
    if [ "$way" = root ]; then
        chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root sh -c "$1"
    else
        LD_LIBRARY_PATH=$root/usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH) PATH=$root/usr/bin:$PATH \
            PKG_CONFIG_SYSROOT_DIR=$root \
            PKG_CONFIG_PATH=$root/usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)/pkgconfig \
            MANPATH=$root/usr/share/man sh -c "cd '$root' && $(printf '%s' "$1" | sed "s| /usr/share/| $root/usr/share/|g; s| /tmp/| $root/tmp/|g")"
    fi
}

if [ "$(id -u)" = 0 ] && bare_root; then
    way=root
    within 'dpkg --audit' >"$work/audit.txt"
    [ ! -s "$work/audit.txt" ]
    ok "they install into a bare root of Debian ${SUITE:-bookworm}, dependencies from its archive"
else
    way=unpacked
    rm -rf --one-file-system "$root"
    mkdir -p "$root/tmp"
    dpkg --dry-run --install "$debs"/*.deb >"$work/install.log" 2>&1 || { tail -n 20 "$work/install.log" >&2; exit 1; }
    for deb in "$debs"/*.deb; do dpkg-deb -x "$deb" "$root"; done
    ok "they unpack, and dpkg finds on this machine what they depend on"
fi

[ "$(within 'ajar --version')" = "ajar $version" ]
within 'ajar-swarm --version' 2>/dev/null | grep -qx "ajar-swarm $version"
ok "ajar --version and ajar-swarm --version say $version"

for page in ajar ajar-aid ajar-doors ajar-flow ajar-place ajar-run ajar-scenario ajar-watch ajar-swarm; do
    within "man $page | col -b" 2>/dev/null | grep -q '^NAME' || { echo "man $page shows nothing" >&2; exit 1; }
done
ok "man shows the nine pages"

within 'bash -c ". /usr/share/bash-completion/completions/ajar && complete -p ajar"' | grep -q ' ajar$'
[ -s "$root/usr/share/zsh/vendor-completions/_ajar" ]
[ -s "$root/usr/share/fish/vendor_completions.d/ajar.fish" ]
ok "the completions stand where bash, zsh and fish look"

within 'cd /usr/share/ajar && ajar run scenarios/exodus2022 --out /tmp/exodus' >"$work/run.txt"
grep -q '^Report: ' "$work/run.txt"
[ -s "$root/tmp/exodus/report.html" ]
ok "the shipped scenario runs to its report"
if [ -x build/release/src/cli/ajar ] && [ "$(build/release/src/cli/ajar --version)" = "ajar $version" ]; then
    build/release/src/cli/ajar run scenarios/exodus2022 --out "$work/exodus" --replace -q >/dev/null
    diff -r "$work/exodus" "$root/tmp/exodus" >"$work/exodus.diff" || { head "$work/exodus.diff" >&2; exit 1; }
    ok "with the bytes of the program built here"
fi

cp test/frame/program.c "$root/tmp/program.c"
# shellcheck disable=SC2016  # for the shell within
within 'cc -std=c17 -Wall -Wextra -Wpedantic -Werror -o /tmp/shared /tmp/program.c $(pkg-config --cflags --libs ajar) &&
    /tmp/shared /usr/share/ajar/scenarios/exodus2022' >"$work/shared.txt"
grep -q '^GEO 30.447263$' "$work/shared.txt"
# shellcheck disable=SC2016
within 'cc -std=c17 -o /tmp/static /tmp/program.c $(pkg-config --cflags ajar) $(pkg-config --variable=libdir ajar)/libajar.a \
    $(pkg-config --static --libs-only-l ajar | sed "s/-lajar //") &&
    /tmp/static /usr/share/ajar/scenarios/exodus2022' >"$work/static.txt"
cmp "$work/shared.txt" "$work/static.txt"
ok "a C program builds against the library, shared and static, and runs"

if [ "$way" = root ]; then
    within 'cd / && rm -rf /tmp/exodus /tmp/program.c /tmp/shared /tmp/static && apt-get purge -y ajar ajar-swarm libajar0 libajar-dev' >"$work/purge.log" 2>&1
    within 'cd / && find . -xdev -path ./proc -prune -o -path ./sys -prune -o -name "*ajar*" ! -path "./etc/apt/*" ! -path "./var/*" -print' >"$work/left.txt"
    [ ! -s "$work/left.txt" ] || { cat "$work/left.txt" >&2; exit 1; }
    ok "removing them leaves nothing of Ajar"
fi
rm -rf --one-file-system "$root"
printf 'checked: %s\n' "$([ "$way" = root ] && echo "in a bare root" || echo "unpacked only, no bare root here")"
printf '%d passed, 0 failed\n' "$passed"
