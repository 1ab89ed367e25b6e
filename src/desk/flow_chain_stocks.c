/* What a conflict's runs leave in each host country on their last day, beside what was counted there. */
#include <math.h>
#include <stdlib.h>

#include "country.h"
#include "flow_chain_parts.h"

static const struct flow_place *camp_place(const struct flow_chain *chain, uint32_t camp)
{
    return &chain->input.world.places[chain->seen[camp].place];
}

static int by_country(const void *left, const void *right)
{
    const struct flow_stock *a = left, *b = right;
    return text_cmp(a->country, b->country);
}

/* One row a host country of the camps. */
static int list_countries(struct arena *arena, struct flow_chain *chain, struct ajar_err *err)
{
    TRY_NEW(chain->stocks, arena, chain->plan.n_camps, err);
    for (uint32_t c = 0; c < chain->plan.n_camps; c++) {
        const struct flow_place *place = camp_place(chain, c);
        size_t s = 0;
        while (s < chain->n_stocks && !text_eq(chain->stocks[s].country, place->country)) {
            s++;
        }
        if (place->foreign && s == chain->n_stocks) {
            chain->stocks[chain->n_stocks++] = (struct flow_stock){
                .code = country_called(place->country), .country = place->country};
        }
    }
    qsort(chain->stocks, chain->n_stocks, sizeof *chain->stocks, by_country);
    return 0;
}

/* The last count of a camp joins those of its country. */
static void add_seen(struct flow_stock *stock, const struct flow_camp_seen *seen)
{
    if (seen->n == 0) {
        return;
    }
    const struct flow_point_seen *last = &seen->at[seen->n - 1];
    stock->counted += last->count;
    stock->from = stock->n_seen == 0 || last->day < stock->from ? last->day : stock->from;
    stock->to = stock->n_seen == 0 || last->day > stock->to ? last->day : stock->to;
    stock->hidden = stock->hidden || last->hidden;
    stock->n_seen++;
}

static void fill(struct flow_chain *chain, const int64_t *camps, struct flow_stock *stock,
                 double *sums)
{
    size_t n = chain->options.n_members, n_camps = chain->plan.n_camps;
    size_t n_days = (size_t)chain->plan.n_days;
    double all = 0;
    for (uint32_t c = 0; c < n_camps; c++) {
        if (text_eq(camp_place(chain, c)->country, stock->country)) {
            stock->n_camps++;
            add_seen(stock, &chain->seen[c]);
        }
    }
    for (size_t m = 0; m < n; m++) {
        sums[m] = 0;
        for (uint32_t c = 0; c < n_camps; c++) {
            if (text_eq(camp_place(chain, c)->country, stock->country)) {
                sums[m] += (double)camps[(m * n_camps + c) * n_days + n_days - 1];
            }
        }
        all += sums[m];
    }
    ensemble_sort(sums, n);
    stock->mean = round(all / (double)n);
    stock->p5 = round(ensemble_quantile(sums, n, ensemble_levels[ENSEMBLE_P5]));
    stock->p95 = round(ensemble_quantile(sums, n, ensemble_levels[ENSEMBLE_P95]));
}

int flow_chain_stocks(struct arena *arena, struct flow_chain *chain, const int64_t *camps,
                      struct ajar_err *err)
{
    double *sums;
    TRY_NEW(sums, arena, chain->options.n_members, err);
    TRY(list_countries(arena, chain, err));
    for (size_t s = 0; s < chain->n_stocks; s++) {
        fill(chain, camps, &chain->stocks[s], sums);
    }
    return 0;
}
