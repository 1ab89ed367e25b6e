/* docs/errors.md: every slug, its exit code, the rule and what to do. */
#include <string.h>

#include "gen.h"
#include "help.h"

static struct text errors_group(int code)
{
    struct text rest;
    return text_split(text_of(err_row(code)->slug), '.', &rest);
}

static bool errors_seen(int code)
{
    for (int i = 1; i < code; i++) {
        if (text_eq(errors_group(i), errors_group(code))) {
            return true;
        }
    }
    return false;
}

/* A table cell of Markdown: the bar would end it, and a < would begin a tag. */
static void errors_cell(struct buf *buf, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '|') {
            buf_str(buf, "\\|");
        } else if (*c == '<') {
            buf_str(buf, "&lt;");
        } else {
            buf_char(buf, *c);
        }
    }
}

static void errors_rows(struct buf *buf, int first)
{
    struct text group = errors_group(first);
    buf_printf(buf, "\n## %.*s\n\n| slug | exit | rule | what to do |\n| --- | --- | --- | --- |\n",
               (int)group.n, group.at);
    for (int i = first; i < E_COUNT; i++) {
        if (text_eq(errors_group(i), group)) {
            const struct err_row *row = err_row(i);
            buf_printf(buf, "| `%s` | %d | ", row->slug, row->exit_code);
            errors_cell(buf, row->rule);
            buf_str(buf, " | ");
            errors_cell(buf, row->advice);
            buf_str(buf, " |\n");
        }
    }
}

void errors_page(struct buf *buf)
{
    buf_str(buf, "# Errors\n\n"
                 "Every error has a stable slug, shown in brackets after the message and as `slug` "
                 "with `--json`.\nSlugs are added, never renamed. The exit codes:");
    for (int i = 2; i < 256; i++) {
        if (help_exit_text(i) != NULL && i < 128) {
            buf_printf(buf, "%s %d %s", i == 2 ? "" : ",", i, help_exit_text(i));
        }
    }
    buf_str(buf, ".\nThis page is made from `src/base/err.def` by `ajar gen errors`.\n");
    for (int i = 1; i < E_COUNT; i++) {
        if (!errors_seen(i)) {
            errors_rows(buf, i);
        }
    }
}
