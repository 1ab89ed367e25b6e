/* Moments between the versions of a door at which none holds, as all is known in the end.  */
#include "prove_parts.h"

/* One way of crossing, walked through time.  */
struct gap {
    const struct version *last; /* that held before; NULL: none yet */
    moment since;
};

static bool door_by_crossing(const struct door *door)
{
    for (size_t v = 0; v < door->n_versions; v++) {
        if (door->versions[v].by_crossing) {
            return true;
        }
    }
    return false;
}

static void gap_report(const struct rules *rules, const struct version *next, moment from,
                       moment to, bool by_crossing, size_t way, struct faults *faults)
{
    char first[MOMENT_TEXT], end[MOMENT_TEXT];
    struct text crossing = {"", 0};
    struct ajar_err *fault = faults_add(faults);
    if (by_crossing && rules->fact_crossing != RULES_NONE) {
        crossing = names_word(rules->names, rules->facts[rules->fact_crossing].values[way]);
    }
    err_at(fault, E_DOORS_GAP, next->at.file, next->at.row, "versions", next->id,
           "from %s to %s, where this version starts, no version holds%s%.*s",
           moment_format(from, first), moment_format(to, end), crossing.n > 0 ? " by " : "",
           (int)crossing.n, crossing.at);
    fault->at = next->at.at;
}

int gaps_find(struct arena *scratch, const struct rules *rules, uint32_t door,
              struct faults *faults, struct ajar_err *err)
{
    const struct door *of = &rules->doors[door];
    bool by_crossing = door_by_crossing(of);
    moment *at;
    size_t n;
    TRY(instance_changes(scratch, rules, door, MOMENT_NONE, MOMENT_NEVER, INT32_MAX, &n, &at, err));
    for (size_t way = 0; way < (by_crossing ? version_ways(rules) : 1); way++) {
        struct gap gap = {0};
        bool holds = false;
        for (size_t i = 0; i < n; i++) {
            const struct version *now;
            TRY(version_at(scratch, rules, of, way, at[i], INT32_MAX, &now, err));
            if (now != NULL && !holds && gap.last != NULL) {
                gap_report(rules, now, gap.since, at[i], by_crossing, way, faults);
            }
            gap.since = now == NULL && holds ? at[i] : gap.since;
            gap.last = now != NULL ? now : gap.last;
            holds = now != NULL;
        }
    }
    return 0;
}
