#!/bin/sh
# setup.sh FOLDER OPTIONS...: configures a build folder once and builds it.
set -eu
folder=$1
shift
[ -f "$folder/build.ninja" ] || meson setup "$folder" "$@"
ninja -C "$folder"
