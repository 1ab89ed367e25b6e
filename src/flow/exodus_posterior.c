#include "exodus_posterior.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "csv.h"
#include "num.h"

/* ---- Fingerprint: FNV-1a over the bytes of what counts ---- */

static void print_bytes(uint64_t *hash, const void *at, size_t n)
{
    const unsigned char *bytes = at;
    for (size_t i = 0; i < n; i++) {
        *hash = (*hash ^ bytes[i]) * UINT64_C(0x100000001b3);
    }
}

static void print_text(uint64_t *hash, struct text text)
{
    uint64_t n = text.n;
    print_bytes(hash, &n, sizeof n);
    print_bytes(hash, text.at, text.n);
}

static void print_number(uint64_t *hash, double value)
{
    char digits[NUM_TEXT];
    print_bytes(hash, digits, num_format(value, digits) + 1);
}

static void print_value(uint64_t *hash, const struct exodus_value *value)
{
    print_number(hash, value->param);
    print_number(hash, value->param == EXODUS_FIXED ? value->fixed : 0);
}

static void print_door(uint64_t *hash, const struct exodus_model *model,
                       const struct exodus_door *door)
{
    print_text(hash, door->id);
    print_value(hash, &door->traffic);
    print_value(hash, &door->pull);
    print_value(hash, &door->capacity);
    print_number(hash, door->traffic_rest);
    print_number(hash, door->russians);
    for (uint32_t c = 0; c < model->n_classes; c++) {
        print_value(hash, &door->traffic_class[c]);
    }
    for (uint32_t day = 0; day < 7; day++) {
        print_number(hash, door->weekday[day]);
    }
    for (uint32_t r = 0; r < model->n_regions; r++) {
        print_number(hash, door->km[r]);
    }
    for (size_t i = 0; i < door->n_routes; i++) {
        print_text(hash, door->routes[i].country);
        print_text(hash, door->routes[i].route);
        print_number(hash, door->routes[i].share[0]);
        print_number(hash, door->routes[i].share[1]);
    }
}

static void print_model(uint64_t *hash, const struct exodus_model *model)
{
    const struct exodus_value *values[] = {
        &model->flight,           &model->peak_days,    &model->half_life_days,    &model->distance,
        &model->wait_dislike,     &model->tries_shut,   &model->pool_days,         &model->gives_up,
        &model->discretion,       &model->queue_leaves, &model->traffic_stay_days, &model->returns,
        &model->flight_stay_days, &model->onward};
    print_number(hash, model->from);
    print_number(hash, model->order);
    print_number(hash, model->as_known);
    print_number(hash, model->flight_rest);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        print_value(hash, values[i]);
    }
    for (uint32_t p = 0; p < model->n_params; p++) {
        print_text(hash, model->params[p].id);
        print_number(hash, model->params[p].prior);
        print_number(hash, model->params[p].fitted);
        print_number(hash, model->params[p].a);
        print_number(hash, model->params[p].b);
    }
    for (uint32_t c = 0; c < model->n_classes; c++) {
        print_text(hash, model->classes[c].id);
        print_value(hash, &model->classes[c].flight);
    }
    for (uint32_t r = 0; r < model->n_regions; r++) {
        print_number(hash, model->regions[r].weight);
    }
    for (uint32_t d = 0; d < model->n_doors; d++) {
        print_door(hash, model, &model->doors[d]);
    }
}

uint64_t exodus_fingerprint(const struct exodus_model *model, const struct exodus_seen *seen,
                            size_t n_seen)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    print_model(&hash, model);
    for (size_t i = 0; i < n_seen; i++) {
        const struct exodus_row *row = &seen[i].row;
        if (seen[i].use == EXODUS_FIT) {
            print_text(&hash, row->country);
            print_text(&hash, row->route);
            print_text(&hash, row->measure);
            print_number(&hash, row->from);
            print_number(&hash, row->to);
            print_number(&hash, row->value);
            print_number(&hash, row->first_part);
            print_number(&hash, row->last_part);
            print_number(&hash, seen[i].known);
            print_number(&hash, seen[i].scale);
            print_number(&hash, seen[i].at_least);
            print_number(&hash, seen[i].either);
        }
    }
    return hash;
}

static void print_hex(uint64_t hash, char to[17])
{
    snprintf(to, 17, "%016" PRIx64, hash);
}

int exodus_posterior_write(struct buf *buf, const struct exodus_model *model, uint64_t fingerprint,
                           const double *draws, uint32_t n_draws, struct ajar_err *err)
{
    struct csv_out csv;
    char hex[17];
    print_hex(fingerprint, hex);
    csv_out_init(&csv, buf);
    csv_put_str(&csv, "fit");
    for (uint32_t p = 0; p < model->n_params; p++) {
        csv_put_text(&csv, model->params[p].id);
    }
    csv_end_row(&csv);
    for (uint32_t i = 0; i < n_draws; i++) {
        csv_put_str(&csv, hex);
        for (uint32_t p = 0; p < model->n_params; p++) {
            csv_put_number(&csv, draws[(size_t)i * model->n_params + p]);
        }
        csv_end_row(&csv);
    }
    return buf_ok(buf, err);
}

/* ---- Back ---- */

struct posterior_reading {
    const struct exodus_model *model;
    struct csv csv;
    struct faults *faults;
    int at[EXODUS_PARAMS_MOST], fit;
};

static void posterior_fault(struct posterior_reading *reading, enum err_code code, long row,
                            struct text column, struct text value, const char *what)
{
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)column.n, column.at);
    struct ajar_err *fault = faults_add(reading->faults);
    err_at(fault, code, EXODUS_POSTERIOR_FILE, row, name, value, "%s", what);
    err_hint(fault, "ajar flow calibrate writes this file.");
}

/* Columns that were not taken, a second one of the same name too. */
static void posterior_strangers(struct posterior_reading *reading)
{
    for (size_t h = 0; h < reading->csv.n_columns; h++) {
        bool taken = reading->fit == (int)h;
        for (uint32_t p = 0; p < reading->model->n_params; p++) {
            taken = taken || reading->at[p] == (int)h;
        }
        if (!taken) {
            posterior_fault(reading, E_EXODUS_COLUMN, 1, reading->csv.header[h], TEXT_LIT(""),
                            "this column is of no parameter");
        }
    }
}

static void posterior_header(struct posterior_reading *reading)
{
    const struct exodus_model *model = reading->model;
    reading->fit = csv_column(&reading->csv, "fit");
    if (reading->fit < 0) {
        posterior_fault(reading, E_EXODUS_COLUMN, 1, TEXT_LIT("fit"), TEXT_LIT(""),
                        "this column is missing");
    }
    for (uint32_t p = 0; p < model->n_params; p++) {
        reading->at[p] = -1;
        for (size_t h = 0; h < reading->csv.n_columns; h++) {
            if (text_eq(reading->csv.header[h], model->params[p].id)) {
                reading->at[p] = (int)h;
            }
        }
        if (reading->at[p] < 0) {
            posterior_fault(reading, E_EXODUS_COLUMN, 1, model->params[p].id, TEXT_LIT(""),
                            "this parameter has no column");
        }
    }
    posterior_strangers(reading);
}

/* False where the row is of another fit. */
static bool posterior_row(struct posterior_reading *reading, const char *hex, double *params)
{
    const struct exodus_model *model = reading->model;
    for (uint32_t p = 0; p < model->n_params; p++) {
        struct text cell = reading->csv.cells[reading->at[p]];
        if (!num_parse(cell, &params[p])) {
            posterior_fault(reading, E_EXODUS_DRAWS, reading->csv.row, model->params[p].id, cell,
                            "this is no number");
        }
    }
    return text_is(reading->csv.cells[reading->fit], hex);
}

static int posterior_rows(struct posterior_reading *reading, uint64_t fingerprint, double *draws,
                          uint32_t *n, struct ajar_err *err)
{
    char hex[17];
    bool more = true, same = true;
    print_hex(fingerprint, hex);
    *n = 0;
    while (reading->faults->total == 0) {
        struct ajar_err problem = {0};
        int code = csv_next(&reading->csv, &more, &problem);
        if (code == E_MEMORY || code == E_CEILING) {
            return err_set(err, (enum err_code)code, "%s", problem.text);
        }
        if (code != 0) {
            *faults_add(reading->faults) = problem;
            break;
        }
        if (!more) {
            break;
        }
        same = posterior_row(reading, hex, draws + (size_t)*n * reading->model->n_params) && same;
        ++*n;
    }
    if (reading->faults->total == 0 && *n == 0) {
        posterior_fault(reading, E_EXODUS_DRAWS, 2, TEXT_LIT(""), TEXT_LIT(""),
                        "there is no draw in this file");
    }
    if (reading->faults->total == 0 && !same) {
        err_at(err, E_EXODUS_STALE, EXODUS_POSTERIOR_FILE, 2, "fit",
               reading->csv.cells[reading->fit], "these draws are of another fit, not of %s", hex);
        return err_hint(err, "Fit again: ajar flow calibrate SCENARIO --out DIR, then copy its "
                             "posterior.csv into exodus/.");
    }
    return 0;
}

int exodus_posterior_read(struct arena *arena, const struct exodus_model *model,
                          uint64_t fingerprint, struct text bytes, double **draws,
                          uint32_t *n_draws, struct faults *faults, struct ajar_err *err)
{
    static const struct csv_limits limits = {EXODUS_PARAMS_MOST + 8, 64, EXODUS_POSTERIOR_MOST};
    struct posterior_reading reading = {.model = model, .faults = faults};
    struct ajar_err problem = {0};
    double *made;
    uint32_t n = 0;
    int code = csv_open(&reading.csv, arena, EXODUS_POSTERIOR_FILE, bytes, 0, &limits, &problem);
    if (code == E_MEMORY || code == E_CEILING) {
        return err_set(err, (enum err_code)code, "%s", problem.text);
    }
    if (code != 0) {
        *faults_add(faults) = problem;
    } else {
        posterior_header(&reading);
    }
    if (faults->total == 0) {
        uint64_t bound = csv_count_bound(&reading.csv);
        bound = bound > EXODUS_POSTERIOR_MOST ? EXODUS_POSTERIOR_MOST : bound;
        TRY_NEW(made, arena, (size_t)(bound + 1) * model->n_params, err);
        TRY(posterior_rows(&reading, fingerprint, made, &n, err));
    }
    if (faults->total > 0) {
        return err_set(err, E_EXODUS_FAULTS, "%s has faults", EXODUS_POSTERIOR_FILE);
    }
    *draws = made;
    *n_draws = n;
    return 0;
}
