#include "yaml_unsafe.h"

#include <string.h>

bool yaml_explicit_key(struct text bytes, size_t i)
{
    if (bytes.at[i] != '?' || (i + 1 < bytes.n && strchr(" \t\r\n", bytes.at[i + 1]) == NULL)) {
        return false;
    }
    while (i > 0 && (bytes.at[i - 1] == ' ' || bytes.at[i - 1] == '\t')) {
        i--;
    }
    return i == 0 || strchr("\r\n-:?,[{", bytes.at[i - 1]) != NULL;
}

struct text yaml_quoted(struct text rest, char quote)
{
    size_t n = 0;
    while (n < rest.n) {
        bool two = n + 1 < rest.n && (quote == '\'' ? rest.at[n] == quote && rest.at[n + 1] == quote
                                                    : rest.at[n] == '\\');
        if (!two && rest.at[n] == quote) {
            break;
        }
        n += two ? 2 : 1;
    }
    return (struct text){rest.at, n};
}

bool yaml_ends_in_break(struct text raw)
{
    while (raw.n > 0 && strchr(" \t\n", raw.at[raw.n - 1]) != NULL) {
        raw.n--;
    }
    return raw.n > 0 && raw.at[raw.n - 1] == '\r';
}

bool yaml_twins(struct text raw)
{
    return memmem(raw.at, raw.n, "''''", 4) != NULL;
}

int yaml_read_twins(struct arena *arena, struct text raw, struct text *out, struct ajar_err *err)
{
    char *copy;
    size_t n = 0;
    TRY_NEW(copy, arena, raw.n + 1, err);
    for (size_t i = 0; i < raw.n; i += raw.at[i] == '\'' ? 2 : 1) {
        copy[n++] = raw.at[i];
    }
    *out = (struct text){copy, n};
    return 0;
}
