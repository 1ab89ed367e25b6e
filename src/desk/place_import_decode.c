#include <errno.h>
#include <iconv.h>

#include "place_import_parts.h"

/* windows-1251 gives at most 3 bytes of UTF-8 a byte, UTF-16 at most 3 for its 2. */
#define DECODE_GROWTH 3

static int decode_with(struct arena *arena, const char *file, const char *from, struct text bytes,
                       struct text *out, struct ajar_err *err)
{
    char *to;
    TRY_NEW(to, arena, bytes.n * DECODE_GROWTH + 1, err);
    iconv_t way = iconv_open("UTF-8", from);
    if ((intptr_t)way == -1) {
        return err_set(err, E_UTF8, "%s: this system cannot read %s", file, from);
    }
    char *in = (char *)(uintptr_t)bytes.at, *at = to;
    size_t left = bytes.n, room = bytes.n * DECODE_GROWTH;
    size_t done = iconv(way, &in, &left, &at, &room);
    int why = errno;
    iconv_close(way);
    if (done == (size_t)-1) {
        long row = 1;
        for (const char *c = bytes.at; c < in; c++) {
            row += *c == '\n';
        }
        (void)why;
        err_at(err, E_UTF8, file, row, NULL, (struct text){in, left < 4 ? left : 4},
               "this is no text in UTF-8, nor in %s", from);
        err_hint(err, "Open the file in a spreadsheet program and save it again as CSV UTF-8.");
        return E_UTF8;
    }
    *out = (struct text){to, (size_t)(at - to)};
    return 0;
}

int place_import_decode(struct arena *arena, const char *file, struct text bytes, struct text *out,
                        const char **encoding, struct ajar_err *err)
{
    size_t bad;
    if (text_starts(bytes, "\xef\xbb\xbf")) {
        bytes = (struct text){bytes.at + 3, bytes.n - 3};
    }
    if (text_starts(bytes, "\xff\xfe") || text_starts(bytes, "\xfe\xff")) {
        *encoding = bytes.at[0] == '\xff' ? "UTF-16LE" : "UTF-16BE";
        bytes = (struct text){bytes.at + 2, bytes.n - 2};
        return decode_with(arena, file, *encoding, bytes, out, err);
    }
    /* A spreadsheet file and other things with zero bytes are the CSV reader's to refuse. */
    bool binary = text_starts(bytes, "PK\x03\x04") || text_starts(bytes, "\xd0\xcf\x11\xe0");
    if (binary || text_utf8(bytes, &bad)) {
        *encoding = "UTF-8";
        *out = bytes;
        return 0;
    }
    *encoding = "windows-1251";
    return decode_with(arena, file, *encoding, bytes, out, err);
}
