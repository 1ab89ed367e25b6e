/* One pass over the page: sections, blocks of text and tables in the order in which they stand. */
#include <string.h>

#include "trail.h"
#include "trail_page.h"
#include "trail_text.h"

#define SCAN_CEILING ((size_t)64 << 20)
#define SCAN_BLOCKS  16 /* most blocks within each other */

struct scan_block {
    const char *from;
    size_t name_n;
    uint32_t row; /* TRAIL_NONE: no figure yet */
};

struct scan {
    struct trail *trail;
    struct buf out;
    const char *at, *end;
    struct text section, chapter,
        heading;       /* words of ids: that of the last h3, that of the last h3 or h4 */
    uint32_t family;   /* of the section's sentences; TRAIL_NONE: none yet */
    uint32_t n_under;  /* rows under the heading */
    const char *quiet; /* name of the element whose numbers are no figures; NULL: none */
    uint32_t quiet_depth;
    struct scan_block blocks[SCAN_BLOCKS];
    uint32_t n_blocks;
    struct text picture; /* drawn, and its table is still to come */
};

static struct text tag_name(struct text tag)
{
    size_t from = tag.n > 1 && tag.at[1] == '/' ? 2 : 1, to = from;
    while (to < tag.n && tag.at[to] != ' ' && tag.at[to] != '>' && tag.at[to] != '\n') {
        to++;
    }
    return (struct text){tag.at + from, to - from};
}

static bool is_one_of(struct text name, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (text_is(name, names[i])) {
            return true;
        }
    }
    return false;
}

static const char *quiet_name(struct text tag, struct text name)
{
    static const char *const names[] = {"a",    "time", "code", "pre", "summary",
                                        "cite", "h2",   "h3",   "h4",  "h5"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (text_is(name, names[i])) {
            return names[i];
        }
    }
    if (text_is(name, "section")) {
        struct text id = trail_attr(tag, "id");
        if (text_is(id, "sources") || text_is(id, "terms")) {
            return "section";
        }
    }
    /* What the writer says is no figure: texts of the law, formulas, legends. */
    static const char *const plain[] = {"span", "p", "ul", "li", "div"};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        if (text_is(name, plain[i]) && trail_attr(tag, "data-plain").n > 0) {
            return plain[i];
        }
    }
    return NULL;
}

static struct text till(const char *from, const char *end, const char *what)
{
    const char *found = memmem(from, (size_t)(end - from), what, strlen(what));
    return (struct text){from, (size_t)((found == NULL ? end : found) - from)};
}

static int see_heading(struct scan *scan, struct text name, struct ajar_err *err)
{
    char close[8] = "</h3>";
    close[3] = name.at[1];
    TRY(trail_slug(scan->trail->arena, till(scan->at, scan->end, close), &scan->heading, err));
    scan->chapter = name.at[1] == '3' ? scan->heading : scan->chapter;
    scan->n_under = 0;
    return 0;
}

static bool is_taken(const struct trail *trail, uint32_t family, struct text key)
{
    for (uint32_t i = 0; i < trail->n_rows; i++) {
        if (trail->rows[i].family == family && text_eq(trail->rows[i].key, key)) {
            return true;
        }
    }
    return false;
}

/* The heading and a number: "georgia-shuts-3"; where headings repeat, that above them in front. */
static int make_key(struct scan *scan, struct text *out, struct ajar_err *err)
{
    struct buf key;
    const char *copy = NULL;
    buf_init(&key, 4096);
    buf_text(&key, scan->heading);
    buf_printf(&key, "%s%u", scan->heading.n > 0 ? "-" : "", ++scan->n_under);
    if (is_taken(scan->trail, scan->family, buf_view(&key))) {
        key.n = 0;
        buf_text(&key, scan->chapter);
        buf_char(&key, '.');
        buf_text(&key, scan->heading);
        buf_printf(&key, "-%u", scan->n_under);
    }
    for (unsigned i = 2; is_taken(scan->trail, scan->family, buf_view(&key)); i++) {
        buf_printf(&key, "-%u", i);
    }
    int code = buf_ok(&key, err);
    code = code != 0 ? code : text_copy(scan->trail->arena, buf_view(&key), &copy, err);
    buf_free(&key);
    *out = text_of(copy);
    return code;
}

static int see_family(struct scan *scan, struct ajar_err *err)
{
    const struct trail_rule *rule = trail_rule_of(scan->section, true);
    struct trail_family family = {.id =
                                      rule->family != NULL ? text_of(rule->family) : scan->section,
                                  .page = scan->section,
                                  .part = rule->part,
                                  .file = rule->file,
                                  .from = rule->from,
                                  .prose = true};
    TRY(trail_plain(scan->trail->arena, family.id, &family.what, err));
    TRY(trail_add_family(scan->trail, &family, err));
    scan->family = scan->trail->n_families - 1;
    return 0;
}

/* The row of the block that the number stands in. */
static int see_row(struct scan *scan, uint32_t *out, struct ajar_err *err)
{
    struct trail *trail = scan->trail;
    struct scan_block *block = scan->n_blocks > 0 ? &scan->blocks[scan->n_blocks - 1] : NULL;
    if (block != NULL && block->row != TRAIL_NONE) {
        *out = block->row;
        return 0;
    }
    if (scan->family == TRAIL_NONE) {
        TRY(see_family(scan, err));
    }
    struct trail_row row = {.family = scan->family,
                            .kind = trail_rule_of(scan->section, true)->kind};
    TRY(make_key(scan, &row.key, err));
    TRY(trail_add_row(trail, &row, err));
    *out = trail->n_rows - 1;
    if (block != NULL) {
        block->row = *out;
    }
    return 0;
}

static void put_link(struct scan *scan, uint32_t row, uint32_t column, struct text number)
{
    const struct trail *trail = scan->trail;
    const struct trail_family *family = &trail->families[trail->rows[row].family];
    struct buf *out = &scan->out;
    buf_str(out, "<a class=\"figure\" href=\"#trail-");
    buf_text(out, family->id);
    buf_str(out, "\" data-figure=\"");
    buf_text(out, family->id);
    buf_char(out, '.');
    buf_text(out, trail->rows[row].key);
    buf_printf(out, ".%u\">", column + 1);
    buf_text(out, number);
    buf_str(out, "</a>");
}

static uint32_t cells_of(const struct trail *trail, uint32_t row)
{
    uint32_t n = 0;
    for (uint32_t i = trail->rows[row].first; i != TRAIL_NONE; i = trail->cells[i].next) {
        n++;
    }
    return n;
}

static int see_text(struct scan *scan, struct text text, struct ajar_err *err)
{
    struct text number;
    while (scan->section.n > 0 && scan->quiet == NULL && trail_number(text, &number)) {
        struct text shown;
        uint32_t row;
        size_t before = (size_t)(number.at - text.at);
        TRY(see_row(scan, &row, err));
        TRY(trail_plain(scan->trail->arena, number, &shown, err));
        uint32_t column = cells_of(scan->trail, row);
        TRY(trail_add_cell(scan->trail, row, column, shown, err));
        buf_bytes(&scan->out, text.at, before);
        put_link(scan, row, column, number);
        text = (struct text){number.at + number.n, text.n - before - number.n};
    }
    buf_text(&scan->out, text);
    return 0;
}

static int see_picture(struct scan *scan, struct ajar_err *err)
{
    if (scan->picture.n > 0) {
        TRY(trail_add_picture(scan->trail, scan->picture, scan->trail->n_families - 1, err));
        scan->picture.n = 0;
    }
    return 0;
}

static int see_table(struct scan *scan, struct text tag, struct ajar_err *err)
{
    uint32_t before = scan->trail->n_families;
    struct text rest = till(scan->at, scan->end, "</table>");
    struct text table = {tag.at, (size_t)(rest.at + rest.n - tag.at)};
    TRY(trail_see_table(scan->trail, scan->section, table, err));
    buf_bytes(&scan->out, table.at, table.n);
    buf_str(&scan->out, "</table>");
    scan->at = rest.at + rest.n + 8;
    if (scan->trail->n_families > before) {
        struct text id = scan->trail->families[before].id;
        TRY(see_picture(scan, err));
        buf_str(&scan->out, "\n<p class=\"trail-of\"><a href=\"#trail-");
        buf_text(&scan->out, id);
        buf_str(&scan->out, "\" data-table=\"");
        buf_text(&scan->out, scan->trail->families[before].page);
        buf_str(&scan->out, "\">How these figures came about</a></p>");
    }
    return 0;
}

static int block_close(struct scan *scan, struct ajar_err *err)
{
    struct scan_block *block = &scan->blocks[--scan->n_blocks];
    if (block->row == TRAIL_NONE) {
        return 0;
    }
    struct text html = {block->from, (size_t)(scan->at - block->from)};
    struct trail_row *row = &scan->trail->rows[block->row];
    TRY(trail_plain(scan->trail->arena, html, &row->what, err));
    return trail_see_links(scan->trail, block->row, html, err);
}

static int see_section(struct scan *scan, struct text tag, bool open, struct ajar_err *err)
{
    if (!open && scan->section.n > 0) {
        if (scan->picture.n > 0 && scan->family == TRAIL_NONE) {
            TRY(see_family(scan, err));
        }
        if (scan->picture.n > 0) {
            TRY(trail_add_picture(scan->trail, scan->picture, scan->family, err));
        }
    }
    scan->section = open ? trail_attr(tag, "id") : (struct text){"", 0};
    scan->heading = scan->chapter = scan->picture = (struct text){"", 0};
    scan->family = TRAIL_NONE;
    scan->n_under = scan->n_blocks = 0;
    return 0;
}

static int see_open(struct scan *scan, struct text tag, struct text name, struct ajar_err *err)
{
    static const char *const blocks[] = {"p", "li", "dd", "dt", "figcaption"};
    if (text_is(name, "section")) {
        TRY(see_section(scan, tag, true, err));
    } else if (text_is(name, "h3") || text_is(name, "h4")) {
        TRY(see_heading(scan, name, err));
    } else if (text_is(name, "table") && scan->section.n > 0 && scan->quiet == NULL) {
        return see_table(scan, tag, err);
    } else if (text_is(name, "div") && trail_attr(tag, "data-picture").n > 0) {
        scan->picture = trail_attr(tag, "data-picture");
    } else if (is_one_of(name, blocks, sizeof blocks / sizeof *blocks) &&
               scan->n_blocks < SCAN_BLOCKS) {
        scan->blocks[scan->n_blocks++] = (struct scan_block){scan->at, name.n, TRAIL_NONE};
    }
    const char *quiet = quiet_name(tag, name);
    if (scan->quiet == NULL) {
        scan->quiet = quiet;
        scan->quiet_depth = quiet != NULL;
    } else {
        scan->quiet_depth += text_is(name, scan->quiet);
    }
    buf_text(&scan->out, tag);
    return 0;
}

static int see_close(struct scan *scan, struct text tag, struct text name, struct ajar_err *err)
{
    static const char *const blocks[] = {"p", "li", "dd", "dt", "figcaption"};
    if (scan->quiet != NULL && text_is(name, scan->quiet) && --scan->quiet_depth == 0) {
        scan->quiet = NULL;
    }
    if (is_one_of(name, blocks, sizeof blocks / sizeof *blocks) && scan->n_blocks > 0) {
        TRY(block_close(scan, err));
    }
    if (text_is(name, "section")) {
        TRY(see_section(scan, tag, false, err));
    }
    if (text_is(name, "main")) {
        trail_put_list(&scan->out, scan->trail);
    }
    buf_text(&scan->out, tag);
    return 0;
}

static int scan_all(struct scan *scan, struct ajar_err *err)
{
    while (scan->at < scan->end) {
        struct text text = till(scan->at, scan->end, "<");
        TRY(see_text(scan, text, err));
        scan->at += text.n;
        if (scan->at == scan->end) {
            return 0;
        }
        struct text tag = till(scan->at, scan->end, ">");
        tag.n += tag.at + tag.n < scan->end;
        struct text name = tag_name(tag);
        bool closes = tag.n > 1 && tag.at[1] == '/';
        const char *from = scan->at;
        scan->at = closes ? from : from + tag.n; /* a block ends before its closing tag */
        TRY(closes ? see_close(scan, tag, name, err) : see_open(scan, tag, name, err));
        scan->at = closes ? from + tag.n : scan->at;
    }
    return 0;
}

int trail_scan(struct trail *trail, struct buf *page, size_t start, struct ajar_err *err)
{
    const char *copy;
    struct text body = {page->at + start, page->n - start};
    TRY(text_copy(trail->arena, body, &copy, err));
    struct scan scan = {.trail = trail, .at = copy, .end = copy + body.n, .family = TRAIL_NONE};
    buf_init(&scan.out, SCAN_CEILING);
    int code = scan_all(&scan, err);
    code = code != 0 ? code : buf_ok(&scan.out, err);
    if (code == 0) {
        page->n = start;
        buf_text(page, buf_view(&scan.out));
    }
    buf_free(&scan.out);
    return code;
}
