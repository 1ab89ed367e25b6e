/* What the fuzz targets of FLOW share: a folder in one input, and what a world promises. */
#ifndef TEST_FLOW_FUZZ_H
#define TEST_FLOW_FUZZ_H

#include "fuzz.h"

#include <math.h>

#include "flee_read.h"
#include "flow_read.h"
#include "flow_write.h"
#include "series.h"

#define FUZZ_MEMORY ((size_t)256 * 1024 * 1024)
#define FUZZ_FILES  40
#define FUZZ_MARK   "==> "

struct fuzz_folder {
    struct flee_file files[FUZZ_FILES];
    size_t n;
    char names[FUZZ_FILES][64];
};

/* "==> NAME" on a line of its own begins a file. */
static inline void fuzz_folder_split(struct fuzz_folder *out, struct text bytes)
{
    struct flee_file *file = NULL;
    out->n = 0;
    while (bytes.n > 0) {
        struct text rest;
        struct text line = text_split(bytes, '\n', &rest);
        size_t used = line.n + (line.n < bytes.n);
        bytes = (struct text){bytes.at + used, bytes.n - used};
        if (text_starts(line, FUZZ_MARK) && out->n < FUZZ_FILES) {
            size_t n = line.n - 4 < 63 ? line.n - 4 : 63;
            memcpy(out->names[out->n], line.at + 4, n);
            out->names[out->n][n] = '\0';
            file = &out->files[out->n];
            *file = (struct flee_file){out->names[out->n++], {bytes.at, 0}};
        } else if (file != NULL) {
            file->bytes.n = (size_t)(bytes.at - file->bytes.at);
        }
    }
}

static inline void fuzz_reports(const struct flow_report *rows, size_t n, size_t n_names,
                                bool total)
{
    for (size_t i = 0; i < n; i++) {
        fuzz_demand(rows[i].place < n_names || (total && rows[i].place == FLOW_NONE));
        fuzz_demand(rows[i].part < FLOW_PARTS_MOST && rows[i].line > 0);
        fuzz_demand(rows[i].count >= 0 && rows[i].count <= FLOW_COUNT_MOST);
        fuzz_demand(rows[i].known >= rows[i].date);
        fuzz_demand(i == 0 || rows[i].place > rows[i - 1].place ||
                    (rows[i].place == rows[i - 1].place && rows[i].part >= rows[i - 1].part));
    }
}

static inline void fuzz_places(const struct flow_world *world)
{
    size_t bad;
    for (size_t i = 0; i < world->n_places; i++) {
        const struct flow_place *at = &world->places[i];
        bool camp = at->type == FLOW_CAMP || at->type == FLOW_IDPCAMP;
        fuzz_demand(at->name.n > 0 && text_utf8(at->name, &bad));
        fuzz_demand(strlen(at->name.at) == at->name.n);
        fuzz_demand(fabs(at->lat) <= 90 && fabs(at->lon) <= 180);
        fuzz_demand(camp || at->capacity == -1);
        fuzz_demand(at->population >= 0 && at->capacity >= -1);
        fuzz_demand(at->conflict_day == INT32_MIN ||
                    at->type == (at->conflict_day > 0 ? FLOW_TOWN : FLOW_CONFLICT));
    }
}

static inline void fuzz_events(const struct flow_world *world)
{
    for (size_t i = 0; i < world->n_roads; i++) {
        const struct flow_road *at = &world->roads[i];
        fuzz_demand(at->a < world->n_places && at->b < world->n_places && at->a != at->b);
        fuzz_demand(at->km > 0 && at->km <= FLOW_KM_MOST && at->forced <= 2);
    }
    for (size_t i = 0; i < world->n_closures; i++) {
        const struct flow_closure *at = &world->closures[i];
        bool country = at->type == FLOW_CLOSE_COUNTRY;
        fuzz_demand(country ? at->place1 == FLOW_NONE : at->place1 < world->n_places);
        fuzz_demand(at->place2 == FLOW_NONE || at->place2 < world->n_places);
        fuzz_demand(at->from >= 0 && at->from <= FLOW_DAYS_MOST && at->to >= -1);
    }
    for (size_t i = 0; i < world->n_conflicts; i++) {
        const struct flow_conflict *at = &world->conflicts[i], *before = i > 0 ? at - 1 : NULL;
        bool same = before != NULL && before->place == at->place;
        fuzz_demand(at->place < world->n_places && at->day >= 0 && at->day < world->n_days);
        fuzz_demand(at->intensity >= 0 && isfinite(at->intensity));
        fuzz_demand(before == NULL || before->place < at->place ||
                    (same && before->day < at->day &&
                     (before->intensity != at->intensity || at->known < before->known)));
    }
}

static inline void fuzz_world(const struct flow_world *world)
{
    fuzz_demand(world->n_places > 0 && world->n_camps > 0);
    fuzz_demand(world->n_days > 0 && world->n_days <= FLOW_DAYS_MOST);
    fuzz_places(world);
    fuzz_events(world);
    fuzz_reports(world->reports, world->n_reports, world->n_places, true);
    fuzz_reports(world->uncounted_reports, world->n_uncounted_reports, world->n_uncounted, false);
    for (size_t i = 0; i < world->n_camps; i++) {
        fuzz_demand(world->camps[i] < world->n_places);
    }
}

static inline void fuzz_series(const struct flow_world *world, uint8_t pick)
{
    struct arena arena;
    struct flow_series series;
    arena_init(&arena, "the series", FUZZ_MEMORY);
    int code = flow_series_flee(&arena, world, 1 + pick, &series, NULL);
    fuzz_demand(code == 0 || code == E_FLOW_COUNT || code == E_MEMORY);
    if (code == 0) {
        for (int32_t day = 0; day < world->n_days; day++) {
            fuzz_demand(series.total[day] >= series.at[day] && series.at[day] >= 0);
        }
    }
    code = flow_series_known(&arena, world, world->start + pick % 8, &series, NULL);
    fuzz_demand(code == 0 || code == E_FLOW_COUNT || code == E_MEMORY);
    if (code == 0) {
        fuzz_demand(series.total[world->n_days - 1] >= 0);
    }
    arena_free(&arena);
}

static inline void fuzz_write(struct buf bufs[FLOW_TABLES], const struct flow_world *world,
                              const struct flow_params *params)
{
    for (enum flow_table table = 0; table < FLOW_TABLES; table++) {
        buf_init(&bufs[table], (size_t)1 << 28);
        fuzz_demand(flow_write(world, params, table, &bufs[table], NULL) == 0);
    }
}

/* Written and read it is the same world: written again, the same bytes. */
static inline void fuzz_round(const struct flow_world *world, const struct flow_params *params)
{
    struct arena arena;
    struct buf first[FLOW_TABLES], second[FLOW_TABLES];
    struct text bytes[FLOW_TABLES];
    struct flow_world again;
    struct flow_params again_params;
    struct faults faults;
    arena_init(&arena, "the second reading", FUZZ_MEMORY);
    fuzz_demand(faults_init(&faults, &arena, 5, NULL) == 0);
    fuzz_write(first, world, params);
    for (size_t i = 0; i < FLOW_TABLES; i++) {
        bytes[i] = buf_view(&first[i]);
    }
    int code = flow_read(&arena, bytes, &again, &again_params, NULL, &faults, NULL);
    if (code != 0) {
        fprintf(stderr, "%s:%ld %s '%s' %s\n", faults.at[0].file, faults.at[0].row,
                faults.at[0].column, faults.at[0].value, faults.at[0].text);
    }
    fuzz_demand(code == 0);
    fuzz_write(second, &again, &again_params);
    for (size_t i = 0; i < FLOW_TABLES; i++) {
        fuzz_demand(text_eq(buf_view(&first[i]), buf_view(&second[i])));
        buf_free(&first[i]);
        buf_free(&second[i]);
    }
    arena_free(&arena);
}

static inline void fuzz_faults(int code, const struct faults *faults)
{
    fuzz_demand(code == E_FLOW_FAULTS || code == E_MEMORY || code == E_FLOW_TOO_LARGE);
    fuzz_demand(code != E_FLOW_FAULTS || faults->total > 0);
    for (size_t i = 0; i < faults->kept; i++) {
        fuzz_demand(faults->at[i].code > 0 && faults->at[i].text[0] != '\0');
        fuzz_demand(faults->at[i].file[0] != '\0');
    }
}

#endif
