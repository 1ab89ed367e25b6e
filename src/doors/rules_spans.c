/* When versions hold: one at a moment, as known on one day. */
#include <string.h>

#include "rules_reader.h"

#define WAYS_MAX 16 /* ways of crossing that one door names, and that it does not name */

static moment version_starts(const struct version *version, name_id way)
{
    if (!version->by_crossing) {
        return version->n_starts > 0 ? version->start_at[0] : MOMENT_NEVER;
    }
    for (size_t i = 0; i < version->n_starts; i++) {
        if (version->crossing[i] == way) {
            return version->start_at[i];
        }
    }
    return MOMENT_NEVER;
}

/* The end as announced by that day; MOMENT_NEVER: none. */
static moment version_announced(const struct version *version, date_days as_known)
{
    moment out = MOMENT_NEVER;
    for (size_t i = 0; i < version->n_ends && version->ends[i].known <= as_known; i++) {
        out = version->ends[i].to;
    }
    return out;
}

static bool version_exists(const struct version *version, date_days as_known)
{
    return version->known != DATE_NONE && version->known <= as_known;
}

/* A version that follows another starts at the announced end of that one. */
static moment version_follows(const struct door *door, size_t at, name_id way, date_days as_known)
{
    const struct version *version = &door->versions[at];
    if (!version->after_other) {
        return version_starts(version, way);
    }
    const struct version *before = &door->versions[version->after];
    return version_exists(before, as_known) ? version_announced(before, as_known) : MOMENT_NEVER;
}

void spans_of(const struct door *door, name_id way, date_days as_known, struct span spans[])
{
    for (size_t i = 0; i < door->n_versions; i++) {
        const struct version *version = &door->versions[i];
        moment to = version_announced(version, as_known);
        spans[i] = (struct span){
            .from = version_follows(door, i, way, as_known), .to = to, .open = to == MOMENT_NEVER};
        if (!version_exists(version, as_known)) {
            spans[i].from = spans[i].to = MOMENT_NEVER;
        }
    }
    for (size_t i = 0; i < door->n_versions; i++) {
        /* Whether it is cut itself does not matter: the order of the versions must not. */
        int32_t old = door->versions[i].replaces;
        bool holds = spans[i].from < version_announced(&door->versions[i], as_known);
        if (old >= 0 && holds && spans[i].from < spans[old].to) {
            spans[old].to = spans[i].from;
            spans[old].open = false;
        }
    }
}

/* Whether version a takes the place of b without saying so: b has no end, and a was known later, or on
 * the same day (stages of one act) with a later start. */
static bool takes_over(const struct door *door, const struct span spans[], size_t a, size_t b)
{
    date_days known_a = door->versions[a].known, known_b = door->versions[b].known;
    bool later = known_a != known_b ? known_a > known_b : spans[a].from > spans[b].from;
    return spans[b].open && later;
}

static bool spans_meet(const struct span *a, const struct span *b)
{
    return a->from < a->to && b->from < b->to && a->from < b->to && b->from < a->to;
}

static bool pair_clash(const struct door *door, const struct span spans[], size_t i, size_t k)
{
    return spans_meet(&spans[i], &spans[k]) && !takes_over(door, spans, i, k) &&
           !takes_over(door, spans, k, i);
}

static void clash_fault(struct reader *reader, const struct door *door, size_t i, size_t k,
                        const struct span spans[], date_days as_known)
{
    const struct version *a = &door->versions[i], *b = &door->versions[k];
    bool b_later = b->known > a->known || (b->known == a->known && k > i);
    const struct version *later = b_later ? b : a, *other = b_later ? a : b;
    moment from = spans[i].from > spans[k].from ? spans[i].from : spans[k].from;
    char at[MOMENT_TEXT], known[DATE_TEXT];
    struct ajar_err *fault = faults_add(reader->faults);
    err_at(fault, E_DOORS_OVERLAP, later->at.file, later->at.row, "versions", later->id,
           "this version and %.*s both hold on %s, as known on %s",
           other->id.n < 60 ? (int)other->id.n : 60, other->id.at, moment_format(from, at),
           date_format(as_known, known));
    fault->at = later->at.at;
}

/* Days on which something became known, each once and rising. */
static size_t known_days(const struct door *door, date_days days[])
{
    size_t n = 0;
    for (size_t i = 0; i < door->n_versions; i++) {
        const struct version *version = &door->versions[i];
        for (size_t k = 0; k <= version->n_ends; k++) {
            date_days day = k == 0 ? version->known : version->ends[k - 1].known;
            size_t at = n;
            while (at > 0 && days[at - 1] > day) {
                at--;
            }
            if (day != DATE_NONE && (at == 0 || days[at - 1] != day)) {
                memmove(days + at + 1, days + at, (n - at) * sizeof *days);
                days[at] = day;
                n++;
            }
        }
    }
    return n;
}

/* Ways of crossing that versions name, and 0 for all others; WAYS_MAX at most. */
static size_t door_ways(const struct door *door, name_id ways[static WAYS_MAX])
{
    size_t n = 1;
    ways[0] = 0;
    for (size_t i = 0; i < door->n_versions; i++) {
        const struct version *version = &door->versions[i];
        for (size_t k = 0; version->by_crossing && k < version->n_starts && n < WAYS_MAX; k++) {
            size_t at = 0;
            while (at < n && ways[at] != version->crossing[k]) {
                at++;
            }
            if (at == n) {
                ways[n++] = version->crossing[k];
            }
        }
    }
    return n;
}

int check_spans(struct reader *reader, const struct door *door)
{
    size_t n = door->n_versions;
    date_days *days;
    struct span *spans;
    bool *told;
    name_id ways[WAYS_MAX];
    TRY_NEW(days, reader->arena, n * (ENDS_MAX + 1) + 1, reader->err);
    TRY_NEW(spans, reader->arena, n, reader->err);
    TRY_NEW(told, reader->arena, n * n, reader->err);
    size_t n_days = known_days(door, days), n_ways = door_ways(door, ways);
    if (n_ways == WAYS_MAX) {
        err_at(faults_add(reader->faults), E_DOORS_TOO_LARGE, door->at.file, door->at.row,
               "versions", door->id, "a door names at most %d ways of crossing", WAYS_MAX - 2);
    }
    for (size_t at = 0; at < n_days * n_ways; at++) {
        date_days as_known = days[at / n_ways];
        spans_of(door, ways[at % n_ways], as_known, spans);
        for (size_t i = 0; i < n * n; i++) {
            size_t a = i / n, b = i % n;
            if (a < b && !told[i] && pair_clash(door, spans, a, b)) {
                clash_fault(reader, door, a, b, spans, as_known);
                told[i] = true;
            }
        }
    }
    return 0;
}

/* As all is known today: the widest span over the ways of crossing.  A version without an end stops where
 * one known later starts. */
void door_spans(const struct door *door, struct span spans[])
{
    name_id ways[WAYS_MAX];
    size_t n_ways = door_ways(door, ways);
    struct span one[VERSIONS_MAX];
    for (size_t i = 0; i < door->n_versions; i++) {
        spans[i] = (struct span){.from = MOMENT_NEVER, .to = MOMENT_NONE};
    }
    for (size_t w = 0; w < n_ways; w++) {
        spans_of(door, ways[w], INT32_MAX, one);
        for (size_t i = 0; i < door->n_versions; i++) {
            moment to = one[i].to;
            for (size_t k = 0; k < door->n_versions && one[i].open; k++) {
                bool holds = one[k].from < one[k].to && takes_over(door, one, k, i);
                to = holds && one[k].from < to ? one[k].from : to;
            }
            if (one[i].from < to) {
                spans[i].from = one[i].from < spans[i].from ? one[i].from : spans[i].from;
                spans[i].to = to > spans[i].to ? to : spans[i].to;
            }
        }
    }
}
