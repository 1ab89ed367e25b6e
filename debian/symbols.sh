#!/bin/sh
# Prints debian/libajar0.symbols: every function of include/ajar.h, with the version that brought it.  Those
# that the file has keep theirs; a new one gets the version of debian/changelog.
#   sh debian/symbols.sh >symbols.new && mv symbols.new debian/libajar0.symbols
set -eu
cd "$(dirname "$0")/.."
node=$(sed -n 's/^\([A-Z0-9_]*\) {/\1/p' src/libajar.map)
new=$(sed -n '1s/^[a-z]* (\([^)-]*\).*/\1/p' debian/changelog)
printf 'libajar.so.0 libajar0 #MINVER#\n* Build-Depends-Package: libajar-dev\n'
old=$(sed -n "s/^ $node@$node //p" debian/libajar0.symbols 2>/dev/null)
printf ' %s@%s %s\n' "$node" "$node" "${old:-$new}"
sed -n 's/^AJAR_API [^(]*[ *]\(ajar_[a-z0-9_]*\)(.*/\1/p' include/ajar.h |
    LC_ALL=C sort -u | while read -r name; do
    old=$(sed -n "s/^ $name@$node //p" debian/libajar0.symbols 2>/dev/null)
    printf ' %s@%s %s\n' "$name" "$node" "${old:-$new}"
done
