#include "exodus_draw.h"

#include <math.h>
#include <stdbool.h>

#include "steady.h"

enum {
    BY_PICKS = 16, /* people taken; more are cheaper from the mode */
    PICKS_EACH = 2 /* people a choice; fewer choose one by one */
};

/* One after another out of all who are left. */
static int64_t by_picks(struct draws *draws, int64_t marked, int64_t all, int64_t taken)
{
    int64_t got = 0;
    for (int64_t i = 0; i < taken; i++) {
        got += rng_uniform(&draws->rng) * (double)(all - i) < (double)(marked - got);
    }
    return got;
}

/* Loader's form: three binomial chances at one p, which leaves the quotient. */
static double chance_of(double k, double marked, double others, double taken)
{
    double p = taken / (marked + others);
    return steady_exp(steady_binomial_log_pmf((int64_t)k, (int64_t)marked, p) +
                      steady_binomial_log_pmf((int64_t)(taken - k), (int64_t)others, p) -
                      steady_binomial_log_pmf((int64_t)taken, (int64_t)(marked + others), p));
}

/* Inversion, from the mode to both sides.  Rounding can leave the last 1e-15 or so of the uniform unclaimed;
 * it is then drawn again. */
static int64_t from_mode(struct draws *draws, double marked, double others, double taken)
{
    double mode = floor((taken + 1) * (marked + 1) / (marked + others + 2));
    double rest = others - taken, top = chance_of(mode, marked, others, taken);
    for (;;) {
        double u = rng_uniform(&draws->rng) - top;
        double high = mode, low = mode, up = top, down = top;
        while (u > 0 && (up > 0 || down > 0)) {
            up *= (marked - high) * (taken - high) / ((high + 1) * (rest + high + 1));
            high++;
            u -= up;
            if (u <= 0) {
                return (int64_t)high;
            }
            down *= low * (rest + low) / ((marked - low + 1) * (taken - low + 1));
            low--;
            u -= down;
            if (u <= 0) {
                return (int64_t)low;
            }
        }
        if (u <= 0) {
            return (int64_t)mode;
        }
    }
}

int64_t exodus_draw_marked(struct draws *draws, int64_t marked, int64_t others, int64_t taken)
{
    int64_t all = marked + others;
    if (taken > all - taken) {
        return marked - exodus_draw_marked(draws, marked, others, all - taken);
    }
    if (marked > others) {
        return taken - exodus_draw_marked(draws, others, marked, taken);
    }
    /* The law is the same when marks and taking change places. */
    int64_t less = marked < taken ? marked : taken, more = marked < taken ? taken : marked;
    if (less <= BY_PICKS) {
        return by_picks(draws, more, all, less);
    }
    return from_mode(draws, (double)more, (double)(all - more), (double)less);
}

void exodus_draw_taken(struct draws *draws, const int64_t *people, size_t n, int64_t taken,
                       int64_t *out)
{
    int64_t behind = 0;
    for (size_t i = 0; i < n; i++) {
        behind += people[i];
    }
    for (size_t i = 0; i < n; i++) {
        behind -= people[i];
        out[i] =
            taken == 0 || people[i] == 0 ? 0 : exodus_draw_marked(draws, people[i], behind, taken);
        taken -= out[i];
    }
}

static void choose_each(struct draws *draws, int64_t people, const double *weights,
                        const double *above, size_t k, int64_t *out)
{
    for (int64_t n = 0; n < people; n++) {
        double goal = rng_uniform(&draws->rng) * above[0];
        size_t choice = 0, last = 0;
        for (; choice < k; choice++) {
            if (weights[choice] > 0) {
                last = choice;
                goal -= weights[choice];
                if (goal < 0) {
                    break;
                }
            }
        }
        out[last]++;
    }
}

void exodus_draw_choices(struct draws *draws, int64_t people, const double *weights,
                         const double *above, size_t k, int64_t *out)
{
    for (size_t i = 0; i < k; i++) {
        out[i] = 0;
    }
    if (people <= (int64_t)k * PICKS_EACH) {
        choose_each(draws, people, weights, above, k, out);
        return;
    }
    for (size_t i = 0; i < k && people > 0; i++) {
        bool only = i + 1 == k || above[i + 1] <= 0;
        out[i] = only ? people : draws_binomial(draws, people, weights[i] / above[i]);
        people -= out[i];
    }
}

void exodus_draw_above(const double *weights, size_t k, double *above)
{
    double sum = 0;
    for (size_t i = k; i-- > 0;) {
        sum += weights[i];
        above[i] = sum;
    }
}

int64_t exodus_draw_whole(struct draws *draws, double x)
{
    double whole = floor(x);
    return (int64_t)whole + (rng_uniform(&draws->rng) < x - whole);
}
