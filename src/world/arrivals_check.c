#include "arrivals_check.h"

#include <stdlib.h>

#include "row_key.h"

/* Spans of one series that are still open at the first day of the next, the one that ends first on
 * top. */
struct span_stack {
    const struct radix_item **at;
    size_t n;
};

struct arrivals_checker {
    struct checker *checker;
    const struct arrivals_index *index;
    const struct contradiction_pairs *pairs;
    struct span_stack open;
    uint32_t *heads; /* room for the sources of one span */
    size_t pairs_seen;
};

static int run_compare(const void *a, const void *b)
{
    const struct radix_item *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

static void arrivals_duplicate(struct arrivals_checker *of, uint32_t row, uint32_t first)
{
    char key[ROW_KEY_TEXT];
    const uint32_t *line = of->checker->scenario->arrivals.line;
    row_key_full(of->checker, SCHEMA_ARRIVALS, row, key);
    checker_fault(of->checker, E_SCENARIO_KEY_DUPLICATE, SCHEMA_ARRIVALS, line[row], "date_from",
                  text_of(key), "the row has the same key as line %u", line[first]);
}

/* Equal spans: a source twice is a duplicate, two sources must agree or be declared.  The run is
 * brought into the order of sources, so that one source stands together. */
static void arrivals_run(struct arrivals_checker *of, struct radix_item *run, size_t n)
{
    const name_id *source = of->checker->scenario->arrivals.source;
    uint64_t span = run[0].key;
    for (size_t i = 0; i < n; i++) {
        run[i].key = (uint64_t)source[run[i].row] << 32 | run[i].row;
    }
    qsort(run, n, sizeof *run, run_compare);
    for (size_t i = 0; i < n; i++) {
        run[i].key = span;
    }
    size_t n_heads = 0; /* the first row of each source that could be read */
    for (size_t i = 0; i < n; i++) {
        uint32_t row = run[i].row;
        if (source[row] == 0) {
            continue;
        }
        if (n_heads > 0 && source[row] == source[of->heads[n_heads - 1]]) {
            arrivals_duplicate(of, row, of->heads[n_heads - 1]);
            continue;
        }
        for (size_t j = n_heads; j-- > 0;) {
            contradiction_check_pair(of->checker, of->pairs, SCHEMA_ARRIVALS, row, of->heads[j]);
            if (++of->pairs_seen > ARRIVALS_PAIRS_MAX) {
                break;
            }
        }
        of->heads[n_heads++] = row;
    }
}

static void arrivals_cross(struct arrivals_checker *of, const struct radix_item *a,
                           const struct radix_item *b)
{
    if (contradiction_declared(of->pairs, SCHEMA_ARRIVALS, a->row, b->row) ||
        contradiction_untold(of->checker, SCHEMA_ARRIVALS, a->row, b->row)) {
        return;
    }
    const struct radix_item *later = a->row > b->row ? a : b, *earlier = a->row > b->row ? b : a;
    const struct radix_item *both[2] = {later, earlier};
    char from[2][DATE_TEXT], to[2][DATE_TEXT], source[2][64], key[ROW_KEY_TEXT];
    for (size_t i = 0; i < 2; i++) {
        date_format(arrivals_index_from(of->index, both[i]), from[i]);
        date_format(arrivals_index_to(of->index, both[i]), to[i]);
        row_key_cell(of->checker, schema_table(SCHEMA_ARRIVALS),
                     row_key_form(SCHEMA_ARRIVALS)->source, both[i]->row, source[i],
                     sizeof source[i]);
    }
    const uint32_t *line = of->checker->scenario->arrivals.line;
    struct ajar_err *fault =
        checker_fault(of->checker, E_SCENARIO_SPAN_OVERLAP, SCHEMA_ARRIVALS, line[later->row],
                      "date_from", text_of(from[0]), "%s to %s crosses %s to %s in line %u",
                      from[0], to[0], from[1], to[1], line[earlier->row]);
    err_hint(fault, "Correct the dates, or declare it: key %s from %s with line %u from %s.",
             row_key_text(of->checker, SCHEMA_ARRIVALS, later->row, key), source[0],
             line[earlier->row], source[1]);
}

/* Opens the next span of the series.  Of the open spans those that end before it starts are closed,
 * those that end inside it cross it (they started earlier: of two with one first day the longer
 * comes first), the rest hold it. */
static void arrivals_open(struct arrivals_checker *of, const struct radix_item *span)
{
    struct span_stack *open = &of->open;
    date_days from = arrivals_index_from(of->index, span), to = arrivals_index_to(of->index, span);
    while (open->n > 0 && arrivals_index_to(of->index, open->at[open->n - 1]) < from) {
        open->n--;
    }
    size_t place = open->n;
    bool all = of->pairs_seen < ARRIVALS_PAIRS_MAX;
    while (place > 0 && arrivals_index_to(of->index, open->at[place - 1]) < to) {
        arrivals_cross(of, open->at[--place], span);
        of->pairs_seen++;
    }
    if (!all) {
        open->n = place; /* too many: what crosses once is not looked at again */
    }
    for (size_t i = open->n; i > place; i--) {
        open->at[i] = open->at[i - 1];
    }
    open->at[place] = span;
    open->n++;
}

static void arrivals_series(struct arrivals_checker *of, struct radix_item *at, size_t n)
{
    of->open.n = 0;
    for (size_t first = 0, next; first < n; first = next) {
        next = first + 1;
        while (next < n && at[next].key == at[first].key) {
            next++;
        }
        if (next - first > 1) {
            arrivals_run(of, &at[first], next - first);
        }
        for (size_t i = first; i < next; i++) {
            arrivals_open(of, &at[i]);
        }
    }
}

int arrivals_check(struct checker *checker, struct arrivals_index *index,
                   const struct contradiction_pairs *pairs, struct ajar_err *err)
{
    struct arrivals_checker of = {.checker = checker, .index = index, .pairs = pairs};
    size_t longest = 0;
    for (uint32_t s = 0; s < index->n_series; s++) {
        size_t n = index->start[s + 1] - index->start[s];
        longest = n > longest ? n : longest;
    }
    TRY_NEW(of.open.at, checker->scratch, longest, err);
    TRY_NEW(of.heads, checker->scratch, longest, err);
    for (uint32_t s = 0; s < index->n_series; s++) {
        arrivals_series(&of, &index->at[index->start[s]], index->start[s + 1] - index->start[s]);
    }
    return 0;
}
