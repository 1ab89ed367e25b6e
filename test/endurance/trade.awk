# Passes the table on and adds, up to `bytes`, the goods codes of each monthly row that it has: made-up shares.
BEGIN { FS = "," }
{ print; n += length($0) + 1 }
NR > 1 && $4 == "export" && $3 ~ /^[0-9]+-[0-9]+$/ && $5 == "TOTAL" && !(($1, $2, $3) in seen) {
    seen[$1, $2, $3] = 1
    key[m++] = $1 "," $2 "," $3 ",export,"
    value[m - 1] = $6
}
END {
    for (code = 0; n < bytes; code++)
        for (i = 0; i < m && n < bytes; i++) {
            row = sprintf("%s%06d,%d,EUR,computed,", key[i], 840000 + code, value[i] / (500 + code))
            print row
            n += length(row) + 1
        }
}
