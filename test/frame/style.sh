#!/bin/sh
# What a reader may rely on without looking: formatting, unique file names, file and line lengths,
# banned calls, shell scripts that shellcheck passes, no stray names of registries.
set -u
cd "$(dirname "$0")/../.." || exit 1
passed=0
failed=0

# check NAME OUTPUT: passes when OUTPUT is empty.
check() {
    if [ -z "$2" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED %s\n%s\n' "$1" "$2"
    fi
}

sources=$(find src test bench examples -name '*.c' -o -name '*.h' -o -name '*.cpp' | grep -v node_modules | sort)
code=$(find src -name '*.c' -o -name '*.h' -o -name '*.cpp' | sort)

# shellcheck disable=SC2086  # lists of files
{
    check "clang-format" "$(clang-format --dry-run -Werror $sources 2>&1 | grep -E 'error:' | head -5)"
    check "file names are unique in src/" "$(for f in $code; do basename "$f"; done | sort | uniq -d)"
    check "files stay under 500 lines" "$(wc -l $code | awk '$2 != "total" && $1 > 500')"
    check "includes name a file of the row, no paths" "$(grep -nE '#include "[^"]*/' $code)"
    check "banned calls" "$(grep -nE '[^a-z_](strcpy|strcat|sprintf|strtok|atoi|atof|scanf|gets|rand|srand|localtime|system|popen|alloca)\(' $code)"
    check "malloc only in base" "$(grep -nE '[^a-z_](malloc|calloc|realloc)\(' $code | grep -v '^src/base/')"
    check "only cli prints" "$(grep -nE '[^a-z_](printf|puts|putchar|perror)\(' $code | grep -v '^src/cli/')"
    check "only cli reads the environment" "$(grep -nE '[^a-z_](getenv|setlocale)\(' $code | grep -v '^src/cli/')"
    check "no goto" "$(grep -nE '^\s*goto ' $code)"
}
# shellcheck disable=SC2046  # a list of files
scripts=$(grep -lE '^#!/bin/(ba)?sh' run .ci/run $(find test bench web/test -type f -not -path '*/node_modules/*' 2>/dev/null))
# shellcheck disable=SC2086
check "shellcheck" "$(shellcheck $scripts 2>&1 | head -20)"
check "no registry addresses in lock files" "$(grep -n '"resolved"' web/package-lock.json | head -3)"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
