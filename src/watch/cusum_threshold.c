#include "cusum.h"

#include <math.h>

#include "rng.h"
#include "steady.h"

enum {
    BINS = 2048,
    BELOW = 768,  /* bins kept for counts below the mode */
    NODES = 512,  /* values of h at which the run length is known */
    BLOCK = 1024, /* paths on one stream */
    BLOCKS_MOST = 256,
    CYCLE_BLOCKS = 8,
    CLIMBS = 4096,      /* paths that must climb past the highest h */
    CLIMBS_SHARE = 256, /* of each law of several, whose errors average */
    VARIANCES = 5,
};
enum { STREAM_CLIMB = 0x43550001, STREAM_CYCLE = 0x43550002 };
#define SHIFT_LEAST 0.02 /* standard deviations of a count */
#define TAIL        (-80.0) /* logarithm of what a bin may hold, relative to the mode, and be left out */

/* The increments of S in control, over bins of counts: one count a bin while that is affordable. */
struct walk {
    size_t n;
    double step[BINS], pmf[BINS];
    double mean;         /* of the step; negative */
    double theta;        /* of the tilted law, pmf exp(theta step) */
    double untilt[BINS]; /* exp(-theta step) */
};

/* Walker's alias method: a draw costs the same for any number of bins. */
struct alias {
    size_t n;
    double keep[BINS];
    uint16_t other[BINS];
};

struct law {
    double mu, r, k;
    double per_count, fixed; /* step = y per_count - fixed */
};

static double log_ratio(const struct law *law, double y)
{
    /* ln(P(y + 1) / P(y)), also between whole counts */
    double spread = isinf(law->r) ? 1 : (y + law->r) / (law->mu + law->r);
    return steady_log(law->mu / (y + 1) * spread);
}

static double bin_width(double y, double mode, double sd)
{
    double width = fabs(y - mode) > 8 * sd ? fabs(y - mode) / 192 : sd / 24;
    width = width < (y + 1) / 48 ? width : (y + 1) / 48;
    return width > 1 ? floor(width) : 1;
}

/* Bins from the mode in one direction: log mass to `log_p`, centre to `y`.  Returns how many. */
static size_t spread_bins(const struct law *law, double mode, int direction, size_t most,
                          double *log_p, double *y)
{
    double sd = sqrt(law->mu + law->mu * law->mu / law->r);
    double edge = mode, centre = mode, log_density = 0;
    size_t n = 0;
    while (n < most) {
        double width = bin_width(direction > 0 ? edge + 1 : edge - 1, mode, sd);
        if (direction < 0) {
            width = width < edge ? width : edge;
        }
        if (width < 1) {
            break;
        }
        double next = edge + direction * (width + 1) / 2;
        double low = direction > 0 ? centre : next;
        log_density += (next - centre) * log_ratio(law, low + (fabs(next - centre) - 1) / 2);
        edge += direction * width;
        centre = next;
        y[n] = centre;
        log_p[n] = log_density + steady_log(width);
        if (log_p[n++] < TAIL) {
            break;
        }
    }
    return n;
}

static void fill_walk(struct walk *walk, const struct law *shape, const struct law *scored)
{
    double mode =
        isinf(shape->r) ? floor(shape->mu) : floor(shape->mu * ((shape->r - 1) / shape->r));
    mode = mode > 0 ? mode : 0;
    double log_p[BELOW], y[BELOW];
    size_t below = spread_bins(shape, mode, -1, BELOW - 1, log_p, y);
    for (size_t i = 0; i < below; i++) {
        walk->pmf[below - 1 - i] = log_p[i];
        walk->step[below - 1 - i] = y[i];
    }
    walk->pmf[below] = 0;
    walk->step[below] = mode;
    walk->n = below + 1;
    walk->n +=
        spread_bins(shape, mode, 1, BINS - walk->n, walk->pmf + walk->n, walk->step + walk->n);
    double sum = 0, mean = 0;
    for (size_t i = 0; i < walk->n; i++) {
        walk->pmf[i] = steady_exp(walk->pmf[i]);
        walk->step[i] = walk->step[i] * scored->per_count - scored->fixed;
        sum += walk->pmf[i];
    }
    for (size_t i = 0; i < walk->n; i++) {
        walk->pmf[i] /= sum;
        mean += walk->pmf[i] * walk->step[i];
    }
    walk->mean = mean;
}

/* The theta > 0 with E exp(theta step) = 1: the logarithm of the mean is convex and falls at 0. */
static void tilt(struct walk *walk)
{
    double theta = 1, move = 1;
    for (int round = 0; round < 40 && fabs(move) > 1e-4 * theta; round++) {
        double sum = 0, slope = 0;
        for (size_t i = 0; i < walk->n; i++) {
            double weight = walk->pmf[i] * steady_exp(theta * walk->step[i]);
            sum += weight;
            slope += weight * walk->step[i];
        }
        move = slope > 0 ? sum * steady_log(sum) / slope : -theta;
        theta -= move;
    }
    walk->theta = theta;
    for (size_t i = 0; i < walk->n; i++) {
        walk->untilt[i] = steady_exp(-theta * walk->step[i]);
    }
}

static void fill_alias(struct alias *alias, const struct walk *walk, bool tilted)
{
    uint16_t small[BINS], large[BINS];
    size_t n_small = 0, n_large = 0;
    double sum = 0;
    alias->n = walk->n;
    for (size_t i = 0; i < walk->n; i++) {
        alias->keep[i] = tilted ? walk->pmf[i] / walk->untilt[i] : walk->pmf[i];
        sum += alias->keep[i];
    }
    for (size_t i = 0; i < walk->n; i++) {
        alias->keep[i] *= (double)walk->n / sum;
        alias->other[i] = (uint16_t)i;
        if (alias->keep[i] < 1) {
            small[n_small++] = (uint16_t)i;
        } else {
            large[n_large++] = (uint16_t)i;
        }
    }
    while (n_small > 0 && n_large > 0) {
        uint16_t low = small[--n_small], high = large[n_large - 1];
        alias->other[low] = high;
        alias->keep[high] -= 1 - alias->keep[low];
        if (alias->keep[high] < 1) {
            small[n_small++] = high;
            n_large--;
        }
    }
    while (n_small > 0) {
        alias->keep[small[--n_small]] = 1;
    }
}

static size_t draw(const struct alias *alias, struct rng *rng)
{
    uint64_t product = (uint64_t)rng_u32(rng) * alias->n;
    size_t i = (size_t)(product >> 32);
    double rest = (double)(uint32_t)product * 0x1p-32;
    return rest < alias->keep[i] ? i : alias->other[i];
}

/* The mean length of a cycle, by Wald's identity from where cycles end, which varies less. */
static double cycle_end(const struct walk *walk, const struct alias *alias, uint32_t blocks,
                        uint64_t seed, uint32_t which)
{
    double sum = 0;
    for (uint32_t block = 0; block < blocks; block++) {
        struct rng rng = rng_at(seed, STREAM_CYCLE, which, block);
        for (int path = 0; path < BLOCK; path++) {
            double s = walk->step[draw(alias, &rng)];
            while (s > 0) {
                s += walk->step[draw(alias, &rng)];
            }
            sum -= s;
        }
    }
    return sum / ((double)blocks * BLOCK);
}

struct climb {
    double scale;                               /* nodes per unit of h */
    double passed[NODES + 1], level[NODES + 1]; /* differences along the nodes */
};

/* S went from a record of `from` to one of `to`: it is the first to pass the nodes between. */
static void climb_note(struct climb *climb, double from, double to, double weight)
{
    double first = ceil(from * climb->scale), last = ceil(to * climb->scale);
    if (first >= last || first > NODES) {
        return;
    }
    climb->passed[(size_t)first] += weight;
    climb->level[(size_t)first] += weight * to;
    if (last <= NODES) {
        climb->passed[(size_t)last] -= weight;
        climb->level[(size_t)last] -= weight * to;
    }
}

/* Paths from 0 under the tilted law.  Returns how many were made. */
static double climb_run(struct climb *climb, const struct walk *walk, const struct alias *alias,
                        size_t climbs, uint64_t seed, uint32_t which)
{
    double top = NODES / climb->scale;
    size_t passed = 0;
    uint32_t block = 0;
    while (block < BLOCKS_MOST && passed < climbs) {
        struct rng rng = rng_at(seed, STREAM_CLIMB, which, block++);
        for (int path = 0; path < BLOCK; path++) {
            double s = 0, most = 0, weight = 1;
            do {
                size_t i = draw(alias, &rng);
                s += walk->step[i];
                weight *= walk->untilt[i];
                if (s > most) {
                    climb_note(climb, most, s, weight);
                    most = s;
                }
            } while (s > 0 && s <= top);
            passed += s > top;
        }
    }
    return (double)block * BLOCK;
}

/* Adds 1 / (variances * run length) at every node to `rate`. */
static void add_rates(double *rate, double scale, int variances, const struct walk *walk,
                      uint64_t seed, uint32_t which)
{
    struct alias alias;
    struct climb climb = {.scale = scale};
    fill_alias(&alias, walk, false);
    double end = cycle_end(walk, &alias, (uint32_t)(CYCLE_BLOCKS / variances), seed, which);
    fill_alias(&alias, walk, true);
    double paths =
        climb_run(&climb, walk, &alias, variances == 1 ? CLIMBS : CLIMBS_SHARE, seed, which);
    double passed = 0, level = 0;
    for (size_t i = 0; i <= NODES; i++) {
        passed += climb.passed[i];
        level += climb.level[i];
        if (passed > 0) {
            double length = (end * paths / passed - level / passed - end) / -walk->mean;
            rate[i] += 1 / (variances * (length > 1 ? length : 1));
        }
    }
}

static double chance_up(const struct walk *walk)
{
    double sum = 0;
    for (size_t i = 0; i < walk->n; i++) {
        sum += walk->step[i] > 0 ? walk->pmf[i] : 0;
    }
    return sum;
}

static bool fits(double mu, double r, double k, double df, double run_length)
{
    return mu > 0 && mu <= 1e9 && r >= 0.01 && k > 1 && k <= 100 && run_length >= 2 &&
           run_length <= 1e6 && df >= 10 && k - 1 >= SHIFT_LEAST * sqrt(1 / mu + 1 / r);
}

static struct law law_of(double mu, double r, double k)
{
    struct law law = {.mu = mu, .r = r, .k = k};
    double rise = isinf(r) ? 0 : steady_log1p((k - 1) * mu / (r + mu));
    law.per_count = steady_log(k) - rise;
    law.fixed = isinf(r) ? (k - 1) * mu : r * rise;
    return law;
}

/* df / chi-square at the middle of a fifth, largest first (Wilson and Hilferty 1931). */
static double variance_ratio(double df, int i)
{
    double part = 2 / (9 * df), z = steady_normal_quantile((i + 0.5) / VARIANCES);
    double root = 1 - part + z * sqrt(part);
    return 1 / (root * root * root);
}

static struct law spread_law(const struct law *law, double df, int i)
{
    struct law wide = *law;
    double variance = law->mu * (1 + law->mu / law->r) * variance_ratio(df, i);
    wide.r = variance > law->mu ? law->mu * law->mu / (variance - law->mu) : INFINITY;
    return wide;
}

/* About the h of a Brownian motion with the walk's drift, whose run length is (e^x - 1 - x) / (theta |drift|) at
 * x = theta h (Siegmund); a walk needs less, for it jumps over h. */
static double likely_top(const struct walk *walk, double run_length)
{
    double goal = run_length * walk->theta * -walk->mean, low = 0, high = 40;
    for (int round = 0; round < 40; round++) {
        double x = (low + high) / 2;
        *(steady_exp(x) - 1 - x < goal ? &low : &high) = x;
    }
    return 1.2 * high / walk->theta;
}

/* The h at which the rate falls to 1 / run_length; the logarithm of the rate is nearly linear in h. */
static double read_off(const double *rate, double scale, double run_length)
{
    size_t at = 1;
    while (at < NODES && rate[at] * run_length > 1) {
        at++;
    }
    double above = steady_log(rate[at - 1] * run_length), below = steady_log(rate[at] * run_length);
    double part = above > 0 && above > below ? above / (above - below) : above > 0;
    return ((double)(at - 1) + (part < 1 ? part : 1)) / scale;
}

/* The rate at each node h = i / scale, i = 0 .. NODES.  False: S > 0 is rarer than the rate wanted. */
static bool fill_rates(double *rate, double *scale, bool surely, const struct law *law, double df,
                       double run_length, uint64_t seed)
{
    int variances = isinf(df) ? 1 : VARIANCES;
    struct walk walk;
    for (int i = 0; i <= NODES; i++) {
        rate[i] = 0;
    }
    for (int i = 0; i < variances; i++) {
        struct law shape = isinf(df) ? *law : spread_law(law, df, i);
        fill_walk(&walk, &shape, law);
        /* the widest law comes first: what is rare or out of reach there is so for all of them */
        if (i == 0 && chance_up(&walk) * run_length <= 1) {
            return false;
        }
        tilt(&walk);
        if (i == 0) {
            /* P(pass h) is at most exp(-theta h) */
            double sure = steady_log(run_length * 1.05) / walk.theta;
            double likely = likely_top(&walk, run_length);
            *scale = NODES / (surely || sure < likely ? sure : likely);
        }
        add_rates(rate, *scale, variances, &walk, seed, (uint32_t)i);
    }
    return true;
}

double cusum_threshold_df(double mu, double r, double k, double df, double run_length,
                          uint64_t seed)
{
    if (!fits(mu, r, k, df, run_length)) {
        return NAN;
    }
    struct law law = law_of(mu, r, k);
    double rate[NODES + 1], scale;
    if (!fill_rates(rate, &scale, false, &law, df, run_length, seed)) {
        return 0;
    }
    if (rate[NODES] * run_length > 1) {
        (void)fill_rates(rate, &scale, true, &law, df, run_length, seed);
    }
    return read_off(rate, scale, run_length);
}

double cusum_threshold(double mu, double r, double k, double run_length, uint64_t seed)
{
    return cusum_threshold_df(mu, r, k, INFINITY, run_length, seed);
}
