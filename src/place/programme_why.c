#include "programme_reader.h"

static const char *const why_words[] = {
    [PROGRAMME_ALLOWED] = "allowed", [PROGRAMME_NO_SCORE] = "no_score",
    [PROGRAMME_EXPIRED] = "expired", [PROGRAMME_DOOR] = "door",
    [PROGRAMME_FEATURE] = "feature", [PROGRAMME_CONDITION] = "condition",
    [PROGRAMME_VETO] = "veto",       [PROGRAMME_FORBID] = "forbid",
    [PROGRAMME_SMALL] = "small",
};

const char *programme_why_word(enum programme_why why)
{
    return why_words[why];
}

static bool why_stands(const uint64_t *first, const uint32_t *locality, uint32_t household,
                       uint32_t sought)
{
    uint64_t from = first[household], to = first[household + 1];
    while (from < to) {
        uint64_t middle = from + (to - from) / 2;
        if (locality[middle] == sought) {
            return true;
        }
        if (locality[middle] < sought) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return false;
}

struct programme_reason programme_why(const struct programme *programme, uint32_t household,
                                      uint32_t locality)
{
    const struct place_problem *problem = &programme->problem;
    const struct programme_detail *detail = programme->detail;
    const struct programme_left *left = &detail->left;
    if (why_stands(problem->first, problem->locality, household, locality)) {
        return (struct programme_reason){PROGRAMME_ALLOWED, {"", 0}};
    }
    if (left->first != NULL && !why_stands(left->first, left->locality, household, locality)) {
        return (struct programme_reason){PROGRAMME_NO_SCORE, {"", 0}};
    }
    return programme_rules_reason(
        &detail->rules, &programme->names,
        programme_rules_look(&detail->rules, problem, household, locality));
}

int programme_parts(struct arena *arena, const struct programme *programme, uint32_t household,
                    uint32_t locality, struct programme_part **out, size_t *n, struct ajar_err *err)
{
    const struct programme_criteria *criteria = &programme->detail->criteria;
    struct programme_part *parts;
    int32_t micro[CRITERIA];
    TRY_NEW(parts, arena, criteria->n, err);
    if (criteria->n > 0) {
        programme_criteria_score(criteria, household, locality, micro);
    }
    for (uint32_t i = 0; i < criteria->n; i++) {
        parts[i] =
            (struct programme_part){text_of(programme_criteria_word(criteria->kind[i])), micro[i]};
    }
    *out = parts;
    *n = criteria->n;
    return 0;
}
