/* FLOW behind ajar.h: what a shut door does. */
#include "counterfactual.h"
#include "library_flow.h"

struct ajar_shut {
    struct arena arena;
    size_t n;
    struct ajar_shut_camp *camps; /* [n] the last: in no camp */
};

static int shut_closings(struct arena *arena, const struct flow_world *world, const char *words,
                         struct counterfactual_closing **out, size_t *n, struct ajar_err *err)
{
    struct text rest = text_of(words);
    struct counterfactual_closing *closings;
    size_t count = 0;
    TRY_NEW(closings, arena, COUNTERFACTUAL_CLOSINGS_MOST, err);
    while (rest.n > 0) {
        struct text one = text_trim(text_split(rest, ';', &rest));
        if (count == COUNTERFACTUAL_CLOSINGS_MOST) {
            return err_at(err, E_FLOW_CLOSING, NULL, 0, "closings", one,
                          "at most %d closings are taken", COUNTERFACTUAL_CLOSINGS_MOST);
        }
        TRY(counterfactual_parse(world, one, &closings[count], err));
        count++;
    }
    *out = closings;
    *n = count;
    return 0;
}

static struct ajar_shut_camp shut_row(const char *name, const struct counterfactual_effect *effect)
{
    return (struct ajar_shut_camp){.name = name,
                                   .open = effect->open,
                                   .shut = effect->shut,
                                   .difference = effect->mean,
                                   .p5 = effect->p5,
                                   .p50 = effect->p50,
                                   .p95 = effect->p95};
}

static int shut_work(ajar_shut *shut, const ajar_conflict *conflict, const char *words,
                     const struct library_flow *asked, const struct ajar_flow_options *options,
                     struct library_work *work, struct ajar_err *err)
{
    const struct flow_world *world = &conflict->input.world;
    struct ensemble_options ensemble = {.engine = FLOW_ENGINE_AGENTS,
                                        .seed = options->seed,
                                        .n_members = options->members,
                                        .as_known = asked->as_known,
                                        .from = asked->from,
                                        .to = asked->to};
    struct counterfactual_closing *closings = NULL;
    struct counterfactual result;
    size_t n = 0;
    TRY(shut_closings(&shut->arena, world, words, &closings, &n, err));
    TRY(counterfactual_run(&shut->arena, world, &asked->params, &ensemble, closings, n, work->pool,
                           &work->watch, &result, err));
    TRY_NEW(shut->camps, &shut->arena, result.n_camps + 1, err);
    shut->n = result.n_camps + 1;
    for (size_t i = 0; i < result.n_camps; i++) {
        shut->camps[i] = shut_row(conflict->camps[i], &result.camps[i]);
    }
    shut->camps[result.n_camps] = shut_row("not in a camp", &result.on_way);
    return 0;
}

static int shut_make(ajar_shut *shut, const ajar_conflict *conflict, const char *closings,
                     const struct ajar_flow_options *options, struct ajar_err *err)
{
    struct library_flow asked;
    struct library_work work;
    TRY(library_flow_read(conflict, options, &asked, err));
    TRY(library_work_begin(&work, options->threads, options->stop, options->stop_arg, err));
    int code = shut_work(shut, conflict, closings, &asked, options, &work, err);
    library_work_end(&work);
    return code;
}

int ajar_flow_shut(ajar_shut **out, const ajar_conflict *conflict, const char *closings,
                   const struct ajar_flow_options *options, struct ajar_err *err)
{
    struct ajar_err own;
    ajar_shut *shut;
    err = library_err(err, &own);
    TRY(library_given(out, "out", err));
    TRY(library_given(conflict, "conflict", err));
    TRY(library_given(closings, "closings", err));
    TRY(library_options(options, sizeof *options, err));
    TRY(library_new(sizeof *shut, "the closing", &shut, err));
    return library_done(shut_make(shut, conflict, closings, options, err), shut, out);
}

size_t ajar_shut_count(const ajar_shut *shut)
{
    return shut == NULL ? 0 : shut->n;
}

const struct ajar_shut_camp *ajar_shut_at(const ajar_shut *shut, size_t i)
{
    return i < ajar_shut_count(shut) ? &shut->camps[i] : NULL;
}

void ajar_shut_free(ajar_shut *shut)
{
    library_free(shut);
}
