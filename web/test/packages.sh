#!/bin/sh
# Fetches the packages of package-lock.json into node_modules, unless they are there.
set -eu
cd "$(dirname "$0")/.."
mark=node_modules/.ajar-lock
if ! cmp -s package-lock.json "$mark"; then
    npm ci --ignore-scripts
    cp package-lock.json "$mark"
fi
