#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "csv.h"
#include "num.h"

void csv_out_init(struct csv_out *out, struct buf *buf)
{
    *out = (struct csv_out){.buf = buf, .separator = ',', .row_at = buf->n};
}

static void csv_out_begin(struct csv_out *out)
{
    if (out->started) {
        buf_char(out->buf, out->separator);
    }
    out->started = true;
}

/* A byte-order mark at the start of the file would be taken for the file's own; quotes keep it. */
static bool csv_out_quotes(const struct csv_out *out, struct text cell)
{
    for (size_t i = 0; i < cell.n; i++) {
        char c = cell.at[i];
        if (c == out->separator || c == '"' || c == '\r' || c == '\n') {
            return true;
        }
    }
    return text_starts(cell, "\xef\xbb\xbf");
}

static bool csv_out_formula(struct text cell)
{
    return cell.n > 0 && memchr("=+-@\t\r", cell.at[0], 6) != NULL;
}

void csv_put_text(struct csv_out *out, struct text cell)
{
    csv_out_begin(out);
    const char *apostrophe = csv_out_formula(cell) ? "'" : "";
    if (!csv_out_quotes(out, cell)) {
        buf_str(out->buf, apostrophe);
        buf_text(out->buf, cell);
        return;
    }
    buf_char(out->buf, '"');
    buf_str(out->buf, apostrophe);
    while (cell.n > 0) {
        const char *quote = memchr(cell.at, '"', cell.n);
        size_t n = quote == NULL ? cell.n : (size_t)(quote - cell.at) + 1;
        buf_bytes(out->buf, cell.at, n);
        if (quote != NULL) {
            buf_char(out->buf, '"');
        }
        cell.at += n;
        cell.n -= n;
    }
    buf_char(out->buf, '"');
}

void csv_put_str(struct csv_out *out, const char *cell)
{
    csv_put_text(out, text_of(cell));
}

void csv_put_number(struct csv_out *out, double value)
{
    char text[NUM_TEXT];
    csv_out_begin(out);
    if (!isnan(value)) {
        buf_bytes(out->buf, text, num_format(value, text));
    }
}

void csv_put_fixed(struct csv_out *out, double value, int decimals)
{
    char text[NUM_TEXT];
    csv_out_begin(out);
    if (!isnan(value)) {
        buf_bytes(out->buf, text, num_format_fixed(value, decimals, text));
    }
}

void csv_put_int(struct csv_out *out, int64_t value)
{
    csv_out_begin(out);
    buf_printf(out->buf, "%lld", (long long)value);
}

/* A record of one empty cell would be a blank line, which readers pass over; quotes keep it. */
void csv_end_row(struct csv_out *out)
{
    assert(out->started);
    if (out->buf->n == out->row_at) {
        buf_str(out->buf, "\"\"");
    }
    buf_str(out->buf, "\r\n");
    out->started = false;
    out->row_at = out->buf->n;
}
