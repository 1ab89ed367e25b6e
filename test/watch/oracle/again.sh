#!/bin/sh
# Runs every R script of this folder again and compares what it writes with what is stored here.
set -eu
cd "$(dirname "$0")"
if ! command -v Rscript >/dev/null || ! Rscript -e 'quit(status = !requireNamespace("surveillance", quietly = TRUE))' >/dev/null 2>&1; then
    echo 'skipped: needs R with the package surveillance (r-cran-surveillance)'
    exit 77
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0
for script in *.R; do
    Rscript "$script" "$scratch" >"$scratch/log" 2>&1 || cat "$scratch/log"
done
for stored in *.csv; do
    # Numbers may differ in their last digits between versions of R and processors.
    if [ -f "$scratch/$stored" ] && awk -F, -v other="$scratch/$stored" '
        function number(x) { return x ~ /^-?[0-9.]+(e[-+]?[0-9]+)?$/ }
        {
            if ((getline line < other) <= 0 || split(line, b, ",") != NF) exit 1
            for (i = 1; i <= NF; i++) {
                if (number($i) && number(b[i])) {
                    d = $i - b[i]; m = $i < 0 ? -$i : $i
                    if ((d < 0 ? -d : d) > 1e-8 * m) exit 1
                } else if ($i != b[i]) exit 1
            }
        }
        END { if ((getline line < other) > 0) exit 1 }' "$stored"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $stored is not what its script writes"
    fi
done
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
