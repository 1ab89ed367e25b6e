/* Lots of flats by place, and what their places and states are like, as tables. */
#include <math.h>
#include <stdio.h>

#include "place_cohort_parts.h"

#define LOTS_NAME 64

struct lot {
    const struct place_cohort_site *site;
    const struct place_cohort_unit *unit;
    uint32_t flats;
    char id[LOTS_NAME * 2];
};

static bool lot_make(const struct place_cohort *cohort, size_t s, size_t u, struct lot *out)
{
    const struct place_cohort_site *site = &cohort->sites[s];
    double people = 0;
    for (size_t k = 0; k < cohort->n_states; k++) {
        people = text_eq(cohort->states[k].state, site->state) ? cohort->states[k].people : people;
    }
    *out = (struct lot){.site = site, .unit = &cohort->units[u]};
    out->flats = (uint32_t)floor(
        people * site->share * cohort->slack * out->unit->share / out->unit->beds + 0.5);
    snprintf(out->id, sizeof out->id, "syn-%.*s-%u", (int)text_fit(site->place, LOTS_NAME),
             site->place.at, out->unit->beds);
    return out->flats > 0;
}

static void each_lot(struct tabling *it, void (*put)(struct tabling *it, const struct lot *lot))
{
    struct lot lot;
    for (size_t s = 0; s < it->cohort->n_sites; s++) {
        for (size_t u = 0; u < it->cohort->n_units; u++) {
            if (lot_make(it->cohort, s, u, &lot)) {
                put(it, &lot);
            }
        }
    }
}

/* By its beds, but never fewer than any one household in one of its flats may need. */
static int64_t lot_slots(const struct place_cohort *cohort, const struct lot *lot, size_t ratio)
{
    uint32_t beds = lot->unit->beds;
    const int64_t one[PLACE_LOT_RATIOS] = {[PLACE_LOT_SCHOOL] = beds - 1,
                                           [PLACE_LOT_COURSE] = beds < 2 ? beds : 2,
                                           [PLACE_LOT_SUPPORT] = 1};
    int64_t all = (int64_t)floor(lot->flats * beds * cohort->lot[ratio] + 0.5);
    return all > one[ratio] ? all : one[ratio];
}

static void put_lot(struct tabling *it, const struct lot *lot)
{
    uint32_t beds = lot->flats * lot->unit->beds;
    csv_put_str(&it->csv, lot->id);
    csv_put_text(&it->csv, lot->site->place);
    csv_put_text(&it->csv, lot->site->state);
    csv_put_number(&it->csv, lot->site->lat);
    csv_put_number(&it->csv, lot->site->lon);
    cohort_put_day(&it->csv, lot->site->until);
    csv_put_int(&it->csv, lot->flats);
    csv_put_int(&it->csv, beds);
    for (size_t r = 0; r < PLACE_LOT_RATIOS; r++) {
        csv_put_int(&it->csv, lot_slots(it->cohort, lot, r));
    }
    if (lot->unit->least > 0 && lot->unit->least <= lot->flats) {
        csv_put_int(&it->csv, lot->unit->least);
    } else {
        csv_put_str(&it->csv, "");
    }
    cohort_put_end(it);
}

void cohort_put_localities(struct tabling *it)
{
    static const char *const heads[] = {"id",
                                        "place",
                                        "state",
                                        "lat",
                                        "lon",
                                        "until",
                                        "capacity_flats",
                                        "capacity_people",
                                        "capacity_school",
                                        "capacity_course",
                                        "capacity_support",
                                        "least_flats",
                                        NULL};
    cohort_put_heads(it, heads);
    each_lot(it, put_lot);
}

void cohort_put_spoken(struct tabling *it)
{
    static const char *const heads[] = {"place", "language", NULL};
    cohort_put_heads(it, heads);
    for (size_t s = 0; s < it->cohort->n_sites; s++) {
        cohort_put_words(it, it->cohort->sites[s].place, it->cohort->sites[s].languages);
    }
}

void cohort_put_shortages(struct tabling *it)
{
    static const char *const heads[] = {"place", "occupation", NULL};
    cohort_put_heads(it, heads);
    for (size_t s = 0; s < it->cohort->n_sites; s++) {
        cohort_put_words(it, it->cohort->sites[s].place, it->cohort->sites[s].shortages);
    }
}

/* A flat for six is one for four too. */
static void put_lot_features(struct tabling *it, const struct lot *lot)
{
    for (size_t u = 0; u < it->cohort->n_units; u++) {
        if (it->cohort->units[u].beds <= lot->unit->beds) {
            cohort_put_flat(it, text_of(lot->id), it->cohort->units[u].beds);
        }
    }
    cohort_put_words(it, text_of(lot->id), lot->site->features);
}

void cohort_put_features(struct tabling *it)
{
    static const char *const heads[] = {"locality", "feature", NULL};
    cohort_put_heads(it, heads);
    each_lot(it, put_lot_features);
}

static void put_lot_conditions(struct tabling *it, const struct lot *lot)
{
    if (lot->unit->families) {
        csv_put_str(&it->csv, lot->id);
        csv_put_str(&it->csv, "children");
        csv_put_str(&it->csv, "yes");
        csv_put_str(&it->csv, "");
        cohort_put_end(it);
    }
}

void cohort_put_conditions(struct tabling *it)
{
    static const char *const heads[] = {"locality", "trait", "value", "basis", NULL};
    cohort_put_heads(it, heads);
    each_lot(it, put_lot_conditions);
}

void cohort_put_quotas(struct tabling *it)
{
    static const char *const heads[] = {"state", "resource", "most", NULL};
    cohort_put_heads(it, heads);
    for (size_t s = 0; s < it->cohort->n_states; s++) {
        csv_put_text(&it->csv, it->cohort->states[s].state);
        csv_put_str(&it->csv, "people");
        csv_put_int(&it->csv, it->cohort->states[s].most);
        cohort_put_end(it);
    }
}
