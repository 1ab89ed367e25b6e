/* Any bytes as a number: as the C library reads it, and back.  The first eight bytes are also taken for
 * the bits of a double, which is written and read. */
#include "fuzz.h"

#include <errno.h>
#include <math.h>

#include "num.h"

static bool fuzz_same_bits(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

/* The writers agree with printf of the "C" locale, but for the sign of a zero. */
static void fuzz_write(double value, int decimals)
{
    char to[NUM_TEXT], grouped[NUM_TEXT], theirs[400];
    double back;
    size_t n = num_format(value, to);
    fuzz_demand(n == strlen(to) && num_parse(text_of(to), &back));
    fuzz_demand(fuzz_same_bits(back, value == 0 ? 0.0 : value));
    if (!(fabs(value) < 1e18)) {
        return;
    }
    n = num_format_fixed(value, decimals, to);
    fuzz_demand(n == strlen(to) && n < NUM_TEXT);
    snprintf(theirs, sizeof theirs, "%.*f", decimals, value);
    bool zero = strspn(to, "0.") == n;
    fuzz_demand(strcmp(to, theirs + (zero && theirs[0] == '-')) == 0);
    n = num_format_grouped(value, decimals, grouped);
    fuzz_demand(n == strlen(grouped) && n < NUM_TEXT);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        kept += grouped[i] != ',';
        fuzz_demand(grouped[i] == ',' || grouped[i] == to[kept - 1]);
    }
    fuzz_demand(to[kept] == '\0');
}

static void fuzz_read(const char *zero_terminated, struct text text)
{
    char *end;
    double value = 7;
    int64_t whole = 7;
    if (num_parse(text, &value)) {
        fuzz_demand(strspn(zero_terminated, "0123456789+-.eE") == text.n);
        fuzz_demand(fuzz_same_bits(value, strtod(zero_terminated, &end)) && *end == '\0');
        fuzz_demand(isfinite(value));
    } else {
        fuzz_demand(value == 7);
    }
    if (num_parse_int(text, &whole)) {
        errno = 0;
        fuzz_demand(whole == strtoll(zero_terminated, &end, 10) && *end == '\0' && errno == 0);
        fuzz_demand(num_parse(text, &value));
    } else {
        fuzz_demand(whole == 7);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = fuzz_copy(data, size), *closed = malloc(size + 1);
    fuzz_demand(closed != NULL);
    memcpy(closed, copy, size);
    closed[size] = '\0';
    fuzz_read(closed, (struct text){copy, size});
    double value;
    if (size >= sizeof value) {
        memcpy(&value, copy, sizeof value);
        if (isfinite(value)) {
            fuzz_write(value, size > sizeof value ? data[sizeof value] % 16 : 2);
        }
    }
    free(closed);
    free(copy);
    return 0;
}
