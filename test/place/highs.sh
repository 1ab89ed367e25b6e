#!/bin/sh
# Cbc, exhaustive search and HiGHS agree with the optimiser on 300 random instances.  highs.sh BUILD: a build folder with the tests;
# web/node_modules must be there (web/test/packages.sh).
set -eu
build=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$build/test/place/side_agree_test" "$folder"
node "$(dirname "$0")/highs.mjs" "$folder"
