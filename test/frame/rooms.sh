#!/bin/sh
# A room may include only the rooms of its row in src/meson.build.  For every pair of rooms this tries
# to compile a file of the one that includes a header of the other, with the include folders that the
# build really uses, and expects success exactly where the row allows it.
set -eu
cd "$(dirname "$0")/../.."
build=${1:-build/release}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0

# room, a header of it, the rooms that it may include
rows='base  arena.h     base
world scenario.h  base world
aid   aid.h       base world aid
doors decide.h    base world doors
watch detector.h  base world watch
flow  series.h    base world flow
place place.h     base world place
desk  flow_out.h  base world aid doors watch flow place desk
swarm swarm_job.h base world flow desk swarm
cli   verb.h      base world aid doors watch flow place desk cli'

# The -I folders of a room's own files, from the compile commands.
includes_of() {
    jq -r --arg part "src/$1/lib$1.a.p/" '
        [.[] | select(.output | startswith($part)) | select(.file | endswith(".c")) | .command][0]' \
        "$build/compile_commands.json" | tr ' ' '\n' | grep -E '^-(I|isystem)' | tr -d "'" |
        sed "s#^-I\([^/]\)#-I$build/\1#"
}

printf '%s\n' "$rows" >"$scratch/rows"
while read -r room _ allowed; do
    flags=$(includes_of "$room")
    while read -r other header _; do
        printf '#include "%s"\nint probe(void);\nint probe(void)\n{\n    return 0;\n}\n' "$header" >"$scratch/probe.c"
        # shellcheck disable=SC2086
        if cc -std=gnu17 -D_GNU_SOURCE $flags -fsyntax-only "$scratch/probe.c" 2>"$scratch/log"; then
            got=yes
        else
            got=no
            grep -q "$header" "$scratch/log" || { cat "$scratch/log"; got=broken; }
        fi
        case " $allowed " in
        *" $other "*) want=yes ;;
        *) want=no ;;
        esac
        if [ "$got" = "$want" ]; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
            printf 'FAILED: %s including %s of %s compiles: %s, expected: %s\n' "$room" "$header" "$other" "$got" "$want"
        fi
    done <"$scratch/rows"
done <"$scratch/rows"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
