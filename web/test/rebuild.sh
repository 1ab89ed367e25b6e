#!/bin/sh
# The committed bundles are what the sources and packages give: types hold, and a rebuild gives the
# same bytes.
set -eu
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
test/packages.sh
node_modules/.bin/tsc --noEmit
node build.mjs "$scratch"
same=0
for name in report.js report.css LICENCES.txt; do
    if cmp "$scratch/$name" "dist/$name"; then
        same=$((same + 1))
    else
        echo "web/dist/$name is not what the sources give: run 'node build.mjs' in web/"
    fi
done
echo "$same passed, $((3 - same)) failed"
[ "$same" -eq 3 ]
