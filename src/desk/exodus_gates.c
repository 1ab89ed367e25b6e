#include "exodus_gates.h"

#include <string.h>

#include "exodus_papers.h"
#include "instance.h"

#define GATES_SCRATCH_CEILING ((size_t)1 << 30)

/* Some doors of the model on some days, with the crossings at which they are asked. */
struct gates_asking {
    struct arena *arena;
    const struct exodus_papers *papers;
    date_days as_known;
    struct faults *faults;
    struct doors_profiles people; /* those of the papers; crossings maybe with a law more */
    uint32_t **crossing;          /* [n_doors][its n_crossings] of people.crossings */
    uint32_t doors, classes;      /* bits */
    struct gates table;
};

static bool has(uint32_t bits, uint32_t i)
{
    return (bits >> i & 1) != 0;
}

static uint32_t bits_of(uint32_t n)
{
    return ((uint32_t)1 << n) - 1;
}

/* From open to strict. */
static int strictness(enum gate gate)
{
    static const int rank[] = {[GATE_NO_RULE] = 0, [GATE_OPEN] = 1,   [GATE_DISCRETION] = 2,
                               [GATE_UNKNOWN] = 3, [GATE_CLOSED] = 4, [GATE_BARRED] = 5};
    return rank[gate];
}

/* What is noted of practice counts before the law; but that single people were turned away at an open door
 * makes it no door at which an official decides about everybody. */
static enum gate met(const struct gates *table, size_t day, uint32_t crossing, uint32_t profile)
{
    size_t at = (day * table->n_crossings + crossing) * table->n_profiles + profile;
    enum gate practice = (enum gate)table->practice[at], law = (enum gate)table->at[at];
    bool single = practice == GATE_DISCRETION && law == GATE_OPEN;
    return practice == GATE_NO_RULE || single ? law : practice;
}

/* Silence about one profile is no way in where the law speaks of another of the class. */
static enum gate met_by_class(const struct gates_asking *asking, size_t day, uint32_t crossing,
                              uint32_t class)
{
    enum gate best = GATE_NO_RULE;
    for (size_t i = 0; i < asking->papers->model->classes[class].n_profiles; i++) {
        enum gate gate = met(&asking->table, day, crossing, asking->papers->profile[class][i]);
        if (gate != GATE_NO_RULE && (best == GATE_NO_RULE || strictness(gate) < strictness(best))) {
            best = gate;
        }
    }
    return best;
}

static enum gate decided(const struct gates_asking *asking, size_t day, uint32_t door,
                         uint32_t class)
{
    enum gate best = GATE_BARRED;
    for (size_t i = 0; i < asking->papers->model->doors[door].n_crossings; i++) {
        enum gate gate = met_by_class(asking, day, asking->crossing[door][i], class);
        best = strictness(gate) < strictness(best) ? gate : best;
    }
    return best;
}

/* The name of a fact that the decision waits for; empty: it is no plain fact. */
static int missing_at(const struct gates_asking *asking, struct arena *scratch,
                      const struct person *person, uint32_t door, date_days day, struct text *fact,
                      struct ajar_err *err)
{
    struct decide_options options = {0};
    struct instance instance;
    struct decision decision;
    TRY(instance_build(scratch, scratch, asking->papers->rules, door, moment_of_day(day),
                       asking->as_known == DATE_NONE ? day : asking->as_known, &instance, err));
    TRY(decide(scratch, scratch, &instance, person, &options, &decision, err));
    for (size_t i = 0; decision.status == STATUS_NEEDS_FACTS && i < decision.n_missing; i++) {
        const struct var *var = &instance.vars[decision.missing[i]];
        if (fact->n == 0 && (var->kind == VAR_FACT || var->kind == VAR_HAS)) {
            *fact = asking->papers->rules->facts[var->fact].name;
        }
    }
    return 0;
}

static int missing_fact(const struct gates_asking *asking, struct arena *scratch, uint32_t crossing,
                        uint32_t profile, date_days day, struct text *fact, struct ajar_err *err)
{
    const struct doors_crossing *at = &asking->people.crossings[crossing];
    struct person person;
    *fact = (struct text){"", 0};
    TRY(doors_gates_person(scratch, asking->papers->rules, &asking->people.profiles[profile], at,
                           &person, err));
    for (size_t i = 0; fact->n == 0 && i < at->n_doors; i++) {
        TRY(missing_at(asking, scratch, &person, at->doors[i], day, fact, err));
    }
    return 0;
}

static int undecided(const struct gates_asking *asking, uint32_t crossing, uint32_t profile,
                     date_days day, struct ajar_err *err)
{
    struct text who = asking->people.profiles[profile].id;
    struct text where = asking->people.crossings[crossing].id;
    char date[DATE_TEXT];
    struct arena scratch;
    struct text fact;
    arena_init(&scratch, "a missing fact", GATES_SCRATCH_CEILING);
    int code = missing_fact(asking, &scratch, crossing, profile, day, &fact, err);
    if (code == 0) {
        const char *file = asking->papers->file;
        struct ajar_err *fault = faults_add(asking->faults);
        err_at(fault, E_EXODUS_UNDECIDED, file, exodus_papers_row(&scratch, file, "id", who), "id",
               who, "on %s the profile is not decided at %.*s", date_format(day, date),
               (int)where.n, where.at);
        if (fact.n > 0) {
            err_hint(fault, "State %.*s in the profile or the crossing.", (int)fact.n, fact.at);
        }
    }
    arena_free(&scratch);
    return code;
}

static int check_pair(const struct gates_asking *asking, uint32_t crossing, uint32_t profile,
                      struct ajar_err *err)
{
    for (size_t day = 0; day < asking->table.n_days; day++) {
        if (met(&asking->table, day, crossing, profile) == GATE_UNKNOWN) {
            return undecided(asking, crossing, profile, asking->table.from + (date_days)day, err);
        }
    }
    return 0;
}

static int check_door(const struct gates_asking *asking, uint32_t door, struct ajar_err *err)
{
    const struct exodus_model *model = asking->papers->model;
    for (size_t i = 0; i < model->doors[door].n_crossings; i++) {
        for (uint32_t c = 0; c < model->n_classes; c++) {
            for (size_t p = 0; has(asking->classes, c) && p < model->classes[c].n_profiles; p++) {
                TRY(check_pair(asking, asking->crossing[door][i], asking->papers->profile[c][p],
                               err));
            }
        }
    }
    return 0;
}

static int ask(struct gates_asking *asking, date_days from, date_days to, struct ajar_err *err)
{
    uint64_t before = asking->faults->total;
    TRY(doors_gates(asking->arena, asking->papers->rules, &asking->people, from, to,
                    asking->as_known, &asking->table, err));
    for (uint32_t door = 0; door < asking->papers->model->n_doors; door++) {
        if (has(asking->doors, door)) {
            TRY(check_door(asking, door, err));
        }
    }
    if (asking->faults->total > before) {
        faults_sort(asking->faults);
        return err_set(err, E_EXODUS_FAULTS, "%s leaves decisions open", asking->papers->file);
    }
    return 0;
}

static size_t cell(const struct exodus_model *model, size_t day, uint32_t door, uint32_t class)
{
    return (day * model->n_doors + door) * model->n_classes + class;
}

static void put_door(const struct gates_asking *asking, size_t day, uint32_t door, uint8_t *at)
{
    for (uint32_t c = 0; c < asking->papers->model->n_classes; c++) {
        enum gate gate = has(asking->classes, c) ? decided(asking, day, door, c) : GATE_NO_RULE;
        if (strictness(gate) > strictness((enum gate)at[c])) {
            at[c] = (uint8_t)gate;
        }
    }
}

/* What was asked, where it is stricter than what stands there. */
static void put(const struct gates_asking *asking, uint8_t *at)
{
    const struct exodus_model *model = asking->papers->model;
    size_t first = (size_t)(asking->table.from - model->from);
    for (size_t day = 0; day < asking->table.n_days; day++) {
        for (uint32_t door = 0; door < model->n_doors; door++) {
            if (has(asking->doors, door)) {
                put_door(asking, day, door, &at[cell(model, first + day, door, 0)]);
            }
        }
    }
}

int exodus_gates_make(struct arena *arena, const struct exodus_papers *papers, date_days as_known,
                      uint8_t **out, struct faults *faults, struct ajar_err *err)
{
    const struct exodus_model *model = papers->model;
    struct gates_asking asking = {.arena = arena,
                                  .papers = papers,
                                  .as_known = as_known,
                                  .faults = faults,
                                  .people = papers->profiles,
                                  .crossing = papers->crossing,
                                  .doors = bits_of(model->n_doors),
                                  .classes = bits_of(model->n_classes)};
    uint8_t *at;
    TRY(ask(&asking, model->from, model->from + (date_days)model->n_days - 1, err));
    TRY_NEW(at, arena, (size_t)model->n_days * model->n_doors * model->n_classes, err);
    put(&asking, at);
    *out = at;
    return 0;
}

static int crossing_with(struct arena *arena, const struct doors_crossing *from, uint32_t law,
                         struct doors_crossing *out, struct ajar_err *err)
{
    *out = *from;
    TRY_NEW(out->doors, arena, from->n_doors + 1, err);
    memcpy(out->doors, from->doors, from->n_doors * sizeof *out->doors);
    out->doors[out->n_doors++] = law;
    return 0;
}

/* The crossings of the edit's doors alone, each with the law. */
static int people_with(struct gates_asking *asking, uint32_t law, struct ajar_err *err)
{
    const struct exodus_papers *papers = asking->papers;
    const struct exodus_model *model = papers->model;
    struct doors_profiles *people = &asking->people;
    size_t n = 0;
    for (uint32_t door = 0; door < model->n_doors; door++) {
        n += has(asking->doors, door) ? model->doors[door].n_crossings : 0;
    }
    people->n_crossings = 0;
    TRY_NEW(people->crossings, asking->arena, n, err);
    TRY_NEW(asking->crossing, asking->arena, model->n_doors, err);
    for (uint32_t door = 0; door < model->n_doors; door++) {
        size_t own = has(asking->doors, door) ? model->doors[door].n_crossings : 0;
        TRY_NEW(asking->crossing[door], asking->arena, own, err);
        for (size_t i = 0; i < own; i++) {
            TRY(crossing_with(asking->arena, &papers->profiles.crossings[papers->crossing[door][i]],
                              law, &people->crossings[people->n_crossings], err));
            asking->crossing[door][i] = (uint32_t)people->n_crossings++;
        }
    }
    return 0;
}

static int edit_with_law(struct arena *arena, const struct exodus_papers *papers,
                         const struct exodus_edit *edit, date_days as_known, uint8_t *at,
                         struct faults *faults, struct ajar_err *err)
{
    const struct exodus_model *model = papers->model;
    date_days last = model->from + (date_days)model->n_days - 1;
    date_days from = edit->from < model->from ? model->from : edit->from;
    date_days to = edit->to > last ? last : edit->to;
    uint32_t law = rules_door(papers->rules, edit->law);
    struct gates_asking asking = {.arena = arena,
                                  .papers = papers,
                                  .as_known = as_known,
                                  .faults = faults,
                                  .people = papers->profiles,
                                  .doors = edit->doors,
                                  .classes = edit->classes};
    if (law == RULES_NONE) {
        return err_at(err, E_EXODUS_LAW, NULL, 0, "law", edit->law,
                      "no door of the rules has this id");
    }
    if (from > to) {
        return 0;
    }
    TRY(people_with(&asking, law, err));
    TRY(ask(&asking, from, to, err));
    put(&asking, at);
    return 0;
}

int exodus_gates_what_if(struct arena *arena, const struct exodus_papers *papers,
                         const struct exodus_what_if *what_if, date_days as_known,
                         const uint8_t *base, uint8_t **out, struct faults *faults,
                         struct ajar_err *err)
{
    const struct exodus_model *model = papers->model;
    size_t n = (size_t)model->n_days * model->n_doors * model->n_classes;
    uint8_t *at;
    TRY_NEW(at, arena, n, err);
    memcpy(at, base, n);
    for (size_t i = 0; i < what_if->n_edits; i++) {
        if (what_if->edits[i].law.n > 0) {
            TRY(edit_with_law(arena, papers, &what_if->edits[i], as_known, at, faults, err));
        }
    }
    exodus_gates_edit(model, what_if, at);
    *out = at;
    return 0;
}

int exodus_gates_spans(struct arena *arena, const struct exodus_model *model, const uint8_t *at,
                       size_t *n, struct exodus_span **out, struct ajar_err *err)
{
    struct exodus_span *spans;
    size_t used = 0;
    TRY_NEW(spans, arena, (size_t)model->n_days * model->n_doors * model->n_classes, err);
    for (uint32_t door = 0; door < model->n_doors; door++) {
        for (uint32_t class = 0; class < model->n_classes; class ++) {
            for (uint32_t day = 0; day < model->n_days; day++) {
                enum gate gate = (enum gate)at[cell(model, day, door, class)];
                date_days date = model->from + (date_days)day;
                if (day == 0 || spans[used - 1].gate != gate) {
                    spans[used++] = (struct exodus_span){door, class, date, date, gate};
                }
                spans[used - 1].to = date;
            }
        }
    }
    *n = used;
    *out = spans;
    return 0;
}
