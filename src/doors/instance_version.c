/* Which version of a door holds at a moment, as known on a day; and in which order its rules override. */
#include "instance_parts.h"

size_t version_ways(const struct rules *rules)
{
    return rules->fact_crossing == RULES_NONE ? 1 : rules->facts[rules->fact_crossing].n_values;
}

/* The end that was announced last. */
moment version_stop(const struct version *version, date_days as_known)
{
    moment stop = MOMENT_NEVER;
    for (size_t i = 0; i < version->n_ends && version->ends[i].known <= as_known; i++) {
        stop = version->ends[i].to;
    }
    return stop;
}

moment version_start(const struct rules *rules, const struct door *door, size_t version, size_t way,
                     date_days as_known)
{
    const struct version *it = &door->versions[version];
    if (it->known > as_known) {
        return MOMENT_NEVER;
    }
    if (it->after_other) {
        const struct version *other = &door->versions[it->after];
        return other->known > as_known ? MOMENT_NEVER : version_stop(other, as_known);
    }
    if (!it->by_crossing) {
        return it->n_starts > 0 ? it->start_at[0] : MOMENT_NEVER;
    }
    name_id crossing =
        rules->fact_crossing == RULES_NONE ? 0 : rules->facts[rules->fact_crossing].values[way];
    for (size_t i = 0; i < it->n_starts; i++) {
        if (it->crossing[i] == crossing) {
            return it->start_at[i];
        }
    }
    return MOMENT_NEVER;
}

struct span {
    moment start, stop;
};

/* Of two versions with open ends the one known later is the law; of one day's, the one that starts
 * later; then the one written later. */
static bool version_later(const struct door *door, const struct span spans[], size_t a, size_t b)
{
    if (door->versions[a].known != door->versions[b].known) {
        return door->versions[a].known > door->versions[b].known;
    }
    return spans[a].start != spans[b].start ? spans[a].start > spans[b].start : a > b;
}

/* Whether `by`, which has started and was not called off before, has taken the place of `it`: for
 * good, where it started later. */
static bool version_replaced(const struct door *door, const struct span spans[], size_t it,
                             size_t by, moment at)
{
    if (by == it || spans[by].start > at || spans[by].start >= spans[by].stop) {
        return false;
    }
    if (door->versions[by].replaces == (int32_t)it) {
        return true;
    }
    return spans[it].stop == MOMENT_NEVER && version_later(door, spans, by, it) &&
           (spans[by].start >= spans[it].start || at < spans[by].stop);
}

static const struct version *version_among(const struct door *door, const struct span spans[],
                                           moment at)
{
    size_t best = door->n_versions;
    for (size_t v = 0; v < door->n_versions; v++) {
        bool holds = spans[v].start <= at && at < spans[v].stop;
        for (size_t by = 0; holds && by < door->n_versions; by++) {
            holds = !version_replaced(door, spans, v, by, at);
        }
        if (holds && (best == door->n_versions || version_later(door, spans, v, best))) {
            best = v;
        }
    }
    return best == door->n_versions ? NULL : &door->versions[best];
}

int version_at(struct arena *scratch, const struct rules *rules, const struct door *door,
               size_t way, moment at, date_days as_known, const struct version **out,
               struct ajar_err *err)
{
    struct span *spans;
    TRY_NEW(spans, scratch, door->n_versions, err);
    for (size_t v = 0; v < door->n_versions; v++) {
        spans[v] = (struct span){version_start(rules, door, v, way, as_known),
                                 version_stop(&door->versions[v], as_known)};
    }
    *out = version_among(door, spans, at);
    return 0;
}

static bool overrides_by_name(const struct rule *rule, uint32_t what)
{
    for (size_t i = 0; i < rule->n_overrides; i++) {
        if (rule->overrides[i] == what) {
            return true;
        }
    }
    return false;
}

/* `all` spares the rules that override it by name. */
bool rule_overrides(const struct version *version, uint32_t by, uint32_t what)
{
    const struct rule *rule = &version->rules[by];
    if (by == what) {
        return false;
    }
    return overrides_by_name(rule, what) ||
           (rule->overrides_all && !overrides_by_name(&version->rules[what], by));
}

int version_order(struct arena *arena, const struct version *version, uint32_t **out,
                  struct ajar_err *err)
{
    uint32_t n = (uint32_t)version->n_rules, done = 0;
    uint32_t waits[RULES_RULES_MAX] = {0};
    if (n > RULES_RULES_MAX) {
        return err_set(err, E_DOORS_TOO_LARGE, "the version %.*s has more than %d rules",
                       (int)version->id.n, version->id.at, RULES_RULES_MAX);
    }
    TRY_NEW(*out, arena, n, err);
    for (uint32_t by = 0; by < n; by++) {
        const struct rule *rule = &version->rules[by];
        for (uint32_t r = 0; (rule->overrides_all || rule->n_overrides > 0) && r < n; r++) {
            waits[r] += rule_overrides(version, by, r);
        }
    }
    for (uint32_t r = 0; r < n; r++) {
        if (waits[r] == 0) {
            (*out)[done++] = r;
        }
    }
    for (uint32_t i = 0; i < done; i++) {
        const struct rule *rule = &version->rules[(*out)[i]];
        for (uint32_t r = 0; (rule->overrides_all || rule->n_overrides > 0) && r < n; r++) {
            if (rule_overrides(version, (*out)[i], r) && --waits[r] == 0) {
                (*out)[done++] = r;
            }
        }
    }
    return done == n ? 0
                     : err_set(err, E_DOORS_REFERENCE,
                               "rules of the version %.*s override each other in a circle",
                               (int)version->id.n, version->id.at);
}
