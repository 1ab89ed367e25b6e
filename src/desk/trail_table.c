/* A table of the page: its columns, its rows, its figures. */
#include <stdio.h>
#include <string.h>

#include "num.h"
#include "trail_page.h"
#include "trail_text.h"

#define TABLE_CELLS 64 /* most cells of a row that are looked at */

/* A piece of the page between two marks, and the tag that opened it. */
struct piece {
    struct text tag, inner;
};

static struct text slice(const char *from, const char *to)
{
    return (struct text){from, (size_t)(to - from)};
}

/* The next element of `name` ("tr", "td") in *rest, which moves past it.  Elements of a name do not nest here. */
static bool next_piece(struct text *rest, const char *name, struct piece *out)
{
    char open[16], close[16];
    size_t n = (size_t)snprintf(open, sizeof open, "<%s", name);
    snprintf(close, sizeof close, "</%s>", name);
    for (;;) {
        const char *at = memmem(rest->at, rest->n, open, n);
        if (at == NULL) {
            return false;
        }
        const char *end = rest->at + rest->n;
        const char *gt = memchr(at, '>', (size_t)(end - at));
        if (gt == NULL) {
            return false;
        }
        if (at[n] != ' ' && at[n] != '>') { /* "<thead" is no "<th" */
            *rest = slice(at + n, end);
            continue;
        }
        const char *shut = memmem(gt, (size_t)(end - gt), close, n + 2);
        shut = shut == NULL ? end : shut;
        *out = (struct piece){slice(at, gt + 1), slice(gt + 1, shut)};
        *rest = slice(shut, end);
        return true;
    }
}

/* The cells of a row, heads and others, in order. */
static size_t row_cells(struct text row, struct piece cells[static TABLE_CELLS])
{
    size_t n = 0;
    struct piece head, cell;
    struct text rest = row;
    while (n < TABLE_CELLS) {
        struct text heads = rest, others = rest;
        bool is_head = next_piece(&heads, "th", &head), is_cell = next_piece(&others, "td", &cell);
        if (!is_head && !is_cell) {
            break;
        }
        bool first = is_head && (!is_cell || head.tag.at < cell.tag.at);
        cells[n++] = first ? head : cell;
        rest = first ? heads : others;
    }
    return n;
}

static bool has_digit(struct text text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.at[i] >= '0' && text.at[i] <= '9') {
            return true;
        }
    }
    return false;
}

static bool is_figure(const struct piece *cell)
{
    struct text class = trail_attr(cell->tag, "class");
    bool number = class.n >= 6 && memmem(class.at, class.n, "number", 6) != NULL;
    return text_starts(cell->tag, "<td") && number;
}

/* "flow.what-if-1-doors" of "exodus-what-if-1-doors": the part, then the table's own name. */
static int family_id(struct trail *trail, const struct trail_rule *rule, struct text page,
                     struct text *out, struct ajar_err *err)
{
    static const char *const heads[] = {"exodus-", "placement-"};
    if (rule->family != NULL) {
        *out = text_of(rule->family);
        return 0;
    }
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (text_starts(page, heads[i])) {
            page = slice(page.at + strlen(heads[i]), page.at + page.n);
        }
    }
    if (page.n > 6 && memcmp(page.at + page.n - 6, "-table", 6) == 0) {
        page.n -= 6;
    }
    char id[128];
    const char *copy;
    snprintf(id, sizeof id, "%s%.*s",
             text_is(text_of(rule->part), "FLOW")    ? "flow."
             : text_is(text_of(rule->part), "DOORS") ? "doors."
                                                     : "",
             (int)(page.n < 100 ? page.n : 100), page.at);
    TRY(text_copy(trail->arena, text_of(id), &copy, err));
    *out = text_of(copy);
    return 0;
}

static bool taken(struct text *words, size_t n, struct text word)
{
    for (size_t i = 0; i < n; i++) {
        if (text_eq(words[i], word)) {
            return true;
        }
    }
    return false;
}

/* A word that none of the n before has: with a number behind it if need be. */
static int own_word(struct trail *trail, struct text *words, size_t n, struct text *word,
                    struct ajar_err *err)
{
    char made[TRAIL_SLUG * 4];
    struct text wish = *word;
    for (unsigned i = 2; word->n == 0 || taken(words, n, *word); i++) {
        const char *copy;
        snprintf(made, sizeof made, "%.*s%s%u", (int)(wish.n < 200 ? wish.n : 200), wish.at,
                 wish.n > 0 ? "-" : "", i);
        TRY(text_copy(trail->arena, text_of(made), &copy, err));
        *word = text_of(copy);
    }
    return 0;
}

/* Heads of all columns but the first, which heads the rows. */
static int see_columns(struct trail *trail, struct text head, struct trail_family *family,
                       struct ajar_err *err)
{
    struct piece cells[TABLE_CELLS];
    size_t n = row_cells(head, cells);
    TRY_NEW(family->columns, trail->arena, n, err);
    TRY_NEW(family->heads, trail->arena, n, err);
    for (size_t i = 0; i < n; i++) {
        TRY(trail_slug(trail->arena, cells[i].inner, &family->columns[i], err));
        TRY(own_word(trail, family->columns, i, &family->columns[i], err));
        TRY(trail_plain(trail->arena, cells[i].inner, &family->heads[i], err));
    }
    family->n_columns = (uint32_t)n;
    return 0;
}

static int row_key(struct trail *trail, const struct trail_rule *rule, const struct piece *row,
                   const struct piece *cells, size_t n, size_t number, struct text *out,
                   struct ajar_err *err)
{
    struct text host = trail_attr(row->tag, "data-host");
    struct buf key;
    const char *copy = NULL;
    int code = 0;
    buf_init(&key, 4096);
    if (*rule->key == '#') {
        buf_printf(&key, "%zu", number + 1);
    }
    for (const char *at = rule->key; *at != '#' && *at != '\0' && code == 0; at++) {
        size_t i = (size_t)(*at - '0');
        struct text word = {"", 0};
        if (i == 0 && host.n > 0) {
            word = host;
        } else if (i < n) {
            code = trail_slug(trail->arena, cells[i].inner, &word, err);
        }
        buf_str(&key, key.n > 0 ? "." : "");
        buf_text(&key, word);
    }
    code = code != 0 ? code : buf_ok(&key, err);
    code = code != 0 ? code : text_copy(trail->arena, buf_view(&key), &copy, err);
    buf_free(&key);
    *out = text_of(copy);
    return code;
}

static uint32_t row_number(const struct trail_rule *rule, const struct piece *row, size_t number)
{
    int64_t said = 0;
    if (rule->lines == 's') {
        return (uint32_t)number + 1;
    }
    const char *name = rule->lines == 'd' ? "data-row" : "data-count";
    return rule->lines != 0 && num_parse_int(trail_attr(row->tag, name), &said) ? (uint32_t)said
                                                                                : 0;
}

int trail_see_links(struct trail *trail, uint32_t row, struct text html, struct ajar_err *err)
{
    static const char source[] = "href=\"#source-", assumption[] = "href=\"#assumption-";
    trail->rows[row].first_link = trail->n_links;
    for (struct text rest = html; rest.n > 0;) {
        const char *found = memmem(rest.at, rest.n, "href=\"#", 7);
        if (found == NULL) {
            break;
        }
        rest = slice(found, html.at + html.n);
        bool cites = text_starts(rest, source), assumes = text_starts(rest, assumption);
        size_t skip = cites ? sizeof source - 1 : assumes ? sizeof assumption - 1 : 7;
        struct text id, more, after = slice(rest.at + skip, rest.at + rest.n);
        id = text_split(after, '"', &more);
        if (cites || assumes) {
            bool known = false;
            for (uint32_t i = trail->rows[row].first_link; i < trail->n_links && !known; i++) {
                known = text_eq(trail->links[i].id, id);
            }
            if (!known) {
                TRY(trail_add_link(trail, assumes, id, err));
            }
        }
        rest = more;
    }
    trail->rows[row].n_links = trail->n_links - trail->rows[row].first_link;
    if (memmem(html.at, html.n, "class=\"assumed\"", 15) != NULL) {
        trail->rows[row].kind = TRAIL_ASSUMED;
    } else if (trail->rows[row].kind == TRAIL_OBSERVED &&
               memmem(html.at, html.n, "class=\"computed\"", 16) != NULL) {
        trail->rows[row].kind = TRAIL_COMPUTED;
    }
    return 0;
}

static int see_row(struct trail *trail, const struct trail_rule *rule, const struct piece *row,
                   size_t number, struct text *keys, struct ajar_err *err)
{
    struct piece cells[TABLE_CELLS];
    size_t n = row_cells(row->inner, cells);
    struct trail_row made = {.family = trail->n_families - 1,
                             .kind = rule->kind,
                             .number = row_number(rule, row, number),
                             .from = trail_attr(row->tag, "data-from"),
                             .input = trail_attr(row->tag, "data-in")};
    TRY(row_key(trail, rule, row, cells, n, number, &made.key, err));
    TRY(own_word(trail, keys, number, &made.key, err));
    keys[number] = made.key;
    if (n > 0) {
        TRY(trail_plain(trail->arena, cells[0].inner, &made.what, err));
    }
    TRY(trail_add_row(trail, &made, err));
    uint32_t at = trail->n_rows - 1;
    TRY(trail_see_links(trail, at, row->inner, err));
    const struct trail_family *family = &trail->families[trail->n_families - 1];
    for (size_t i = 0; i < n && i < family->n_columns; i++) {
        struct text shown;
        if (is_figure(&cells[i])) {
            TRY(trail_plain(trail->arena, cells[i].inner, &shown, err));
            if (has_digit(shown)) {
                TRY(trail_add_cell(trail, at, (uint32_t)i, shown, err));
            }
        }
    }
    return 0;
}

int trail_see_table(struct trail *trail, struct text section, struct text table,
                    struct ajar_err *err)
{
    const char *gt = memchr(table.at, '>', table.n);
    struct text rest = table, body, page = trail_attr(slice(table.at, gt + 1), "id");
    const struct trail_rule *rule = trail_rule_of(page, false);
    struct piece caption = {0}, head = {0}, first = {0}, row;
    bool figures = memmem(table.at, table.n, "<td class=\"number", 17) != NULL ||
                   memmem(table.at, table.n, " number\"", 8) != NULL;
    if (page.n == 0 || !figures) {
        return 0;
    }
    next_piece(&rest, "caption", &caption);
    next_piece(&rest, "tr", &head);
    struct trail_family family = {
        .page = page,
        .part = *rule->page != '\0' ? rule->part : trail_rule_of(section, true)->part,
        .file = rule->file,
        .where = rule->where,
        .from = rule->from,
    };
    TRY(family_id(trail, rule, page, &family.id, err));
    TRY(trail_plain(trail->arena, caption.inner, &family.what, err));
    TRY(see_columns(trail, head.inner, &family, err));
    TRY(trail_add_family(trail, &family, err));
    size_t n = 0;
    struct text *keys;
    for (body = rest; next_piece(&body, "tr", &row); n++) {
        first = n == 0 ? row : first;
    }
    TRY_NEW(keys, trail->arena, n, err);
    trail->families[trail->n_families - 1].rule =
        n > 0 ? trail_attr(first.tag, "data-rule") : (struct text){"", 0};
    n = 0;
    for (body = rest; next_piece(&body, "tr", &row); n++) {
        TRY(see_row(trail, rule, &row, n, keys, err));
    }
    return 0;
}
