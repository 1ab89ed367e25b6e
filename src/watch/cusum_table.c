#include "cusum.h"

#include <math.h>

#include "steady.h"

#define LOG_2      0x1.62e42fefa39efp-1
#define MU_OCTAVE0 (-4)
#define MU_OCTAVES 28
#define R_LEAST    0.01

struct cusum_node {
    uint32_t key; /* 1 + place on the grid; 0: empty */
    double h;
};

static const double df_classes[] = {16, 24, 32, 48, 64, 96, INFINITY};
enum { DF_CLASSES = sizeof df_classes / sizeof *df_classes };

int cusum_table_init(struct cusum_table *table, struct arena *arena, size_t most, double k,
                     double run_length, uint64_t seed, struct ajar_err *err)
{
    if (!(run_length >= 2 && run_length <= 1e6)) {
        return err_set(err, E_WATCH_OPTION,
                       "One false alarm in %g periods is not possible: it takes 2 to 1000000.",
                       run_length);
    }
    if (!isnan(k) && !(k > 1 && k <= 100)) {
        return err_set(err, E_WATCH_OPTION, "A shift to %g times the mean is not one above 1.", k);
    }
    struct cusum_table fresh = {.k = k, .run_length = run_length, .seed = seed, .most = most};
    TRY_NEW(fresh.nodes, arena, most, err);
    *table = fresh;
    return 0;
}

/* At v 0 counts are Poisson's and there is no variance to estimate. */
static double node_new(const struct cusum_table *table, int u, int v, int df_class)
{
    double mu = ldexp(1, u + MU_OCTAVE0), r = v == 0 ? INFINITY : mu / (ldexp(1, v) - 1);
    r = r > R_LEAST ? r : R_LEAST;
    double k = isnan(table->k) ? cusum_shift(mu, r) : table->k;
    double df = v == 0 ? INFINITY : df_classes[df_class];
    return cusum_threshold_df(mu, r, k, df, table->run_length, table->seed);
}

/* Open addressing with linear probing. */
static double node(struct cusum_table *table, int u, int v, int df_class)
{
    uint32_t key = 1 + (uint32_t)(u + (MU_OCTAVES + 1) * (df_class + DF_CLASSES * v));
    size_t at = table->most == 0 ? 0 : key * UINT32_C(2654435761) % table->most;
    for (size_t probe = 0; probe < table->most; probe++) {
        struct cusum_node *place = &table->nodes[at];
        if (place->key == key) {
            return place->h;
        }
        if (place->key == 0) {
            double h = node_new(table, u, v, df_class);
            *place = (struct cusum_node){key, h};
            table->n++;
            return h;
        }
        at = at + 1 == table->most ? 0 : at + 1;
    }
    return node_new(table, u, v, df_class);
}

/* Splits x into a whole and a part; 0 <= x. */
static int whole(double x, double *part)
{
    double floor_x = floor(x);
    *part = x - floor_x;
    return (int)floor_x;
}

double cusum_table_threshold(struct cusum_table *table, double mu, double dispersion, double df)
{
    if (!(mu > 0 && mu <= 1e9 && dispersion > 0 && dispersion <= 1e9 && df >= 10)) {
        return NAN;
    }
    /* past the end of the grid the noise relative to the mean is kept */
    double end = ldexp(1, MU_OCTAVE0 + MU_OCTAVES);
    if (mu > end) {
        dispersion = dispersion > 1 ? 1 + (dispersion - 1) * (end / mu) : dispersion;
        mu = end;
    }
    double octave = steady_log(mu) / LOG_2 - MU_OCTAVE0;
    octave = octave > 0 ? octave : 0;
    double spread = dispersion > 1 ? steady_log(dispersion) / LOG_2 : 0;
    int df_class = 0;
    while (df_class + 1 < DF_CLASSES && df_classes[df_class + 1] <= df) {
        df_class++;
    }
    double a, b, h = 0;
    int u = whole(octave, &a), v = whole(spread, &b);
    for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 2; j++) {
            double weight = (i == 0 ? 1 - a : a) * (j == 0 ? 1 - b : b);
            h += weight > 0 ? weight * node(table, u + i, v + j, df_class) : 0;
        }
    }
    return h;
}
