#include "book.h"

#include <string.h>

#include "book_rows.h"

/* What reading the arrivals takes beside the book itself: about 50 bytes a row. */
#define BOOK_SCRATCH_CEILING ((size_t)8 << 30)

struct book_maker {
    const struct scenario *scenario;
    struct arena *arena, *scratch;
    struct watch_value *values; /* [arrivals.n] */
    uint32_t *of;               /* [arrivals.n] its series */
    struct watch_book book;
};

/* Source rows by name, so that a row of arrivals finds its date at once. */
static int book_published(const struct book_maker *it, date_days **out, struct ajar_err *err)
{
    const struct sources *sources = &it->scenario->sources;
    date_days *published;
    TRY_NEW(published, it->scratch, it->scenario->names->n, err);
    for (size_t i = 0; i < it->scenario->names->n; i++) {
        published[i] = DATE_NONE;
    }
    for (size_t i = 0; i < sources->n; i++) {
        struct date_partial date = sources->date[i];
        published[sources->id[i]] = date.first == DATE_NONE ? DATE_NONE : date.last;
    }
    *out = published;
    return 0;
}

/* A row that the data set worked out says so by its source, or at the start of its note. */
static bool book_computed(const struct scenario *scenario, size_t row)
{
    struct text note = scenario->arrivals.note[row];
    return text_is(scenario_name(scenario, scenario->arrivals.source[row]), "computed") ||
           text_starts(note, "computed") || text_starts(note, "estimated");
}

static int book_values(struct book_maker *it, struct ajar_err *err)
{
    const struct arrivals *arrivals = &it->scenario->arrivals;
    date_days *published = NULL;
    TRY(book_published(it, &published, err));
    TRY_NEW(it->values, it->scratch, arrivals->n, err);
    for (size_t i = 0; i < arrivals->n; i++) {
        name_id source = arrivals->source[i];
        it->values[i] = (struct watch_value){.from = arrivals->from[i],
                                             .to = arrivals->to[i],
                                             .count = arrivals->value[i],
                                             .published = published[source],
                                             .row = (uint32_t)i,
                                             .source = source,
                                             .computed = book_computed(it->scenario, i)};
    }
    return 0;
}

static bool book_same_period(const struct arrivals *arrivals, uint32_t a, uint32_t b)
{
    return arrivals->country[a] == arrivals->country[b] &&
           arrivals->route[a] == arrivals->route[b] &&
           arrivals->measure[a] == arrivals->measure[b] && arrivals->from[a] == arrivals->from[b] &&
           arrivals->to[a] == arrivals->to[b];
}

/* One pair's say: a side that is read is never rejected, whatever another pair says of it.  Where neither
 * is read the first is the row in question, and the second only when it counts the same period. */
static void book_reading(struct book_maker *it, struct text reading, uint32_t a, uint32_t b,
                         bool *read)
{
    const uint32_t none = SCENARIO_NO_ROW;
    bool both = text_is(reading, "both"), neither = text_is(reading, "neither");
    bool reads_a = both || text_is(reading, "a"), reads_b = both || text_is(reading, "b");
    bool same = a != none && b != none && book_same_period(&it->scenario->arrivals, a, b);
    if (a != none) {
        read[a] = read[a] || reads_a;
        it->values[a].rejected = it->values[a].rejected || !reads_a;
    }
    if (b != none) {
        read[b] = read[b] || reads_b;
        it->values[b].rejected = it->values[b].rejected || (neither ? a == none || same : !reads_b);
    }
    if (both && same) {
        it->values[a].disputed = it->values[b].disputed = true;
    }
}

/* What contradictions.csv says of the rows that it names. */
static int book_readings(struct book_maker *it, struct ajar_err *err)
{
    const struct contradictions *all = &it->scenario->contradictions;
    name_id arrivals = scenario_word(it->scenario, "arrivals");
    bool *read;
    TRY_NEW(read, it->scratch, it->scenario->arrivals.n, err);
    for (size_t i = 0; i < all->n; i++) {
        book_reading(it, scenario_name(it->scenario, all->reading[i]),
                     all->table_a[i] == arrivals ? all->row_a[i] : SCENARIO_NO_ROW,
                     all->table_b[i] == arrivals ? all->row_b[i] : SCENARIO_NO_ROW, read);
    }
    for (size_t i = 0; i < it->scenario->arrivals.n; i++) {
        it->values[i].rejected = it->values[i].rejected && !read[i];
    }
    return 0;
}

static int book_series(struct book_maker *it, struct ajar_err *err)
{
    const struct arrivals *arrivals = &it->scenario->arrivals;
    const struct measures *measures = &it->scenario->measures;
    struct names keys;
    uint32_t *first; /* a row of each series */
    TRY(names_init(&keys, it->scratch, err));
    TRY_NEW(it->of, it->scratch, arrivals->n, err);
    TRY_NEW(first, it->scratch, arrivals->n, err);
    for (size_t i = 0; i < arrivals->n; i++) {
        TRY(book_rows_series(&keys, arrivals->country[i], arrivals->route[i], arrivals->measure[i],
                             &it->of[i], err));
        if (it->of[i] == it->book.n) {
            first[it->book.n++] = (uint32_t)i;
        }
    }
    TRY_NEW(it->book.series, it->arena, it->book.n, err);
    for (size_t s = 0; s < it->book.n; s++) {
        uint32_t row = first[s], measure = arrivals->measure[row];
        it->book.series[s] = (struct watch_series){.place = arrivals->country[row],
                                                   .route = arrivals->route[row],
                                                   .measure = measure,
                                                   .measure_word = measures->id[measure],
                                                   .kind = measures->kind[measure],
                                                   .unit = arrivals->unit[row]};
    }
    return 0;
}

static int book_make(struct book_maker *it, struct ajar_err *err)
{
    TRY(book_values(it, err));
    TRY(book_readings(it, err));
    TRY(book_series(it, err));
    size_t n = it->scenario->arrivals.n;
    for (size_t i = 0; i < n; i++) {
        it->book.series[it->of[i]].n++;
    }
    TRY(book_rows_room(it->arena, &it->book, err));
    for (size_t i = 0; i < n; i++) {
        book_rows_put(&it->book.series[it->of[i]], it->values[i]);
    }
    return book_rows_finish(&it->book, err);
}

int book_scenario(struct arena *arena, const struct scenario *scenario, struct watch_book *out,
                  struct ajar_err *err)
{
    struct arena scratch;
    arena_init(&scratch, "the book of series", BOOK_SCRATCH_CEILING);
    struct book_maker it = {.scenario = scenario,
                            .arena = arena,
                            .scratch = &scratch,
                            .book = {.names = scenario->names}};
    int code = book_make(&it, err);
    arena_free(&scratch);
    TRY(code);
    *out = it.book;
    return 0;
}

date_days book_known_from(const struct watch_value *value, enum watch_clock clock)
{
    if (clock == WATCH_PUBLISHED) {
        return value->published;
    }
    date_days next = value->to + 1;
    return value->revision && value->published > next ? value->published : next;
}
