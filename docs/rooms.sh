#!/bin/sh
# rooms.sh FILE: draws the house as it is built: a box a room, on the floor that src/meson.build gives it, with what its
# own meson.build says of it and whose headers it may include.  The picture in docs/ is made anew by
#   docs/rooms.sh docs/rooms.svg
set -eu
cd "$(dirname "$0")/.."
out=$1

# "FLOOR ROOM|what it is|what it may include", top floor first.
rooms() {
    sed -n "s/^ *subdir('\([a-z]*\)') *# f\([0-9]\)$/\2 \1/p" src/meson.build | sort -s -k1,1nr |
        while read -r floor room; do
            what=$(sed -n "1s/^# Room $room: \(.*\)\.$/\1/p" "src/$room/meson.build")
            on=$(sed -n 's/^ *include_directories: \[\(.*\)\],$/\1/p' "src/$room/meson.build" | head -1 |
                tr ',' '\n' | sed -n 's/^ *\([a-z]*\)_inc$/\1/p' | grep -vx -e public -e "$room" | paste -sd ' ')
            [ -n "$what" ] || { echo "rooms.sh: src/$room/meson.build does not say what the room is" >&2 && exit 1; }
            printf '%s %s|%s|%s\n' "$floor" "$room" "$what" "$on"
        done
}

rooms | awk '
function text(x, y, class, words) {
    gsub(/&/, "\\&amp;", words)
    printf "<text x=\"%d\" y=\"%d\" class=\"%s\">%s</text>\n", x, y, class, words
}
# Words over lines of so many letters; returns the next y.
function lines(x, y, class, words, most,    n, i, part, line) {
    n = split(words, part, " ")
    line = ""
    for (i = 1; i <= n; i++) {
        if (line != "" && length(line) + length(part[i]) + 1 > most) {
            text(x, y, class, line)
            y += 17
            line = ""
        }
        line = line (line == "" ? "" : " ") part[i]
    }
    text(x, y, class, line)
    return y + 17
}
{
    split($0, cell, "|")
    split(cell[1], head, " ")
    floor[NR] = head[1]; room[NR] = head[2]; what[NR] = cell[2]; on[NR] = cell[3]
    on_floor[head[1]]++
    top = head[1] > top ? head[1] : top
}
END {
    WIDTH = 1000; LEFT = 40; HIGH = 84; WIDE = 132
    for (f = top; f >= 0; f--) height += on_floor[f] > 1 ? HIGH + 44 : HIGH
    height += 70 + 10 * (top + 1)
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"The rooms of Ajar, floor by floor\">\n", WIDTH, height
    print "<style>text{font:14px system-ui,sans-serif;fill:#1f2933}.name{font-weight:700;font-size:17px}.on{font-size:12px;fill:#52606d}.floor{font-size:12px;fill:#7b8794}rect{fill:#fff;stroke:#9aa5b1}.ground{fill:#f5f7fa;stroke:none}</style>"
    printf "<rect class=\"ground\" width=\"%d\" height=\"%d\"/>\n", WIDTH, height
    text(LEFT, 26, "on", "A room may include the headers of the rooms that it names and no others; what breaks this does not compile.")
    text(LEFT, 44, "on", "The five engines stand side by side and know nothing of each other.")
    y = 60
    for (f = top; f >= 0; f--) {
        high = on_floor[f] > 1 ? HIGH + 44 : HIGH
        text(8, y + high / 2, "floor", "f" f)
        wide = (WIDTH - LEFT - 20 - 10 * (on_floor[f] - 1)) / on_floor[f]
        x = LEFT
        for (i = 1; i <= NR; i++) if (floor[i] == f) {
            printf "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>\n", x, y, wide, high
            text(x + 12, y + 26, "name", room[i])
            next_y = lines(x + 12, y + 48, "", what[i], (wide - 24) / 7.7)
            if (on[i] != "") lines(x + 12, next_y + 4, "on", "on " on[i], (wide - 24) / 6.6)
            x += wide + 10
        }
        y += high + 10
    }
    print "</svg>"
}' >"$out"
