/* The households, each draw named by seed, household and purpose. */
#include <string.h>

#include "place_cohort_parts.h"
#include "rng.h"

#define DRAW_STREAM 0x504c4143U /* PLAC */

/* Purposes; a new one goes to the end, so that it moves no other. */
enum draw_step {
    DRAW_SIZE,
    DRAW_PROFILE,
    DRAW_ONE_PARENT,
    DRAW_SCHOOL,
    DRAW_COURSE,
    DRAW_SUPPORT,
    DRAW_STEP_FREE,
    DRAW_CLINIC,
    DRAW_KIN,
    DRAW_WISH,
    DRAW_VETO,
    DRAW_LINK,
    DRAW_LATE,
    DRAW_LANGUAGE /* and one for each language */
};

struct drawing {
    const struct place_cohort *cohort;
    uint64_t seed;
    const double *pull;      /* [n_sites] people whom a place would take */
    double *left;            /* [n_sites] the same, without places taken already */
    double *profile_weights; /* [n_profiles] */
};

static struct rng draw_at(const struct drawing *it, uint32_t household, enum draw_step step)
{
    return rng_at(it->seed, DRAW_STREAM, household, step);
}

static bool draw_yes(const struct drawing *it, uint32_t household, enum draw_step step,
                     enum place_need_key key)
{
    struct rng rng = draw_at(it, household, step);
    return rng_uniform(&rng) < it->cohort->need[key];
}

static uint32_t draw_of(const struct drawing *it, uint32_t household, enum draw_step step,
                        enum place_need_key key, uint32_t n)
{
    struct rng rng = draw_at(it, household, step);
    return (uint32_t)rng_binomial(&rng, n, it->cohort->need[key]);
}

static void draw_people(const struct drawing *it, uint32_t household, struct place_drawn *out)
{
    const struct place_cohort *cohort = it->cohort;
    struct rng size = draw_at(it, household, DRAW_SIZE);
    struct rng profile = draw_at(it, household, DRAW_PROFILE);
    out->people = (uint32_t)rng_categorical(&size, cohort->size, PLACE_COHORT_SIZES) + 1;
    out->profile = (uint32_t)rng_categorical(&profile, it->profile_weights, cohort->n_profiles);
    bool alone = out->people > 1 && draw_yes(it, household, DRAW_ONE_PARENT, PLACE_ONE_PARENT);
    out->adults = out->people == 1 || alone ? 1 : 2;
    out->children = out->people - out->adults;
    out->school = draw_of(it, household, DRAW_SCHOOL, PLACE_SCHOOL_AGE, out->children);
    out->course = draw_of(it, household, DRAW_COURSE, PLACE_COURSE, out->adults);
    out->support = alone || draw_yes(it, household, DRAW_SUPPORT, PLACE_SUPPORT) ? 1 : 0;
    out->step_free = draw_yes(it, household, DRAW_STEP_FREE, PLACE_STEP_FREE);
    out->clinic = draw_yes(it, household, DRAW_CLINIC, PLACE_CLINIC);
    for (uint32_t k = 0; k < cohort->n_languages; k++) {
        struct rng rng = rng_at(it->seed, DRAW_STREAM, household, DRAW_LANGUAGE + k);
        out->languages |= rng_uniform(&rng) < cohort->languages[k].share ? 1U << k : 0;
    }
}

static void draw_wishes(const struct drawing *it, uint32_t household, struct place_drawn *out)
{
    const struct place_cohort *cohort = it->cohort;
    struct rng rng = draw_at(it, household, DRAW_WISH);
    bool on = rng_uniform(&rng) < cohort->need[PLACE_WISH_1];
    memcpy(it->left, it->pull, cohort->n_sites * sizeof *it->left);
    for (uint32_t w = 0; w < PLACE_COHORT_WISHES; w++) {
        out->wish[w] = PLACE_COHORT_NOBODY;
        if (on && w < cohort->n_sites) {
            out->wish[w] = (uint32_t)rng_categorical(&rng, it->left, cohort->n_sites);
            it->left[out->wish[w]] = 0;
            on = rng_uniform(&rng) < cohort->need[PLACE_WISH_2];
        }
    }
}

static bool draw_wished(const struct place_drawn *drawn, uint32_t site)
{
    bool wished = drawn->kin == site;
    for (uint32_t w = 0; w < PLACE_COHORT_WISHES; w++) {
        wished = wished || drawn->wish[w] == site;
    }
    return wished;
}

static void draw_ties(const struct drawing *it, uint32_t household, struct place_drawn *out)
{
    const struct place_cohort *cohort = it->cohort;
    struct rng kin = draw_at(it, household, DRAW_KIN), veto = draw_at(it, household, DRAW_VETO);
    struct rng late = draw_at(it, household, DRAW_LATE);
    out->kin = rng_uniform(&kin) < cohort->need[PLACE_KIN]
                   ? (uint32_t)rng_categorical(&kin, it->pull, cohort->n_sites)
                   : PLACE_COHORT_NOBODY;
    draw_wishes(it, household, out);
    out->veto = rng_uniform(&veto) < cohort->need[PLACE_VETO]
                    ? (uint32_t)rng_categorical(&veto, it->pull, cohort->n_sites)
                    : PLACE_COHORT_NOBODY;
    if (out->veto != PLACE_COHORT_NOBODY && draw_wished(out, out->veto)) {
        out->veto = PLACE_COHORT_NOBODY; /* nobody rules out what they wish */
    }
    out->late_days = rng_uniform(&late) < cohort->need[PLACE_LATE]
                         ? 1 + rng_below(&late, (uint32_t)cohort->need[PLACE_LATE_DAYS])
                         : 0;
}

/* Friends hold the same papers, so that a door that is shut to one is no bar to both. */
static void draw_links(const struct drawing *it, struct place_drawn *drawn, bool *taken)
{
    uint32_t n = it->cohort->n_households;
    for (uint32_t h = 0; h < n; h++) {
        struct rng rng = draw_at(it, h, DRAW_LINK);
        bool wants = rng_uniform(&rng) < it->cohort->need[PLACE_LINK];
        bool same = rng_uniform(&rng) < it->cohort->need[PLACE_LINK_SAME];
        drawn[h].link = PLACE_COHORT_NOBODY;
        for (uint32_t k = h + 1; wants && !taken[h] && k < n; k++) {
            if (!taken[k] && drawn[k].wait == drawn[h].wait &&
                drawn[k].profile == drawn[h].profile) {
                drawn[h].link = k;
                drawn[h].link_same = same;
                taken[h] = taken[k] = true;
            }
        }
    }
}

static double site_people(const struct place_cohort *cohort, const struct place_cohort_site *site)
{
    for (size_t s = 0; s < cohort->n_states; s++) {
        if (text_eq(cohort->states[s].state, site->state)) {
            return cohort->states[s].people * site->share;
        }
    }
    return 0;
}

int place_cohort_draw(struct arena *arena, const struct place_cohort *cohort, uint64_t seed,
                      struct place_drawn **out, struct ajar_err *err)
{
    struct drawing it = {.cohort = cohort, .seed = seed};
    struct place_drawn *drawn;
    double *pull;
    bool *taken;
    uint32_t h = 0;
    TRY_NEW(drawn, arena, cohort->n_households, err);
    TRY_NEW(taken, arena, cohort->n_households, err);
    TRY_NEW(pull, arena, cohort->n_sites, err);
    TRY_NEW(it.left, arena, cohort->n_sites, err);
    TRY_NEW(it.profile_weights, arena, cohort->n_profiles, err);
    for (size_t i = 0; i < cohort->n_sites; i++) {
        pull[i] = site_people(cohort, &cohort->sites[i]);
    }
    for (size_t i = 0; i < cohort->n_profiles; i++) {
        it.profile_weights[i] = cohort->profiles[i].weight;
    }
    it.pull = pull;
    for (uint32_t w = 0; w < cohort->n_waits; w++) {
        for (uint32_t k = 0; k < cohort->waits[w].households; k++, h++) {
            drawn[h].wait = w;
            draw_people(&it, h, &drawn[h]);
            draw_ties(&it, h, &drawn[h]);
        }
    }
    draw_links(&it, drawn, taken);
    *out = drawn;
    return 0;
}

int place_cohort_ids(struct arena *arena, const struct place_cohort *cohort,
                     const struct place_drawn *drawn, struct text **out, struct ajar_err *err)
{
    struct text *ids;
    uint32_t nth = 0;
    TRY_NEW(ids, arena, cohort->n_households, err);
    for (uint32_t h = 0; h < cohort->n_households; h++) {
        struct buf buf;
        const char *copy = NULL;
        nth = h > 0 && drawn[h].wait == drawn[h - 1].wait ? nth + 1 : 1;
        buf_init(&buf, 64);
        buf_str(&buf, "syn-");
        buf_text(&buf, cohort->waits[drawn[h].wait].country);
        buf_printf(&buf, "-%03u", nth);
        int code = buf_ok(&buf, err);
        code = code != 0 ? code : text_copy(arena, buf_view(&buf), &copy, err);
        ids[h] = (struct text){copy, buf.n};
        buf_free(&buf);
        TRY(code);
    }
    *out = ids;
    return 0;
}
