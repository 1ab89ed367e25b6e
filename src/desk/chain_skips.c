#include "chain.h"
#include "place_cohort.h"

#define SKIPS_MOST 5 /* parts of the chain */

#define FILE_ARRIVALS "arrivals.csv, with sources.csv and measures.csv (docs/scenario.md)"
#define FILE_SETTINGS "scenario.yaml; ajar scenario new DIR --conflict CONFLICT makes one"
#define FILE_RULES    "a file of rules in doors/ (docs/rules.md)"
#define FILE_COHORT   "place/cohort.yaml, and rules in doors/ (docs/cohort.md)"
#define FILE_FLOW     "flow/flow.yaml (docs/flow.md) or exodus/model.yaml (docs/exodus.md)"
#define FILE_AID      "the key aid of scenario.yaml, with hosts.csv and assumptions.csv (docs/aid.md)"

/* A folder with nothing but a conflict has FLOW alone. */
static const struct chain_skip alone[] = {
    {"WATCH", "the folder has no arrivals.csv, so there is no count at a border to judge",
     FILE_ARRIVALS},
    {"DOORS", "the folder has no scenario.yaml, which says whose doors are asked for and when",
     FILE_SETTINGS},
    {"PLACE", "the folder has no scenario.yaml, and no cohort of households", FILE_COHORT},
    {"AID", "the folder has no hosts.csv, so there is no budget to split", FILE_AID},
};

static void skips_put(struct chain_skip *skips, size_t *n, bool left, const char *part,
                      const char *why, const char *file)
{
    if (left) {
        skips[(*n)++] = (struct chain_skip){part, why, file};
    }
}

int chain_skips(struct arena *arena, const struct chain *chain, const struct chain_skip **out,
                size_t *n, struct ajar_err *err)
{
    struct chain_skip *skips;
    if (chain->alone) {
        *out = alone;
        *n = sizeof alone / sizeof *alone;
        return 0;
    }
    bool doors = chain->doors.stands, cohort = place_cohort_stands(arena, chain->scenario.dir);
    bool exodus = exodus_stands(arena, chain->scenario.dir);
    TRY_NEW(skips, arena, SKIPS_MOST, err);
    *n = 0;
    skips_put(skips, n, !chain->watch.counted, "WATCH",
              "no count of arrivals.csv was known on the day of the scenario", FILE_ARRIVALS);
    skips_put(skips, n, !doors, "DOORS",
              "there are no rules of entry in doors/, so nobody's doors can be asked", FILE_RULES);
    skips_put(skips, n, !chain->exodus.stands && chain->flow == NULL, "FLOW",
              exodus ? "the exodus of the scenario asks doors, and there are none"
                     : "the scenario has neither a conflict nor an exodus",
              exodus ? FILE_RULES : FILE_FLOW);
    skips_put(skips, n, !chain->place.stands, "PLACE",
              cohort ? "the cohort of the scenario asks doors, and there are none"
                     : "the scenario has no cohort of households and no lots that take any",
              cohort ? FILE_RULES : FILE_COHORT);
    skips_put(skips, n, chain->scenario.aid.n == 0, "AID",
              "the scenario names no hosts to split a budget between", FILE_AID);
    *out = skips;
    return 0;
}
