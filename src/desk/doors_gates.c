#include "doors_gates.h"

#include <stdlib.h>
#include <string.h>

#include "csv.h"
#include "doors_days.h"
#include "doors_job.h"

#define GATES_SCRATCH_CEILING ((size_t)1 << 30)
#define GATES_CELLS_MAX       ((size_t)1 << 30)

/* From lenient to strict. */
static int gate_rank(enum gate gate)
{
    static const int rank[] = {[GATE_NO_RULE] = 0, [GATE_OPEN] = 1,   [GATE_DISCRETION] = 2,
                               [GATE_UNKNOWN] = 3, [GATE_CLOSED] = 4, [GATE_BARRED] = 5};
    return rank[gate];
}

enum gate doors_gate_of(enum status status)
{
    static const enum gate gates[STATUS_COUNT] = {
        [STATUS_OPEN] = GATE_OPEN,           [STATUS_DISCRETION] = GATE_DISCRETION,
        [STATUS_NEEDS_FACTS] = GATE_UNKNOWN, [STATUS_CLOSED_ACTIONABLE] = GATE_CLOSED,
        [STATUS_CLOSED] = GATE_CLOSED,       [STATUS_BARRED] = GATE_BARRED,
        [STATUS_CONFLICT] = GATE_CLOSED,     [STATUS_NOT_APPLICABLE] = GATE_NO_RULE,
        [STATUS_NO_RULE] = GATE_NO_RULE};
    return gates[status];
}

static enum gate gate_of_effect(enum effect effect)
{
    static const enum gate gates[] = {[EFFECT_CLOSED] = GATE_CLOSED,
                                      [EFFECT_DISCRETION] = GATE_DISCRETION,
                                      [EFFECT_OPEN] = GATE_OPEN,
                                      [EFFECT_BAR] = GATE_BARRED};
    return gates[effect];
}

/* One door of one crossing, with what it said last of each profile. */
struct gates_door {
    size_t crossing;
    uint32_t door;
    uint8_t *gate, *practice; /* [n_profiles] */
};

struct gates_making {
    struct arena *arena;
    const struct rules *rules;
    const struct doors_profiles *profiles;
    struct gates *gates;
    date_days as_known;
    size_t n_doors;
    struct gates_door *doors; /* by door, then as the crossings stand */
    uint8_t *look;            /* [n_doors * n_days]; that of a door's first row counts */
    uint8_t *noted;           /* [n_crossings * n_profiles] some door's practice, on the day */
};

int doors_gates_person(struct arena *arena, const struct rules *rules,
                       const struct doors_profile *profile, const struct doors_crossing *crossing,
                       struct person *out, struct ajar_err *err)
{
    *out = profile->person;
    TRY_NEW(out->values, arena, rules->n_facts, err);
    memcpy(out->values, profile->person.values, rules->n_facts * sizeof *out->values);
    for (size_t i = 0; i < crossing->n_facts; i++) {
        out->values[crossing->facts[i]] = crossing->values[i];
    }
    return 0;
}

static int gates_decide(struct gates_making *making, struct arena *scratch,
                        const struct instance *instance, struct gates_door *door,
                        struct ajar_err *err)
{
    struct decide_options options = {0};
    for (size_t i = 0; i < making->gates->n_profiles; i++) {
        struct person person;
        struct decision decision;
        enum gate practice = GATE_NO_RULE;
        TRY(doors_gates_person(scratch, making->rules, &making->profiles->profiles[i],
                               &making->profiles->crossings[door->crossing], &person, err));
        TRY(decide(scratch, scratch, instance, &person, &options, &decision, err));
        for (size_t p = 0; p < decision.n_practice; p++) {
            practice = gate_of_effect(decision.practice[p]->effect);
        }
        door->gate[i] = (uint8_t)doors_gate_of(decision.status);
        door->practice[i] = (uint8_t)practice;
    }
    return 0;
}

/* The rows [first, last) of one door on one day: it is built once for all its crossings. */
static int gates_build(struct gates_making *making, struct arena *scratch, size_t day, size_t first,
                       size_t last, struct ajar_err *err)
{
    struct instance instance;
    date_days on = making->gates->from + (date_days)day;
    date_days known = making->as_known == DATE_NONE ? on : making->as_known;
    TRY(instance_build(scratch, scratch, making->rules, making->doors[first].door,
                       moment_of_day(on), known, &instance, err));
    for (size_t i = first; i < last; i++) {
        TRY(gates_decide(making, scratch, &instance, &making->doors[i], err));
    }
    return 0;
}

static size_t gates_last(const struct gates_making *making, size_t first)
{
    size_t last = first;
    while (last < making->n_doors && making->doors[last].door == making->doors[first].door) {
        last++;
    }
    return last;
}

static int gates_look(struct gates_making *making, size_t day, struct ajar_err *err)
{
    for (size_t first = 0, last; first < making->n_doors; first = last) {
        struct arena scratch;
        last = gates_last(making, first);
        if (!making->look[first * making->gates->n_days + day]) {
            continue;
        }
        arena_init(&scratch, "gates", GATES_SCRATCH_CEILING);
        int code = gates_build(making, &scratch, day, first, last, err);
        arena_free(&scratch);
        TRY(code);
    }
    return 0;
}

static uint8_t gate_stricter(uint8_t a, uint8_t b)
{
    return gate_rank((enum gate)a) >= gate_rank((enum gate)b) ? a : b;
}

/* The strictest of a crossing's doors.  Where nothing is noted of one door's practice, its law is what is
 * seen there; where nothing is noted of any, the crossing has none. */
static void gates_put(struct gates_making *making, size_t day)
{
    struct gates *gates = making->gates;
    size_t n = gates->n_crossings * gates->n_profiles;
    uint8_t *at = gates->at + day * n, *practice = gates->practice + day * n;
    memset(making->noted, 0, n * sizeof *making->noted);
    for (size_t d = 0; d < making->n_doors; d++) {
        const struct gates_door *door = &making->doors[d];
        for (size_t i = 0; i < gates->n_profiles; i++) {
            size_t cell = door->crossing * gates->n_profiles + i;
            bool noted = door->practice[i] != GATE_NO_RULE;
            at[cell] = gate_stricter(at[cell], door->gate[i]);
            practice[cell] =
                gate_stricter(practice[cell], noted ? door->practice[i] : door->gate[i]);
            making->noted[cell] |= noted;
        }
    }
    for (size_t cell = 0; cell < n; cell++) {
        practice[cell] = making->noted[cell] ? practice[cell] : (uint8_t)GATE_NO_RULE;
    }
}

static int gates_door_order(const void *a, const void *b)
{
    const struct gates_door *x = a, *y = b;
    if (x->door != y->door) {
        return x->door < y->door ? -1 : 1;
    }
    return (x->crossing > y->crossing) - (x->crossing < y->crossing);
}

static int gates_doors(struct gates_making *making, struct ajar_err *err)
{
    const struct doors_profiles *profiles = making->profiles;
    size_t n = 0;
    for (size_t c = 0; c < profiles->n_crossings; c++) {
        n += profiles->crossings[c].n_doors;
    }
    TRY_NEW(making->doors, making->arena, n, err);
    for (size_t c = 0; c < profiles->n_crossings; c++) {
        for (size_t d = 0; d < profiles->crossings[c].n_doors; d++) {
            struct gates_door *door = &making->doors[making->n_doors++];
            *door = (struct gates_door){.crossing = c, .door = profiles->crossings[c].doors[d]};
            TRY_NEW(door->gate, making->arena, profiles->n, err);
            TRY_NEW(door->practice, making->arena, profiles->n, err);
        }
    }
    if (n > 0) {
        qsort(making->doors, n, sizeof *making->doors, gates_door_order);
    }
    return 0;
}

/* On which days each door is built again: all, where the mere passing of days may count. */
static int gates_days(struct gates_making *making, struct ajar_err *err)
{
    size_t n = making->gates->n_days;
    date_days last = making->gates->from + (date_days)n - 1;
    date_days latest = making->as_known == DATE_NONE ? last : making->as_known;
    TRY_NEW(making->look, making->arena, making->n_doors * n, err);
    for (size_t first = 0; n > 0 && first < making->n_doors; first = gates_last(making, first)) {
        uint8_t *look = making->look + first * n;
        bool moves;
        TRY(doors_days_move(making->rules, making->profiles, making->doors[first].door, latest,
                            &moves, err));
        memset(look, moves, n);
        TRY(doors_days_changed(making->arena, making->rules, making->doors[first].door,
                               making->gates->from, n, making->as_known, DATE_NONE, true, look,
                               err));
        look[0] = 1;
    }
    return 0;
}

static int gates_names(struct arena *arena, const struct rules *rules,
                       const struct doors_profiles *profiles, struct gates *gates,
                       struct ajar_err *err)
{
    struct gate_crossing *crossings;
    struct text *names;
    TRY_NEW(crossings, arena, gates->n_crossings, err);
    TRY_NEW(names, arena, gates->n_profiles, err);
    for (size_t i = 0; i < gates->n_profiles; i++) {
        names[i] = profiles->profiles[i].id;
    }
    for (size_t i = 0; i < gates->n_crossings; i++) {
        const struct doors_crossing *from = &profiles->crossings[i];
        struct buf buf;
        const char *copy = NULL;
        buf_init(&buf, (size_t)1 << 16);
        for (size_t d = 0; d < from->n_doors; d++) {
            buf_str(&buf, d == 0 ? "" : ";");
            buf_text(&buf, rules->doors[from->doors[d]].id);
        }
        int code = buf_ok(&buf, err);
        code = code != 0 ? code : text_copy(arena, buf_view(&buf), &copy, err);
        buf_free(&buf);
        TRY(code);
        crossings[i] = (struct gate_crossing){
            .id = from->id, .country = from->country, .way = from->way, .doors = text_of(copy)};
    }
    gates->crossings = crossings;
    gates->profiles = names;
    return 0;
}

int doors_gates(struct arena *arena, const struct rules *rules,
                const struct doors_profiles *profiles, date_days from, date_days to,
                date_days as_known, struct gates *out, struct ajar_err *err)
{
    struct gates gates = {.from = from,
                          .n_days = to < from ? 0 : (size_t)(to - from) + 1,
                          .n_crossings = profiles->n_crossings,
                          .n_profiles = profiles->n};
    struct gates_making making = {.arena = arena,
                                  .rules = rules,
                                  .profiles = profiles,
                                  .gates = &gates,
                                  .as_known = as_known};
    size_t row = gates.n_crossings * gates.n_profiles;
    if (row > 0 && gates.n_days > GATES_CELLS_MAX / row) {
        return err_set(err, E_CEILING, "the gate table would have more than %zu cells",
                       GATES_CELLS_MAX);
    }
    TRY(gates_names(arena, rules, profiles, &gates, err));
    TRY_NEW(gates.at, arena, gates.n_days * row, err);
    TRY_NEW(gates.practice, arena, gates.n_days * row, err);
    TRY_NEW(making.noted, arena, row, err);
    TRY(gates_doors(&making, err));
    TRY(gates_days(&making, err));
    for (size_t day = 0; day < gates.n_days; day++) {
        TRY(gates_look(&making, day, err));
        gates_put(&making, day);
    }
    *out = gates;
    return 0;
}

static bool gates_changed(const struct gates *gates, size_t day, size_t cell)
{
    size_t row = gates->n_crossings * gates->n_profiles;
    size_t at = day * row + cell;
    return day == 0 || gates->at[at] != gates->at[at - row] ||
           gates->practice[at] != gates->practice[at - row];
}

int doors_gates_csv(struct buf *buf, const struct gates *gates, bool every_day)
{
    static const char *const heads[] = {"day",     "crossing", "country",  "way",
                                        "profile", "gate",     "practice", "doors"};
    struct csv_out csv;
    csv_out_init(&csv, buf);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        csv_put_str(&csv, heads[i]);
    }
    csv_end_row(&csv);
    for (size_t day = 0; day < gates->n_days; day++) {
        char date[DATE_TEXT];
        date_format(gates->from + (date_days)day, date);
        for (size_t cell = 0; cell < gates->n_crossings * gates->n_profiles; cell++) {
            const struct gate_crossing *crossing = &gates->crossings[cell / gates->n_profiles];
            size_t at = day * gates->n_crossings * gates->n_profiles + cell;
            if (!every_day && !gates_changed(gates, day, cell)) {
                continue;
            }
            csv_put_str(&csv, date);
            csv_put_text(&csv, crossing->id);
            csv_put_text(&csv, crossing->country);
            csv_put_text(&csv, crossing->way);
            csv_put_text(&csv, gates->profiles[cell % gates->n_profiles]);
            csv_put_str(&csv, gate_words[gates->at[at]]);
            csv_put_str(&csv,
                        gates->practice[at] == GATE_NO_RULE ? "" : gate_words[gates->practice[at]]);
            csv_put_text(&csv, crossing->doors);
            csv_end_row(&csv);
        }
    }
    return 0;
}
