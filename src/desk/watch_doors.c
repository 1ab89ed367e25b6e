/* Which rules changed about the day on which an alarm began? */
#include "watch_inside.h"

enum { DOORS_DAYS = 3, DOORS_RANKS = 3 };

static bool doors_near(date_days day, date_days start)
{
    return day != DATE_NONE && day >= start - DOORS_DAYS && day <= start + DOORS_DAYS;
}

/* Its own place first, then the country that people leave, then all others. */
static int doors_rank(const struct scenario *scenario, const struct watch_series *series,
                      uint32_t door)
{
    name_id country = scenario->doors.country[door];
    return country == series->place ? 0 : country == scenario->subject ? 1 : 2;
}

int watch_doors_find(struct arena *arena, const struct watch_input *input,
                     struct watch_alarm *alarm, struct ajar_err *err)
{
    const struct scenario *scenario = input->scenario;
    const struct watch_series *series = &input->book.series[alarm->series];
    size_t near = 0;
    if (scenario == NULL) {
        return 0;
    }
    const struct doors *doors = &scenario->doors;
    for (uint32_t i = 0; i < doors->n; i++) {
        near += doors_near(doors->from[i], alarm->run_from) ||
                doors_near(doors->to[i], alarm->run_from);
    }
    TRY_NEW(alarm->doors, arena, near, err);
    for (int rank = 0; rank < DOORS_RANKS; rank++) {
        for (uint32_t i = 0; i < doors->n; i++) {
            bool changes = doors_near(doors->from[i], alarm->run_from) ||
                           doors_near(doors->to[i], alarm->run_from);
            if (changes && doors_rank(scenario, series, i) == rank) {
                alarm->doors[alarm->n_doors++] = i;
            }
        }
    }
    return 0;
}
