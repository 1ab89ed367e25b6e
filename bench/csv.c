/* The CSV reader beside a memchr pass over the line ends and beside a splitter that knows neither
 * quotes nor errors: times of the same run, medians. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "csv.h"

#define BENCH_BYTES    ((size_t)64 * 1024 * 1024)
#define BENCH_RUNS     9
#define BENCH_MEASURES 5

enum bench_measure { BENCH_MEMCHR, BENCH_SPLIT_PLAIN, BENCH_OPEN, BENCH_NEXT, BENCH_PARTS };

/* Days, a route of 1 to 12 letters and a value of 1 to 7 digits vary, as in data. */
struct bench_shape {
    const char *name, *tail;
};

static const struct bench_shape bench_shapes[] = {
    {"short, CRLF", "persons,mia_ge,K\r\n"},
    {"long", "persons,mia_georgia_2022,daily figure of the ministry; compared with sum of the "
             "month and found to agree within rounding\n"},
    {"long, quoted field",
     "persons,mia_georgia_2022,\"daily figure, of the ministry; compared with "
     "sum of the month, found to agree within rounding\"\n"},
    {"long, doubled quotes", "persons,mia_georgia_2022,\"daily \"\"figure\"\" of the ministry; "
                             "compared with the sum of the month, it agrees within rounding\"\n"},
    {"long, Cyrillic", "persons,mia_georgia_2022,"
                       "ежедневные "
                       "данные ministry; сумма за месяц та же\n"},
};

static double bench_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void bench_demand(int code, const struct ajar_err *err)
{
    if (code != 0) {
        fprintf(stderr, "bench_csv: %s\n", err->text);
        exit(1);
    }
}

static uint64_t bench_fill(struct buf *buf, const struct bench_shape *shape)
{
    uint64_t rows = 0;
    buf_str(buf, "date_from,date_to,country_iso3,route,measure,value,unit,source_id,note\n");
    for (unsigned i = 0; buf->n < BENCH_BYTES; i++, rows++) {
        unsigned random = i * 2654435761u >> 4;
        buf_printf(buf, "2022-09-%02u,2022-09-%02u,GEO,%.*s,exits,%u,%s", i % 28 + 1, i % 28 + 2,
                   (int)(random % 12 + 1), "verkhny_lars", random % 10000000, shape->tail);
    }
    struct ajar_err err;
    bench_demand(buf_ok(buf, &err), &err);
    return rows;
}

static uint64_t bench_memchr(struct text bytes)
{
    uint64_t lines = 0;
    const char *at = bytes.at, *end = bytes.at + bytes.n;
    while ((at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        lines++;
        at++;
    }
    return lines;
}

/* Cells of a record, no quotes, no errors: the least that a reader can do byte by byte. */
static uint64_t bench_split_plain(struct text bytes, struct text cells[static 16])
{
    uint64_t rows = 0;
    size_t column = 0, start = 0;
    for (size_t i = 0; i < bytes.n; i++) {
        if (bytes.at[i] == ',' || bytes.at[i] == '\n') {
            cells[column++ % 16] = (struct text){bytes.at + start, i - start};
            start = i + 1;
            if (bytes.at[i] == '\n') {
                rows++;
                column = 0;
            }
        }
    }
    return rows;
}

static void bench_once(struct text bytes, uint64_t rows, double seconds[BENCH_MEASURES])
{
    struct arena arena;
    struct ajar_err err;
    struct csv csv;
    struct text cells[16] = {{0}};
    struct csv_part parts[16];
    arena_init(&arena, "the bench", (size_t)1 << 30);
    double t0 = bench_seconds();
    uint64_t lines = bench_memchr(bytes);
    double t1 = bench_seconds();
    uint64_t split = bench_split_plain(bytes, cells);
    double t2 = bench_seconds();
    bench_demand(csv_open(&csv, &arena, "bench.csv", bytes, 0, &CSV_LIMITS_DEFAULT, &err), &err);
    double t3 = bench_seconds();
    csv_split(&csv, 16, parts);
    double t4 = bench_seconds();
    for (bool more = true; more;) {
        bench_demand(csv_next(&csv, &more, &err), &err);
    }
    double t5 = bench_seconds();
    if (lines != rows + 1 || split != rows + 1 || csv.records != rows ||
        parts[15].first_record + parts[15].records != rows) {
        fprintf(stderr, "bench_csv: the passes do not agree on %llu rows\n",
                (unsigned long long)rows);
        exit(1);
    }
    seconds[BENCH_MEMCHR] = t1 - t0;
    seconds[BENCH_SPLIT_PLAIN] = t2 - t1;
    seconds[BENCH_OPEN] = t3 - t2;
    seconds[BENCH_PARTS] = t4 - t3;
    seconds[BENCH_NEXT] = t5 - t4;
    arena_free(&arena);
}

static int bench_compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void bench_shape_run(const struct bench_shape *shape)
{
    struct buf buf;
    buf_init(&buf, 2 * BENCH_BYTES);
    uint64_t rows = bench_fill(&buf, shape);
    double all[BENCH_MEASURES][BENCH_RUNS], median[BENCH_MEASURES];
    for (int run = 0; run < BENCH_RUNS; run++) {
        double seconds[BENCH_MEASURES];
        bench_once(buf_view(&buf), rows, seconds);
        for (int i = 0; i < BENCH_MEASURES; i++) {
            all[i][run] = seconds[i];
        }
    }
    for (int i = 0; i < BENCH_MEASURES; i++) {
        qsort(all[i], BENCH_RUNS, sizeof all[i][0], bench_compare);
        median[i] = all[i][BENCH_RUNS / 2];
    }
    double megabytes = (double)buf.n / 1e6, read = median[BENCH_OPEN] + median[BENCH_NEXT];
    printf("| %s, %.0f bytes | %.0f | %.0f | %.0f | %.0f | %.0f | %.1f | %.1f | %.2f |\n",
           shape->name, (double)buf.n / (double)rows, megabytes / median[BENCH_MEMCHR],
           megabytes / median[BENCH_OPEN], megabytes / median[BENCH_PARTS],
           megabytes / median[BENCH_NEXT], megabytes / read, (double)rows / read / 1e6,
           read / median[BENCH_MEMCHR], median[BENCH_SPLIT_PLAIN] / read);
    buf_free(&buf);
}

int main(void)
{
    printf("## CSV reader\n\n"
           "%zu MB in memory, MB/s, medians of %d runs. `csv_open` checks all bytes (UTF-8, NUL), "
           "`csv_next` gives the cells; both together are what a caller waits for.\n\n"
           "| rows | memchr | csv_open | csv_split | csv_next | open + next | million rows/s | "
           "time / memchr | plain splitter's time / ours |\n"
           "| --- | --: | --: | --: | --: | --: | --: | --: | --: |\n",
           BENCH_BYTES / 1000000, BENCH_RUNS);
    for (size_t i = 0; i < sizeof bench_shapes / sizeof *bench_shapes; i++) {
        bench_shape_run(&bench_shapes[i]);
    }
    return 0;
}
