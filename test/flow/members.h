/* A small conflict with reports of its own, for ensembles, counterfactuals and calibration. */
#ifndef TEST_FLOW_MEMBERS_H
#define TEST_FLOW_MEMBERS_H

#include "ensemble.h"
#include "small.h"

enum { MEMBERS_CAMPS = 5, MEMBERS_PEOPLE = 700, MEMBERS_REPORTS = 256 };

static struct flow_report members_reports[MEMBERS_REPORTS];

static inline void members_report(uint32_t place, uint32_t part, int32_t day, int64_t count)
{
    assert_true(small.world.n_reports < MEMBERS_REPORTS);
    members_reports[small.world.n_reports++] = (struct flow_report){
        .place = place, .part = part, .date = day, .count = count, .known = day};
}

/* Places 0 (conflict), 1 (town) and the camps 2 to 6; 7 stands apart.  Who starts is the rise of a total
 * series, so that counts of the camps are free. */
static inline void members_world(void)
{
    small_place(FLOW_CONFLICT, 1000);
    small_place(FLOW_TOWN, 0);
    for (int i = 0; i < MEMBERS_CAMPS; i++) {
        small_place(FLOW_CAMP, -1);
    }
    small_place(FLOW_TOWN, 0);
    small_road(0, 1, 90);
    small_road(0, 2, 120);
    small_road(0, 3, 340);
    small_road(1, 4, 60);
    small_road(1, 5, 260);
    small_road(5, 6, 150);
    small_road(2, 3, 200);
    small_conflict(0, 0, 1);
    small.params = flow_params_validation();
    small.params.sum_from_camps = false;
    small.params.hasten = 1;
    small.params.blocks = 4;
    small.world.reports = members_reports;
    small.world.n_reports = 0;
    for (uint32_t c = 0; c < MEMBERS_CAMPS; c++) {
        members_report(small.camps[c], 0, 0, 0);
    }
    for (int32_t day = 0; day < SMALL_DAYS; day += 3) {
        members_report(FLOW_NONE, 0, day, MEMBERS_PEOPLE * day / (SMALL_DAYS - 4));
    }
}

/* Puts reports of the camps on days 5, 10, ... from counts [camp * SMALL_DAYS + day]. */
static inline void members_count(const int64_t *camps)
{
    small.world.n_reports = 0;
    for (uint32_t c = 0; c < MEMBERS_CAMPS; c++) {
        members_report(small.camps[c], 0, 0, 0);
        for (int32_t day = 5; day < SMALL_DAYS; day += 5) {
            members_report(small.camps[c], 0, day, camps[(int32_t)c * SMALL_DAYS + day]);
        }
    }
    for (int32_t day = 0; day < SMALL_DAYS; day += 3) {
        members_report(FLOW_NONE, 0, day, MEMBERS_PEOPLE * day / (SMALL_DAYS - 4));
    }
}

static inline struct ensemble_options members_options(uint32_t n)
{
    return (struct ensemble_options){
        .seed = 7, .n_members = n, .as_known = DATE_NONE, .to = SMALL_DAYS};
}

static inline struct ensemble_range members_range(const char *word)
{
    struct ensemble_range range = {0};
    struct ajar_err err = {0};
    if (ensemble_range_parse(text_of(word), &range, &err) != 0) {
        fail_msg("%s: %s", word, err.text);
    }
    return range;
}

/* Changes all rows known later than day `on`, and of the others what lies behind it: ends of closures,
 * starts of conflicts, capacities without a date. */
static inline void members_change_later(int32_t on, int32_t by)
{
    for (size_t i = 0; i < small.world.n_reports; i++) {
        members_reports[i].count += members_reports[i].known > on ? by : 0;
    }
    for (size_t i = 0; i < small.world.n_closures; i++) {
        struct flow_closure *closure = &small.closures[i];
        closure->place1 = closure->known > on ? closure->place1 + 1 : closure->place1;
        closure->to += closure->to > on ? by : 0;
    }
    for (size_t i = 0; i < small.world.n_conflicts; i++) {
        small.conflicts[i].intensity += small.conflicts[i].known > on ? by : 0;
    }
    for (size_t i = 0; i < small.world.n_roads; i++) {
        small.roads[i].km +=
            small.roads[i].known != DATE_NONE && small.roads[i].known > on ? by : 0;
    }
    for (size_t i = 0; i < small.world.n_places; i++) {
        struct flow_place *place = &small.places[i];
        place->capacity +=
            place->capacity_known == DATE_NONE || place->capacity_known > on ? by : 0;
        place->conflict_day += place->conflict_day > on ? by : 0;
    }
}

/* Rows of all kinds that become known over the days, for as_known. */
static inline void members_late_rows(void)
{
    small_conflict(1, 12, 2);
    small_conflict(1, 30, 0);
    for (size_t i = 0; i < small.world.n_conflicts; i++) {
        small.conflicts[i].known = small.conflicts[i].day;
    }
    small_closure(FLOW_CLOSE_LOCATION, 2, 9, 25)->known = 9;
    small_closure(FLOW_CLOSE_LOCATION, 3, 22, 30)->known = 22;
    small_road(0, 5, 200);
    small.roads[small.world.n_roads - 1].known = 22;
    small.places[4].capacity = 150;
    small.places[4].capacity_known = 3;
    small.places[3].capacity = 50;
    small.places[3].capacity_known = 28;
    small.places[7].type = FLOW_TOWN;
    small.places[7].conflict_day = 33;
    small_road(7, 6, 100);
}

#endif
