# Passes the table on and adds made-up daily counts up to `bytes`: series of 1,096 days (2019-09-01 to
# 2022-08-31), a level, a week and a year in each, and noise by a formula.
function day_text(n,    a, b, c, d, e, m, day, month, year) {
    # civil date of a Julian day number (Fliegel and van Flandern 1968)
    a = n + 68569
    b = int(4 * a / 146097)
    a = a - int((146097 * b + 3) / 4)
    c = int(4000 * (a + 1) / 1461001)
    a = a - int(1461 * c / 4) + 31
    d = int(80 * a / 2447)
    day = a - int(2447 * d / 80)
    e = int(d / 11)
    month = d + 2 - 12 * e
    year = 100 * (b - 49) + c + e
    return sprintf("%04d-%02d-%02d", year, month, day)
}
{ print; n += length($0) + 1 }
END {
    first = 2458728 # 2019-09-01
    split("EST FIN LTU LVA NOR POL KAZ GEO ARM MNG", countries, " ")
    for (i = 0; i < 1096; i++) days[i] = day_text(first + i)
    state = 12345
    for (s = 0; n < bytes; s++) {
        level = 200 + s * 37 % 5000
        for (i = 0; i < 1096 && n < bytes; i++) {
            state = (state * 69069 + 1) % 4294967296
            value = level * (1 + 0.1 * (i % 7 < 5) + 0.2 * sin(i / 58.1)) + level ^ 0.5 * (state / 4294967296 - 0.5) * 4
            row = sprintf("%s,%s,%s,land:made-up %d,entries_rus,%d,crossings,computed,", days[i], days[i],
                          countries[s % 10 + 1], s, value)
            print row
            n += length(row) + 1
        }
    }
}
