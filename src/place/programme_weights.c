#include <math.h>
#include <stdio.h>
#include <string.h>

#include "place_earth.h"
#include "place_trait.h"
#include "programme_gather.h"

/* The tables that each criterion needs; to be placed needs none. */
static const enum programme_table weights_needs[CRITERIA][2] = {
    [CRITERION_KIN] = {PROGRAMME_KIN, PROGRAMME_KIN},
    [CRITERION_LANGUAGE] = {PROGRAMME_SPEAKS, PROGRAMME_SPOKEN},
    [CRITERION_SKILL] = {PROGRAMME_SKILLS, PROGRAMME_SHORTAGES},
    [CRITERION_WISH] = {PROGRAMME_WISHES, PROGRAMME_WISHES},
};

struct weights {
    int32_t weight[CRITERIA];
    long line[CRITERIA]; /* 0: not given */
    int64_t above, below;
    bool passed;
};

static bool weights_word(struct programme_sheet *sheet, enum programme_criterion *out)
{
    struct text cell = place_sheet_cell(&sheet->sheet, sheet->at[0]);
    const char *words[CRITERIA];
    for (uint32_t i = 0; i < CRITERIA; i++) {
        words[i] = programme_criteria_word(i);
        if (text_is(cell, words[i])) {
            *out = i;
            return true;
        }
    }
    if (place_trait(cell)) {
        struct ajar_err *fault =
            place_sheet_fault(&sheet->sheet, E_PLACE_SENSITIVE, sheet->at[0],
                              "nationality, sex, religion, ethnicity and race are no criteria");
        err_hint(fault, "Remove the row. Where the law asks for such a trait it may be a condition "
                        "of an offer, with its legal basis.");
        return false;
    }
    struct ajar_err *fault = place_sheet_fault(&sheet->sheet, E_PLACE_CRITERION, sheet->at[0],
                                               "this is no criterion that is known");
    const char *near = text_nearest(cell, words, CRITERIA);
    if (near != NULL) {
        err_hint(fault, "Did you mean '%s'?", near);
    } else {
        err_hint(fault, "Use kin, language, skill, wish or placed.");
    }
    return false;
}

static void weights_tables(struct programme_sheet *sheet, enum programme_criterion criterion)
{
    const struct programme_reader *reader = sheet->reader;
    for (int i = 0; i < 2 && criterion != CRITERION_PLACED; i++) {
        enum programme_table needs = weights_needs[criterion][i];
        if (programme_table_of(reader, needs)->name == NULL &&
            (i == 0 || needs != weights_needs[criterion][0])) {
            place_sheet_fault(&sheet->sheet, E_PLACE_CRITERION, sheet->at[0],
                              "this criterion needs the table '%s'", programme_table_word(needs));
        }
    }
    if (criterion == CRITERION_KIN) {
        programme_lists_positions(sheet, 0, "this criterion");
    }
}

static void weights_sum(struct programme_sheet *sheet, struct weights *weights, int32_t weight)
{
    *(weight > 0 ? &weights->above : &weights->below) += weight;
    if (!weights->passed &&
        (weights->above > PLACE_SCORE_MOST || weights->below < -PLACE_SCORE_MOST)) {
        weights->passed = true;
        place_sheet_fault(&sheet->sheet, E_PLACE_CRITERION, sheet->at[1],
                          "with this weight a score could pass %d micro-units", PLACE_SCORE_MOST);
    }
}

static int weights_row(void *arg, struct programme_sheet *sheet, struct ajar_err *err)
{
    struct weights *weights = arg;
    enum programme_criterion criterion = CRITERIA;
    int32_t weight = 0;
    (void)err;
    bool good = weights_word(sheet, &criterion);
    bool number = place_sheet_whole(&sheet->sheet, sheet->at[1], -PLACE_SCORE_MOST,
                                    PLACE_SCORE_MOST, &weight);
    if (!good) {
        return 0;
    }
    if (weights->line[criterion] != 0) {
        place_sheet_fault(&sheet->sheet, E_PLACE_TWICE, sheet->at[0],
                          "this criterion stands already in row %ld", weights->line[criterion]);
        return 0;
    }
    weights->line[criterion] = sheet->sheet.csv.row;
    weights_tables(sheet, criterion);
    if (number) {
        weights->weight[criterion] = weight;
        weights_sum(sheet, weights, weight);
    }
    return 0;
}

static int weights_read(struct programme_reader *reader, struct ajar_err *err)
{
    static const struct programme_list list = {
        .table = PROGRAMME_CRITERIA,
        .columns = {{"criterion", false}, {"weight_micro", false}},
        .row = weights_row};
    const struct place_table *table = programme_table_of(reader, PROGRAMME_CRITERIA);
    struct programme_criteria *criteria = &reader->detail->criteria;
    struct weights weights = {.passed = false};
    uint64_t before = reader->faults->total;
    TRY(programme_lists_read(reader, &list, &weights, err));
    for (uint32_t i = 0; i < CRITERIA; i++) {
        if (weights.line[i] != 0) {
            criteria->kind[criteria->n] = i;
            criteria->weight[criteria->n++] = weights.weight[i];
        }
    }
    if (table->name != NULL && criteria->n == 0 && reader->faults->total == before) {
        err_at(faults_add(reader->faults), E_PLACE_CRITERION, table->name, 0, NULL,
               (struct text){"", 0}, "this table has no criterion");
    }
    return 0;
}

/* Kin of a household: a point a row. */
struct weights_kin {
    struct programme_gather rows;
    double *point;
};

static int weights_kin_start(void *arg, struct programme_sheet *sheet, size_t rows,
                             struct ajar_err *err)
{
    struct weights_kin *kin = arg;
    TRY_NEW(kin->point, sheet->reader->arena, 3 * rows, err);
    return programme_gather_start(&kin->rows, sheet, rows, err);
}

static int weights_kin_row(void *arg, struct programme_sheet *sheet, struct ajar_err *err)
{
    struct weights_kin *kin = arg;
    uint32_t household, n = (uint32_t)kin->rows.rows.n;
    double lat, lon;
    TRY(programme_lists_household(sheet, 0, &household, err));
    bool good = programme_lists_degrees(&sheet->sheet, sheet->at[1], 90.0, &lat);
    good &= programme_lists_degrees(&sheet->sheet, sheet->at[2], 180.0, &lon);
    if (good && household != PLACE_NONE) {
        place_earth_point(lat, lon, kin->point + 3 * (size_t)n);
        programme_gather_add(&kin->rows, sheet, household, n, n);
    }
    return 0;
}

static int weights_kin(struct programme_reader *reader, struct ajar_err *err)
{
    static const struct programme_list list = {
        .table = PROGRAMME_KIN,
        .columns = {{"household", false}, {"lat", false}, {"lon", false}},
        .start = weights_kin_start,
        .row = weights_kin_row};
    struct weights_kin kin = {.rows = {.table = PROGRAMME_KIN,
                                       .owner = PROGRAMME_OF_HOUSEHOLD,
                                       .column = "household",
                                       .what = "position"}};
    TRY(programme_lists_read(reader, &list, &kin, err));
    reader->detail->criteria.kin_point = kin.point;
    return programme_gather_make(reader, &kin.rows, &reader->detail->criteria.kin, err);
}

static int weights_wish_row(void *arg, struct programme_sheet *sheet, struct ajar_err *err)
{
    uint32_t household, place;
    int32_t rank = 0;
    TRY(programme_lists_household(sheet, 0, &household, err));
    TRY(programme_lists_place(sheet, 1, &place, err));
    bool good = place_sheet_whole(&sheet->sheet, sheet->at[2], 1, PLACE_AMOUNT_MOST, &rank);
    if (good && household != PLACE_NONE && place != PLACE_NONE) {
        programme_gather_add(arg, sheet, household, place, (uint32_t)rank);
    }
    return 0;
}

static int weights_wishes(struct programme_reader *reader, struct ajar_err *err)
{
    static const struct programme_list list = {
        .table = PROGRAMME_WISHES,
        .columns = {{"household", false}, {"place", false}, {"rank", false}},
        .start = programme_gather_start,
        .row = weights_wish_row};
    struct programme_gather rows = {.table = PROGRAMME_WISHES,
                                    .owner = PROGRAMME_OF_HOUSEHOLD,
                                    .column = "household",
                                    .what = "place"};
    TRY(programme_lists_read(reader, &list, &rows, err));
    return programme_gather_make(reader, &rows, &reader->detail->criteria.wishes, err);
}

/* What a household has and a place looks for, in the same words. */
static int weights_words(struct programme_reader *reader, enum programme_table has,
                         enum programme_table asks, const char *what,
                         struct programme_relation *of_households,
                         struct programme_relation *of_places, struct ajar_err *err)
{
    struct place_ids words;
    struct programme_gather first = {.table = has,
                                     .owner = PROGRAMME_OF_HOUSEHOLD,
                                     .column = "household",
                                     .what = what,
                                     .words = &words};
    struct programme_gather second = {.table = asks,
                                      .owner = PROGRAMME_OF_PLACE,
                                      .column = "place",
                                      .what = what,
                                      .words = &words};
    TRY(place_ids_init(&words, reader->scratch, err));
    TRY(programme_gather_words(reader, &first, err));
    TRY(programme_gather_words(reader, &second, err));
    TRY(programme_gather_make(reader, &first, of_households, err));
    return programme_gather_make(reader, &second, of_places, err);
}

int programme_criteria_read(struct programme_reader *reader, struct ajar_err *err)
{
    struct programme_criteria *criteria = &reader->detail->criteria;
    criteria->point = reader->point;
    criteria->place_of = reader->detail->rules.place_of;
    TRY(weights_kin(reader, err));
    TRY(weights_words(reader, PROGRAMME_SPEAKS, PROGRAMME_SPOKEN, "language", &criteria->speaks,
                      &criteria->spoken, err));
    TRY(weights_words(reader, PROGRAMME_SKILLS, PROGRAMME_SHORTAGES, "occupation",
                      &criteria->skills, &criteria->shortages, err));
    TRY(weights_wishes(reader, err));
    return weights_read(reader, err);
}
