#include <math.h>

#include "dist.h"
#include "predict.h"
#include "season.h"

#define YEAR_DAYS 365.25
#define WEEK      7
#define YEAR      364 /* days that the baseline must reach back */
#define MOST_DAYS 1096
#define SKIP_DAYS 182 /* 26 weeks */
#define THRESHOLD 2.58
#define COLUMNS   5
#define ABSURD    2   /* times outside of what was fitted */
#define ABSURD_SD 0.5 /* of the logarithm of the mean */
#define NO_GROUP  UINT8_MAX

/* A turn of the year by some days, as cosine and sine.  Long turns are products of a day's, which gives the
 * same bytes on every machine; they are right within 1e-12 over ten years. */
struct turn {
    double c, s;
};

static struct turn turn_by(struct turn a, struct turn b)
{
    return (struct turn){a.c * b.c - a.s * b.s, a.s * b.c + a.c * b.s};
}

static struct turn turn_days(size_t days)
{
    static const struct turn day = {0.99985204195577352, 0.017201575418260505};
    struct turn out = {1, 0};
    for (size_t i = 0; i < days; i++) {
        out = turn_by(out, day);
    }
    return out;
}

/* Columns: two harmonics, then the trend in years.  The model's own period has trend 0. */
static void columns_set(struct turn turn, double years, size_t columns, double *x)
{
    double all[COLUMNS] = {turn.c, turn.s, turn.c * turn.c - turn.s * turn.s, 2 * turn.s * turn.c,
                           years};
    for (size_t a = 0; a < columns; a++) {
        x[a] = all[a];
    }
}

/* Tried in this order until one fits and says nothing absurd about t. */
static const size_t forms[] = {COLUMNS, COLUMNS - 1, 2, 0};
enum { FORMS = sizeof forms / sizeof forms[0] };

static size_t weekday_of(const struct watch_grid *grid, size_t i)
{
    return grid->step_days == 1 ? (size_t)date_weekday(predict_first_day(grid, i)) - 1 : 0;
}

/* Groups with a count above 0; the others need no fit and would have none. */
static size_t groups_number(const struct watch_grid *grid, const struct season_plan *plan,
                            struct season_model *out)
{
    double sum[WEEK] = {0};
    for (size_t i = plan->from; i < plan->to; i++) {
        if (predict_usable(grid, i)) {
            size_t day = weekday_of(grid, i);
            out->counted[day]++;
            sum[day] += grid->y[i];
            out->base_from = out->base_n == 0 ? predict_first_day(grid, i) : out->base_from;
            out->base_to = predict_last_day(grid, i);
            out->base_n++;
        }
    }
    size_t groups = 0;
    for (size_t day = 0; day < WEEK; day++) {
        out->group[day] = sum[day] > 0 ? (uint8_t)groups++ : NO_GROUP;
    }
    return groups;
}

static void rows_fill(const struct watch_grid *grid, const struct season_plan *plan,
                      const struct season_model *model, struct irls_rows *rows)
{
    struct turn step = turn_days((size_t)grid->step_days);
    struct turn turn = turn_days((plan->t - (plan->to - 1)) * (size_t)grid->step_days);
    size_t n = 0;
    for (size_t i = plan->to; i-- > plan->from; turn = turn_by(turn, step)) {
        uint8_t group = model->group[weekday_of(grid, i)];
        if (!predict_usable(grid, i) || group == NO_GROUP) {
            continue;
        }
        double years = (double)(plan->t - i) * grid->step_days / YEAR_DAYS;
        columns_set(turn, -years, rows->columns, rows->x + n * rows->columns);
        rows->group[n] = group;
        rows->y[n] = grid->y[i];
        n++;
    }
    rows->n = n;
}

static bool absurd(const struct season_model *model, size_t weekday)
{
    struct nbfit_predicted at;
    uint8_t group = model->group[weekday] == NO_GROUP ? 0 : model->group[weekday];
    double x[COLUMNS];
    columns_set((struct turn){1, 0}, 0, model->fit.model.columns, x);
    nbfit_predict(&model->fit, group, x, &at);
    return at.mean > ABSURD * model->fit.most || at.mean < model->fit.least / ABSURD ||
           at.eta_variance > ABSURD_SD * ABSURD_SD;
}

static int model_fit(struct arena *arena, const struct watch_grid *grid,
                     const struct season_plan *plan, size_t groups, struct season_model *out,
                     struct ajar_err *err)
{
    struct irls_rows rows;
    TRY(irls_rows_new(arena, out->base_n, groups, COLUMNS, &rows, err));
    for (size_t form = plan->trend ? 0 : 1; form < FORMS; form++) {
        bool converged;
        rows.columns = forms[form];
        rows_fill(grid, plan, out, &rows);
        TRY(nbfit_make(arena, &rows, plan->threshold, &out->fit, &converged, err));
        if (converged && (form + 1 == FORMS || !absurd(out, weekday_of(grid, plan->t)))) {
            out->trend = form == 0;
            out->harmonics = forms[form] / 2;
            return 0;
        }
    }
    out->why_not = "the baseline cannot be fitted";
    return 0;
}

int season_model_make(struct arena *arena, const struct watch_grid *grid,
                      const struct season_plan *plan, struct season_model *out,
                      struct ajar_err *err)
{
    *out = (struct season_model){.t = plan->t};
    size_t groups = groups_number(grid, plan, out);
    if (out->base_n == 0 || predict_first_day(grid, plan->t) - out->base_from < YEAR) {
        out->why_not = "less than a year of earlier counts";
    } else if (out->base_n * (size_t)grid->step_days < YEAR / 2) {
        out->why_not = "fewer than half a year's counts in the baseline";
    } else if (groups > 0) {
        /* The rows are needed no more once there is a model. */
        struct arena scratch;
        arena_init(&scratch, arena->name, arena->ceiling - arena->used);
        int code = model_fit(&scratch, grid, plan, groups, out, err);
        arena_free(&scratch);
        return code;
    }
    return 0;
}

size_t season_to(const struct watch_grid *grid, size_t t, size_t skip)
{
    size_t first = 0;
    while (first < t && !predict_usable(grid, first)) {
        first++;
    }
    return (t - first) * (size_t)grid->step_days >= 2 * YEAR && skip < t ? t - skip : t;
}

int season_fit(struct arena *arena, const struct watch_grid *grid, size_t t,
               struct season_model *out, struct ajar_err *err)
{
    size_t to = season_to(grid, t, SKIP_DAYS);
    struct season_plan plan = {.from = to > MOST_DAYS ? to - MOST_DAYS : 0,
                               .to = to,
                               .t = t,
                               .threshold = THRESHOLD,
                               .trend = true};
    return season_model_make(arena, grid, &plan, out, err);
}

static void season_predict(const struct season_model *model, const struct watch_grid *grid,
                           size_t t, struct nbfit_predicted *out)
{
    size_t day = weekday_of(grid, t);
    if (model->group[day] == NO_GROUP) {
        nbfit_predict_zeros(model->counted[day], out);
        return;
    }
    double x[COLUMNS];
    size_t days = (t - model->t) * (size_t)grid->step_days;
    struct turn ahead = turn_days(days);
    ahead.s = -ahead.s;
    columns_set(ahead, (double)days / YEAR_DAYS, model->fit.model.columns, x);
    nbfit_predict(&model->fit, model->group[day], x, out);
}

void season_verdict(const struct season_model *model, const struct watch_grid *grid, size_t t,
                    enum watch_detector detector, double rate, struct watch_verdict *out)
{
    const char *why_not = model->why_not;
    if (t >= grid->n || isnan(grid->y[t])) {
        why_not = "the count itself is missing";
    } else if (why_not == NULL && model->counted[weekday_of(grid, t)] == 0) {
        why_not = "no count of this weekday in the baseline";
    }
    predict_cannot(grid, t, detector, rate, why_not, out);
    if (why_not != NULL) {
        return;
    }
    struct nbfit_predicted at;
    season_predict(model, grid, t, &at);
    double score = nbfit_score(&at, grid->y[t]);
    out->statistic = score;
    out->df = at.df;
    out->p = dist_t_sf(score, at.df);
    out->expected = at.mean;
    out->bound = nbfit_bound(&at, -dist_t_quantile(rate, at.df));
    out->noise = sqrt(1 / at.mean + model->fit.inverse_size);
    out->base_from = model->base_from;
    out->base_to = model->base_to;
    out->base_n = model->base_n;
    out->state = out->p < rate ? WATCH_RINGS : WATCH_QUIET;
}
