/* A small scenario made in memory, row by row, for the tests of the report. */
#ifndef TEST_DESK_MADE_H
#define TEST_DESK_MADE_H

#include <math.h>

#include "../base/unit.h"
#include "scenario.h"

#define MADE_ROWS 96 /* most rows of a table */

struct made {
    struct arena arena;
    struct scenario s;
};

static inline name_id made_word(struct made *made, const char *word)
{
    name_id id = 0;
    if (*word != 0) {
        assert_int_equal(names_put(made->s.names, text_of(word), &id, NULL), 0);
    }
    return id;
}

static inline date_days made_date(const char *text)
{
    date_days date = DATE_NONE;
    if (*text != 0) {
        assert_true(date_parse(text_of(text), &date));
    }
    return date;
}

#define MADE_COLUMN(made, column)                                                                  \
    ((column) = arena_get(&(made)->arena, MADE_ROWS, sizeof *(column), NULL),                      \
     assert_non_null(column))

static inline void made_columns(struct made *made)
{
    struct scenario *s = &made->s;
    MADE_COLUMN(made, s->sources.id);
    MADE_COLUMN(made, s->sources.publisher);
    MADE_COLUMN(made, s->sources.title);
    MADE_COLUMN(made, s->sources.date);
    MADE_COLUMN(made, s->sources.url);
    MADE_COLUMN(made, s->places.id);
    MADE_COLUMN(made, s->places.name);
    MADE_COLUMN(made, s->places.country);
    MADE_COLUMN(made, s->places.lat);
    MADE_COLUMN(made, s->places.lon);
    MADE_COLUMN(made, s->places.population);
    MADE_COLUMN(made, s->places.type);
    MADE_COLUMN(made, s->places.source);
    MADE_COLUMN(made, s->measures.id);
    MADE_COLUMN(made, s->measures.table);
    MADE_COLUMN(made, s->measures.kind);
    MADE_COLUMN(made, s->measures.nationality);
    MADE_COLUMN(made, s->measures.unit);
    MADE_COLUMN(made, s->measures.definition);
    MADE_COLUMN(made, s->arrivals.from);
    MADE_COLUMN(made, s->arrivals.to);
    MADE_COLUMN(made, s->arrivals.country);
    MADE_COLUMN(made, s->arrivals.route);
    MADE_COLUMN(made, s->arrivals.measure);
    MADE_COLUMN(made, s->arrivals.value);
    MADE_COLUMN(made, s->arrivals.unit);
    MADE_COLUMN(made, s->arrivals.source);
    MADE_COLUMN(made, s->arrivals.note);
    MADE_COLUMN(made, s->doors.id);
    MADE_COLUMN(made, s->doors.country);
    MADE_COLUMN(made, s->doors.from);
    MADE_COLUMN(made, s->doors.to);
    MADE_COLUMN(made, s->doors.border);
    MADE_COLUMN(made, s->doors.refused);
    MADE_COLUMN(made, s->doors.exempt);
    MADE_COLUMN(made, s->doors.legal_basis);
    MADE_COLUMN(made, s->doors.source);
    MADE_COLUMN(made, s->doors.note);
    MADE_COLUMN(made, s->contradictions.id);
    MADE_COLUMN(made, s->contradictions.topic);
    MADE_COLUMN(made, s->contradictions.table_a);
    MADE_COLUMN(made, s->contradictions.rows_a);
    MADE_COLUMN(made, s->contradictions.source_a);
    MADE_COLUMN(made, s->contradictions.table_b);
    MADE_COLUMN(made, s->contradictions.rows_b);
    MADE_COLUMN(made, s->contradictions.source_b);
    MADE_COLUMN(made, s->contradictions.difference);
    MADE_COLUMN(made, s->contradictions.reading);
    MADE_COLUMN(made, s->contradictions.used_in);
    MADE_COLUMN(made, s->contradictions.why);
    MADE_COLUMN(made, s->contradictions.row_a);
    MADE_COLUMN(made, s->contradictions.row_b);
    MADE_COLUMN(made, s->assumptions.id);
    MADE_COLUMN(made, s->assumptions.country);
    MADE_COLUMN(made, s->assumptions.quantity);
    MADE_COLUMN(made, s->assumptions.low);
    MADE_COLUMN(made, s->assumptions.central);
    MADE_COLUMN(made, s->assumptions.high);
    MADE_COLUMN(made, s->assumptions.unit);
    MADE_COLUMN(made, s->assumptions.date);
    MADE_COLUMN(made, s->assumptions.reason);
}

static inline void made_source(struct made *made, const char *id, const char *publisher,
                               const char *date, const char *url)
{
    struct sources *to = &made->s.sources;
    size_t i = to->n++;
    to->id[i] = made_word(made, id);
    to->publisher[i] = text_of(publisher);
    to->title[i] = text_of("A bulletin");
    to->date[i].first = DATE_NONE;
    assert_true(*date == 0 || date_parse_partial(text_of(date), &to->date[i]));
    to->url[i] = text_of(url);
}

static inline void made_measure(struct made *made, const char *id, enum measure_kind kind,
                                enum unit unit)
{
    struct measures *to = &made->s.measures;
    size_t i = to->n++;
    to->id[i] = made_word(made, id);
    to->table[i] = made_word(made, "arrivals");
    to->kind[i] = kind;
    to->nationality[i] = made_word(made, "RUS");
    to->unit[i] = (name_id)unit;
    to->definition[i] = text_of("Crossings, every one counted.");
}

/* The row.  The unit is the measure's. */
static inline uint32_t made_count(struct made *made, const char *from, const char *to_day,
                                  const char *country, const char *route, const char *measure,
                                  double value, const char *source)
{
    struct arrivals *to = &made->s.arrivals;
    size_t i = to->n++;
    assert_true(i < MADE_ROWS);
    to->from[i] = made_date(from);
    to->to[i] = made_date(to_day);
    to->country[i] = made_word(made, country);
    to->route[i] = made_word(made, route);
    to->measure[i] = scenario_measure(&made->s, "arrivals", measure);
    assert_true(to->measure[i] != SCENARIO_NO_ROW);
    to->value[i] = value;
    to->unit[i] = made->s.measures.unit[to->measure[i]];
    to->source[i] = made_word(made, source);
    to->note[i] = text_of("");
    return (uint32_t)i;
}

/* Entries by land on one day, from source "guard". */
static inline uint32_t made_day(struct made *made, const char *country, const char *day,
                                double value)
{
    return made_count(made, day, day, country, "land", "entries_rus", value, "guard");
}

static inline void made_door(struct made *made, const char *id, const char *country,
                             const char *from, const char *refused)
{
    struct doors *to = &made->s.doors;
    size_t i = to->n++;
    struct text none = text_of("");
    to->id[i] = made_word(made, id);
    to->country[i] = made_word(made, country);
    to->from[i] = made_date(from);
    to->to[i] = DATE_NONE;
    to->border[i] = text_of("land");
    to->refused[i] = text_of(refused);
    to->exempt[i] = to->legal_basis[i] = to->note[i] = none;
    to->source[i] = made_word(made, "guard");
}

static inline void made_place(struct made *made, const char *id, const char *name,
                              const char *country, double lat, double lon, const char *type)
{
    struct places *to = &made->s.places;
    size_t i = to->n++;
    to->id[i] = made_word(made, id);
    to->name[i] = text_of(name);
    to->country[i] = made_word(made, country);
    to->lat[i] = lat;
    to->lon[i] = lon;
    to->population[i] = NAN;
    to->type[i] = made_word(made, type);
    to->source[i] = made_word(made, "guard");
}

/* Two rows of arrivals; row_b may be SCENARIO_NO_ROW. */
static inline void made_pair(struct made *made, const char *id, uint32_t row_a, uint32_t row_b,
                             const char *reading)
{
    struct contradictions *to = &made->s.contradictions;
    size_t i = to->n++;
    to->id[i] = made_word(made, id);
    to->topic[i] = text_of("Two counts of one thing");
    to->table_a[i] = to->table_b[i] = made_word(made, "arrivals");
    to->rows_a[i] = to->rows_b[i] = text_of("key");
    to->source_a[i] = to->source_b[i] = made_word(made, "guard");
    to->difference[i] = text_of("They differ.");
    to->reading[i] = made_word(made, reading);
    to->used_in[i] = text_of("arrival series chart");
    to->why[i] = text_of("The first is exact.");
    to->row_a[i] = row_a;
    to->row_b[i] = row_b;
}

static inline void made_assumption(struct made *made, const char *id, const char *country,
                                   const char *quantity, double low, double central, double high)
{
    struct assumptions *to = &made->s.assumptions;
    size_t i = to->n++;
    to->id[i] = made_word(made, id);
    to->country[i] = made_word(made, country);
    to->quantity[i] = made_word(made, quantity);
    to->low[i] = low;
    to->central[i] = central;
    to->high[i] = high;
    to->unit[i] = (name_id)UNIT_PERSONS;
    to->date[i].first = DATE_NONE;
    to->reason[i] = text_of("No source gives it.");
}

/* An empty scenario about RUS from September to the end of 2022, with measures and two sources:
 * "guard" of 28 September 2022 and "late" of 1 December 2022. */
static inline void made_begin(struct made *made)
{
    name_id id;
    *made = (struct made){.s = {.dir = "scenarios/made"}};
    arena_init(&made->arena, "the made scenario", (size_t)64 << 20);
    made->s.names = arena_get(&made->arena, 1, sizeof *made->s.names, NULL);
    assert_non_null(made->s.names);
    assert_int_equal(names_init(made->s.names, &made->arena, NULL), 0);
    for (int unit = UNIT_NONE + 1; unit < UNIT_COUNT; unit++) {
        assert_int_equal(names_put(made->s.names, text_of(unit_word((enum unit)unit)), &id, NULL),
                         0);
    }
    for (size_t i = 0; i < country_count(); i++) {
        assert_int_equal(names_put(made->s.names, text_of(country_at(i)->alpha3), &id, NULL), 0);
    }
    made_columns(made);
    made->s.title = text_of("A made scenario");
    made->s.summary = text_of("Made for a test.");
    made->s.subject = made_word(made, "RUS");
    made->s.from = made_date("2022-09-01");
    made->s.to = made_date("2022-12-31");
    made->s.as_known = DATE_NONE;
    made_source(made, "guard", "Border Guard", "2022-09-28", "https://example.org/guard");
    made_source(made, "late", "Late Gazette", "2022-12-01", "https://example.org/late");
    made_measure(made, "entries_rus", KIND_GROSS_IN, UNIT_CROSSINGS);
    made_measure(made, "exits_rus", KIND_GROSS_OUT, UNIT_CROSSINGS);
    made_measure(made, "refused_rus", KIND_REFUSED, UNIT_PERSONS);
    made_measure(made, "stay_rus", KIND_STOCK, UNIT_PERSONS);
}

static inline void made_end(struct made *made)
{
    arena_free(&made->arena);
}

#endif
