/* Files and jobs for the tests of the aid desk. */
#ifndef TEST_DESK_AID_MADE_H
#define TEST_DESK_AID_MADE_H

#include "../base/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "aid_job.h"
#include "csv.h"
#include "file.h"
#include "num.h"

/* A CSV in a file of its own, removed by aid_made_drop. */
struct aid_made {
    struct arena arena;
    struct faults faults;
    struct aid_run_options options;
    struct aid_job job;
    struct ajar_err err;
    char path[32];
};

static inline void aid_made_begin(struct aid_made *made, const char *csv)
{
    *made = (struct aid_made){.options = aid_run_default(), .path = "/tmp/ajar-aid-XXXXXX"};
    arena_init(&made->arena, "test", (size_t)1 << 30);
    made->options.budget = 80;
    made->options.draws = 0;
    assert_int_equal(faults_init(&made->faults, &made->arena, 100, NULL), 0);
    int file = mkstemp(made->path);
    assert_true(file >= 0);
    assert_int_equal(write(file, csv, strlen(csv)), strlen(csv));
    close(file);
}

static inline int aid_made_run(struct aid_made *made, struct pool *pool)
{
    return aid_job_csv(&made->arena, made->path, &made->options, pool, NULL, &made->faults,
                       &made->job, &made->err);
}

static inline void aid_made_good(struct aid_made *made)
{
    if (aid_made_run(made, NULL) != 0) {
        fail_msg("%s: %s", made->err.slug, made->err.text);
    }
}

static inline void aid_made_drop(struct aid_made *made)
{
    unlink(made->path);
    arena_free(&made->arena);
}

/* A table of numbers by host: test/aid/oracle. */
enum { ORACLE_ROWS = 5, ORACLE_COLUMNS = 16 };
struct oracle {
    size_t n_columns;
    char name[ORACLE_COLUMNS][48];
    char host[ORACLE_ROWS][8];
    double value[ORACLE_ROWS][ORACLE_COLUMNS];
};

static inline void oracle_read(struct oracle *out, struct arena *arena, const char *path)
{
    struct file_view view;
    struct csv csv;
    bool more = true;
    assert_int_equal(file_open(&view, path, 1 << 20, NULL), 0);
    assert_int_equal(csv_open(&csv, arena, path, view.bytes, 0, &CSV_LIMITS_DEFAULT, NULL), 0);
    *out = (struct oracle){.n_columns = csv.n_columns};
    assert_true(csv.n_columns <= ORACLE_COLUMNS);
    for (size_t c = 0; c < csv.n_columns; c++) {
        snprintf(out->name[c], sizeof out->name[c], "%.*s", (int)csv.header[c].n, csv.header[c].at);
    }
    for (size_t row = 0; row < ORACLE_ROWS; row++) {
        assert_int_equal(csv_next(&csv, &more, NULL), 0);
        assert_true(more);
        snprintf(out->host[row], sizeof out->host[row], "%.*s", (int)csv.cells[0].n,
                 csv.cells[0].at);
        for (size_t c = 1; c < csv.n_columns; c++) {
            assert_true(num_parse(csv.cells[c], &out->value[row][c]));
        }
    }
    file_close(&view);
}

static inline double oracle_at(const struct oracle *oracle, size_t row, const char *column)
{
    for (size_t c = 1; c < oracle->n_columns; c++) {
        if (strcmp(oracle->name[c], column) == 0) {
            return oracle->value[row][c];
        }
    }
    fail_msg("no column %s", column);
    return 0;
}

/* The worked example as the CSV that a desk would have; with `parts` population and GDP stand in the
 * place of severity.  `to` is large enough for five short lines. */
static inline void oracle_csv(struct arena *arena, bool parts, char to[2048])
{
    struct oracle example, people;
    oracle_read(&example, arena, "test/aid/oracle/aid_worked_example.csv");
    oracle_read(&people, arena, "test/aid/oracle/aid_sensitivity.csv");
    size_t n = (size_t)snprintf(to, 2048, "host,stock_persons,need,funded,cap,unit,%s\n",
                                parts ? "population,gdp_per_capita" : "severity");
    for (size_t i = 0; i < ORACLE_ROWS; i++) {
        assert_string_equal(example.host[i], people.host[i]);
        n += (size_t)snprintf(
            to + n, 2048 - n, "%s,%.0f,%.1f,%.1f,%.1f,million USD,", example.host[i],
            oracle_at(&example, i, "stock_persons"), oracle_at(&example, i, "need_musd"),
            oracle_at(&example, i, "funded_musd"), oracle_at(&example, i, "cap_musd"));
        n += parts
                 ? (size_t)snprintf(to + n, 2048 - n, "%.0f,%.1f\n",
                                    oracle_at(&people, i, "population"),
                                    oracle_at(&people, i, "gdp_per_capita_usd"))
                 : (size_t)snprintf(to + n, 2048 - n, "%.4f\n", oracle_at(&example, i, "severity"));
    }
}

/* The shipped scenario without the exodus: where a stock comes from the flow, that of assumptions.csv. */
static inline void assume_stocks(struct scenario *scenario)
{
    for (size_t i = 0; i < scenario->aid.n; i++) {
        if (scenario->aid.hosts[i].stock == AID_STOCK_FLOW) {
            scenario->aid.hosts[i].stock = AID_STOCK_ASSUMED;
        }
    }
}

#endif
