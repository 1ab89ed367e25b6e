#!/bin/sh
# The ```console blocks of a page, for scripts that run them; sourced.
#   A line "$ COMMAND" is run and has to exit 0, or N where "# exit N" ends the line; the lines up to
#   the next command are what it prints, when there are any: a line "..." stands for any lines, "..."
#   inside a line for any text; the CR of a CSV's line end does not count.

# Whether file `got` matches file `want` with its "...".
matches() {
    awk '
        function part(pattern, text,    pieces, n, i, at) {
            n = split(pattern, pieces, /\.\.\./)
            if (n <= 1) return pattern == text
            if (substr(text, 1, length(pieces[1])) != pieces[1]) return 0
            text = substr(text, length(pieces[1]) + 1)
            for (i = 2; i < n; i++) {
                at = index(text, pieces[i])
                if (at == 0) return 0
                text = substr(text, at + length(pieces[i]))
            }
            return length(text) >= length(pieces[n]) &&
                substr(text, length(text) - length(pieces[n]) + 1) == pieces[n]
        }
        function from(i, k) {
            for (; i <= wants && want[i] != "..."; i++) {
                if (k > gots || !part(want[i], got[k])) return 0
                k++
            }
            if (i > wants) return k > gots
            for (; k <= gots + 1; k++) if (from(i + 1, k)) return 1
            return 0
        }
        NR == FNR {want[++wants] = $0; next}
        {sub(/\r$/, ""); got[++gots] = $0}
        END {exit !from(1, 1)}' "$1" "$2"
}

# The blocks of a page, a folder each command: N/command, N/line (of the page), N/want.
blocks() {
    awk -v to="$2" '
        /^```console$/ {inside = 1; next}
        /^```/ {inside = 0; next}
        !inside {next}
        /^\$ / {
            n++
            system("mkdir -p " to "/" n)
            print substr($0, 3) >(to "/" n "/command")
            print FNR >(to "/" n "/line")
            printf "" >(to "/" n "/want")
            next
        }
        n {print >(to "/" n "/want")}' "$1"
}
