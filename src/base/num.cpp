/* Numbers through <charconv>: correctly rounded, shortest, and blind to the locale, which strtod and
 * printf are not.  C++ only inside this file. */
#include "num.h"

#include <cassert>
#include <charconv>
#include <cmath>
#include <cstring>

extern "C" bool num_parse_int(struct text a, int64_t *out)
{
    const char *at = a.at, *end = a.at + a.n;
    if (at != end && *at == '+') {
        at++;
        if (at != end && *at == '-') {
            return false;
        }
    }
    int64_t value = 0;
    std::from_chars_result result = std::from_chars(at, end, value);
    if (result.ec != std::errc() || result.ptr != end) {
        return false;
    }
    *out = value;
    return true;
}

/* from_chars takes "inf" and "nan"; an input's number does not. */
extern "C" bool num_parse(struct text a, double *out)
{
    const char *at = a.at, *end = a.at + a.n;
    if (at != end && *at == '+') {
        at++;
        if (at != end && *at == '-') {
            return false;
        }
    }
    const char *first = at != end && *at == '-' ? at + 1 : at;
    if (first == end || !((*first >= '0' && *first <= '9') || *first == '.')) {
        return false;
    }
    double value = 0;
    std::from_chars_result result = std::from_chars(at, end, value, std::chars_format::general);
    if (result.ec != std::errc() || result.ptr != end) {
        return false;
    }
    *out = value;
    return true;
}

extern "C" size_t num_format(double value, char to[NUM_TEXT])
{
    if (value == 0) {
        std::memcpy(to, "0", 2); /* no minus sign on zero */
        return 1;
    }
    /* The very shortest form of 700000 is 7e+05, which people and spreadsheets read badly. */
    double size = std::fabs(value);
    char *end = to + NUM_TEXT - 1;
    std::to_chars_result result;
    if (size >= NUM_PLAIN_LEAST && size < NUM_PLAIN_MOST) {
        result = std::to_chars(to, end, value, std::chars_format::fixed);
    } else if (size < NUM_WHOLE_MOST) {
        result = std::to_chars(to, end, value);
    } else {
        result = std::to_chars(to, end, value, std::chars_format::scientific);
    }
    assert(result.ec == std::errc());
    *result.ptr = '\0';
    return static_cast<size_t>(result.ptr - to);
}

extern "C" size_t num_format_fixed(double value, int decimals, char to[NUM_TEXT])
{
    assert(decimals >= 0 && decimals <= 15);
    if (!(std::fabs(value) < NUM_FIXED_MOST)) {
        return num_format(value, to);
    }
    std::to_chars_result result =
        std::to_chars(to, to + NUM_TEXT - 1, value, std::chars_format::fixed, decimals);
    assert(result.ec == std::errc());
    *result.ptr = '\0';
    size_t n = static_cast<size_t>(result.ptr - to);
    if (to[0] == '-' && std::strspn(to + 1, "0.") == n - 1) {
        std::memmove(to, to + 1, n); /* "-0.00" reads as a mistake */
        n--;
    }
    return n;
}

extern "C" size_t num_format_grouped(double value, int decimals, char to[NUM_TEXT])
{
    if (!(std::fabs(value) < NUM_FIXED_MOST)) {
        return num_format(value, to);
    }
    char plain[NUM_TEXT];
    size_t n = num_format_fixed(value, decimals, plain);
    const char *point = static_cast<const char *>(std::memchr(plain, '.', n));
    size_t whole = point == nullptr ? n : static_cast<size_t>(point - plain);
    size_t sign = plain[0] == '-' ? 1 : 0, used = 0;
    for (size_t i = 0; i < n; i++) {
        if (i > sign && i < whole && (whole - i) % 3 == 0) {
            to[used++] = ',';
        }
        to[used++] = plain[i];
    }
    to[used] = '\0';
    return used;
}
