#include <string.h>

#include "doors_check.h"

#define MUTATE_SCRATCH_CEILING ((size_t)1 << 30)

/* One version's mutants are one part; each writes its own list in its own arena. */
struct mutate_part {
    uint32_t door, version;
    struct arena arena;
    size_t n;
    struct doors_mutant *mutants;
};

struct mutate_run {
    const struct rules *rules;
    const struct doors_cases *cases;
    size_t n_parts;
    struct mutate_part *parts;
};

/* The rule set with one version replaced. */
static int mutate_rules(struct arena *scratch, const struct rules *rules,
                        const struct mutant *mutant, struct rules *out, struct ajar_err *err)
{
    struct door *doors;
    struct version *versions;
    const struct door *door = &rules->doors[mutant->door];
    TRY_NEW(doors, scratch, rules->n_doors, err);
    memcpy(doors, rules->doors, rules->n_doors * sizeof *doors);
    TRY_NEW(versions, scratch, door->n_versions, err);
    memcpy(versions, door->versions, door->n_versions * sizeof *versions);
    versions[mutant->version] = mutant->made;
    doors[mutant->door].versions = versions;
    *out = *rules;
    out->doors = doors;
    return 0;
}

static bool mutate_holds(const struct instance *instance, const struct version *version)
{
    for (size_t i = 0; i < instance->n_arms; i++) {
        if (instance->arms[i].version == version) {
            return true;
        }
    }
    return false;
}

/* The instance of the case's moment, built again only when the moment differs from the last one's. */
struct mutate_moment {
    bool built;
    moment on;
    date_days as_known;
    struct instance instance;
};

static int mutate_moment(struct arena *scratch, const struct rules *rules, uint32_t door,
                         const struct doors_case *test, struct mutate_moment *at,
                         struct ajar_err *err)
{
    if (at->built && at->on == test->on && at->as_known == test->as_known) {
        return 0;
    }
    at->built = false;
    TRY(instance_build(scratch, scratch, rules, door, test->on, test->as_known, &at->instance,
                       err));
    at->built = true;
    at->on = test->on;
    at->as_known = test->as_known;
    return 0;
}

/* Whether the row says that it is about the mutant's rule: such cases notice first. */
static bool mutate_names(const struct rules *rules, const struct mutant *mutant,
                         const struct doors_case *test)
{
    const struct version *version = &rules->doors[mutant->door].versions[mutant->version];
    const struct rule *list = mutant->superior ? version->superior : version->rules;
    struct text rest = test->rules;
    while (mutant->rule != RULES_NONE && rest.n > 0) {
        struct text id = text_trim(text_split(rest, ';', &rest));
        id = id.n > 0 && id.at[0] == '!' ? (struct text){id.at + 1, id.n - 1} : id;
        if (text_eq(id, list[mutant->rule].id)) {
            return true;
        }
    }
    return false;
}

static int mutate_try(struct arena *scratch, const struct rules *rules, const struct mutant *mutant,
                      const struct doors_case *test, struct mutate_moment *at,
                      struct doors_mutant *out, struct ajar_err *err)
{
    const struct version *version = &rules->doors[mutant->door].versions[mutant->version];
    struct doors_verdict verdict;
    TRY(mutate_moment(scratch, rules, mutant->door, test, at, err));
    if (!mutate_holds(&at->instance, version)) {
        return 0;
    }
    TRY(doors_case_run(scratch, scratch, &at->instance, test, &verdict, err));
    if (!verdict.passed) {
        out->fate = MUTANT_KILLED;
        out->killer = test;
        out->before = test->expect;
        out->after = verdict.decision.status;
    }
    return 0;
}

/* Looks for a case that notices: those about the rule in order, then all others in order. */
static int mutate_hunt(const struct mutate_run *run, struct arena *scratch,
                       const struct mutant *mutant, struct doors_mutant *out, struct ajar_err *err)
{
    struct rules rules;
    struct mutate_moment at = {0};
    bool equivalent;
    TRY(mutate_rules(scratch, run->rules, mutant, &rules, err));
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < run->cases->n; i++) {
            const struct doors_case *test = &run->cases->cases[i];
            if (test->door != mutant->door ||
                mutate_names(run->rules, mutant, test) != (pass == 0)) {
                continue;
            }
            TRY(mutate_try(scratch, &rules, mutant, test, &at, out, err));
            if (out->killer != NULL) {
                return 0;
            }
        }
    }
    TRY(mutant_is_equivalent(scratch, run->rules, mutant, &equivalent, err));
    out->fate = equivalent ? MUTANT_EQUIVALENT : MUTANT_SURVIVED;
    return 0;
}

static struct rules_at mutate_place(const struct rules *rules, const struct mutant *mutant)
{
    const struct version *version = &rules->doors[mutant->door].versions[mutant->version];
    if (mutant->rule == RULES_NONE) {
        return version->scope_at;
    }
    return mutant->superior ? version->superior[mutant->rule].at : version->rules[mutant->rule].at;
}

static int mutate_part(void *arg, size_t which, struct ajar_err *err)
{
    struct mutate_run *run = arg;
    struct mutate_part *part = &run->parts[which];
    struct mutant *mutants;
    TRY(mutants_of(&part->arena, run->rules, part->door, part->version, &part->n, &mutants, err));
    TRY_NEW(part->mutants, &part->arena, part->n, err);
    for (size_t i = 0; i < part->n; i++) {
        struct doors_mutant *made = &part->mutants[i];
        struct arena scratch;
        *made = (struct doors_mutant){.fate = MUTANT_SURVIVED,
                                      .kind = mutants[i].kind,
                                      .door = part->door,
                                      .version = part->version,
                                      .rule = mutants[i].rule,
                                      .superior = mutants[i].superior,
                                      .at = mutate_place(run->rules, &mutants[i]),
                                      .was = mutants[i].was,
                                      .is = mutants[i].is};
        arena_init(&scratch, "mutants", MUTATE_SCRATCH_CEILING);
        int code = mutate_hunt(run, &scratch, &mutants[i], made, err);
        arena_free(&scratch);
        TRY(code);
    }
    return 0;
}

static int mutate_copy(struct arena *arena, struct text from, struct text *to, struct ajar_err *err)
{
    const char *copy;
    TRY(text_copy(arena, from, &copy, err));
    *to = (struct text){copy, from.n};
    return 0;
}

static int mutate_gather(struct arena *arena, const struct mutate_run *run,
                         struct doors_mutation *out, struct ajar_err *err)
{
    size_t n = 0;
    for (size_t p = 0; p < run->n_parts; p++) {
        n += run->parts[p].n;
    }
    TRY_NEW(out->mutants, arena, n, err);
    for (size_t p = 0; p < run->n_parts; p++) {
        for (size_t i = 0; i < run->parts[p].n; i++) {
            struct doors_mutant *made = &out->mutants[out->n++];
            *made = run->parts[p].mutants[i];
            TRY(mutate_copy(arena, made->was, &made->was, err));
            TRY(mutate_copy(arena, made->is, &made->is, err));
            out->counts[made->kind][made->fate]++;
        }
    }
    return 0;
}

int doors_mutate(struct arena *arena, const struct doors_folder *folder,
                 const struct doors_cases *cases, struct pool *pool, const struct watch *watch,
                 struct doors_mutation *out, struct ajar_err *err)
{
    const struct rules *rules = &folder->rules;
    struct mutate_run run = {.rules = rules, .cases = cases};
    struct doors_mutation mutation = {0};
    for (size_t d = 0; d < rules->n_doors; d++) {
        run.n_parts += rules->doors[d].n_versions;
    }
    TRY_NEW(run.parts, arena, run.n_parts, err);
    size_t at = 0;
    for (uint32_t d = 0; d < rules->n_doors; d++) {
        for (uint32_t v = 0; v < rules->doors[d].n_versions; v++, at++) {
            run.parts[at].door = d;
            run.parts[at].version = v;
            arena_init(&run.parts[at].arena, "mutants", MUTATE_SCRATCH_CEILING);
        }
    }
    int code = pool_run(pool, run.n_parts, mutate_part, &run, watch, "mutating", err);
    code = code != 0 ? code : mutate_gather(arena, &run, &mutation, err);
    for (size_t p = 0; p < run.n_parts; p++) {
        arena_free(&run.parts[p].arena);
    }
    TRY(code);
    *out = mutation;
    return 0;
}
