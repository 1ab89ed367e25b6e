#include "programme_criteria.h"

#include <math.h>

#include "place_earth.h"

static const char *const criteria_words[CRITERIA] = {"kin", "language", "skill", "wish", "placed"};

const char *programme_criteria_word(enum programme_criterion criterion)
{
    return criteria_words[criterion];
}

/* Of several kin the nearest counts. */
static double criteria_kin(const struct programme_criteria *criteria, uint32_t household,
                           uint32_t locality)
{
    const struct programme_relation *kin = &criteria->kin;
    double best = 0.0;
    if (kin->first == NULL) {
        return best;
    }
    for (uint64_t i = kin->first[household]; i < kin->first[household + 1]; i++) {
        double km = place_earth_km(criteria->kin_point + 3 * (size_t)kin->of[i],
                                   criteria->point + 3 * (size_t)locality);
        double value = 1.0 - km / CRITERION_KIN_KM;
        best = value > best ? value : best;
    }
    return best;
}

static double criteria_wish(const struct programme_criteria *criteria, uint32_t household,
                            uint32_t locality)
{
    uint64_t place = criteria->place_of[locality];
    uint64_t at = programme_relation_find(&criteria->wishes, household, place, place + 1);
    return at == UINT64_MAX ? 0.0 : 1.0 / criteria->wishes.of[at];
}

double programme_criteria_value(const struct programme_criteria *criteria,
                                enum programme_criterion criterion, uint32_t household,
                                uint32_t locality)
{
    uint32_t place = criteria->place_of[locality];
    switch (criterion) {
    case CRITERION_KIN:
        return criteria_kin(criteria, household, locality);
    case CRITERION_LANGUAGE:
        return programme_relation_meet(&criteria->speaks, household, &criteria->spoken, place);
    case CRITERION_SKILL:
        return programme_relation_meet(&criteria->skills, household, &criteria->shortages, place);
    case CRITERION_WISH:
        return criteria_wish(criteria, household, locality);
    case CRITERION_PLACED:
    case CRITERIA:
        break;
    }
    return 1.0;
}

int32_t programme_criteria_score(const struct programme_criteria *criteria, uint32_t household,
                                 uint32_t locality, int32_t *parts)
{
    double sum = 0.0;
    int64_t rounded = 0;
    for (uint32_t i = 0; i < criteria->n; i++) {
        int64_t before = rounded;
        sum += criteria->weight[i] *
               programme_criteria_value(criteria, criteria->kind[i], household, locality);
        rounded = llround(sum);
        if (parts != NULL) {
            parts[i] = (int32_t)(rounded - before);
        }
    }
    return (int32_t)rounded;
}
