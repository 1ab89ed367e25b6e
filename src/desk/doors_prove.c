#include <string.h>

#include "doors_check.h"

#define PROVE_SCRATCH_CEILING ((size_t)1 << 30)
#define PROVE_FAULTS          100 /* of one door */

struct prove_part {
    struct arena arena;
    struct prove_count count;
    struct faults faults;
};

struct prove_run {
    const struct rules *rules;
    struct prove_part *parts; /* [n_doors] */
};

/* A rule may say why it stands though others say the same: an act lists what it covers twice. */
static bool prove_covered(const struct rules *rules, size_t door, const struct ajar_err *fault)
{
    if (fault->code != E_DOORS_SHADOWED && fault->code != E_DOORS_REDUNDANT) {
        return false;
    }
    for (size_t v = 0; v < rules->doors[door].n_versions; v++) {
        const struct version *version = &rules->doors[door].versions[v];
        for (size_t r = 0; r < version->n_rules; r++) {
            const struct rule *rule = &version->rules[r];
            if (rule->own && rule->covered.n > 0 && rule->at.row == fault->row) {
                return true;
            }
        }
    }
    return false;
}

static int prove_part(void *arg, size_t door, struct ajar_err *err)
{
    struct prove_run *run = arg;
    struct prove_part *part = &run->parts[door];
    struct arena scratch;
    TRY(faults_init(&part->faults, &part->arena, PROVE_FAULTS, err));
    arena_init(&scratch, "proof", PROVE_SCRATCH_CEILING);
    int code = prove_door(&scratch, run->rules, (uint32_t)door, &part->count, &part->faults, err);
    arena_free(&scratch);
    return code == E_DOORS_CONFLICT ? 0 : code;
}

int doors_prove(const struct doors_folder *folder, struct pool *pool, const struct watch *watch,
                struct prove_count *count, struct faults *faults, struct ajar_err *err)
{
    struct prove_run run = {.rules = &folder->rules};
    struct prove_count sum = {0};
    struct arena arena;
    arena_init(&arena, "proof", PROVE_SCRATCH_CEILING);
    run.parts = arena_new(&arena, struct prove_part, folder->rules.n_doors, err);
    if (run.parts == NULL) {
        return arena_code(err);
    }
    for (size_t d = 0; d < folder->rules.n_doors; d++) {
        arena_init(&run.parts[d].arena, "proof", PROVE_SCRATCH_CEILING);
    }
    int code = pool_run(pool, folder->rules.n_doors, prove_part, &run, watch, "proving", err);
    for (size_t d = 0; d < folder->rules.n_doors; d++) {
        struct prove_part *part = &run.parts[d];
        sum.states += part->count.states;
        sum.vectors += part->count.vectors;
        sum.rules += part->count.rules;
        for (size_t i = 0; code == 0 && i < part->faults.kept; i++) {
            if (!prove_covered(run.rules, d, &part->faults.at[i])) {
                *faults_add(faults) = part->faults.at[i];
            }
        }
        arena_free(&part->arena);
    }
    arena_free(&arena);
    TRY(code);
    *count = sum;
    return 0;
}
