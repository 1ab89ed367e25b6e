#include <string.h>

#include "country.h"
#include "report_doors.h"

struct report_gate report_gate_at(const struct doors_chain *chain, date_days day, size_t crossing,
                                  size_t profile)
{
    const struct gates *gates = &chain->gates;
    struct report_gate cell = {gate_at(gates, day, crossing, profile), GATE_NO_RULE};
    if (day >= gates->from && (size_t)(day - gates->from) < gates->n_days) {
        size_t row = (size_t)(day - gates->from) * gates->n_crossings + crossing;
        cell.practice = (enum gate)gates->practice[row * gates->n_profiles + profile];
    }
    if (cell.practice == cell.law) {
        cell.practice = GATE_NO_RULE;
    }
    return cell;
}

static bool gate_same(struct report_gate a, struct report_gate b)
{
    return a.law == b.law && a.practice == b.practice;
}

const char *report_gate_word(enum gate gate)
{
    static const char *const words[] = {
        [GATE_NO_RULE] = "no rule", [GATE_OPEN] = "open",     [GATE_DISCRETION] = "official",
        [GATE_CLOSED] = "closed",   [GATE_BARRED] = "barred", [GATE_UNKNOWN] = "depends"};
    return words[gate];
}

int report_status_rank(enum status status)
{
    static const int ranks[STATUS_COUNT] = {
        [STATUS_OPEN] = 1,   [STATUS_DISCRETION] = 2, [STATUS_NEEDS_FACTS] = 3,
        [STATUS_CLOSED] = 4, [STATUS_CONFLICT] = 4,   [STATUS_CLOSED_ACTIONABLE] = 4,
        [STATUS_BARRED] = 5};
    return ranks[status];
}

static void put_way(struct buf *plain, struct text way)
{
    for (size_t i = 0; i < way.n; i++) {
        bool upper = way.at[i] >= 'A' && way.at[i] <= 'Z';
        buf_char(plain, upper ? (char)(way.at[i] | 0x20) : way.at[i]);
    }
}

void report_crossing(struct buf *plain, const struct doors_crossing *crossing)
{
    int country = country_find(crossing->country);
    buf_text(plain, country < 0 ? crossing->country : text_of(country_at((size_t)country)->name));
    buf_str(plain, ", ");
    put_way(plain, crossing->way);
}

static bool crossing_has(const struct doors_crossing *crossing, uint32_t door)
{
    for (size_t i = 0; i < crossing->n_doors; i++) {
        if (crossing->doors[i] == door) {
            return true;
        }
    }
    return false;
}

struct doors_marks report_crossing_marks(const struct doors_chain *chain, size_t crossing,
                                         date_days day)
{
    struct doors_marks marks = {0};
    for (size_t i = 0; i < chain->n_states; i++) {
        const struct doors_state *state = &chain->states[i];
        bool last = i + 1 == chain->n_states || chain->states[i + 1].door != state->door ||
                    chain->states[i + 1].day > day;
        if (state->day <= day && last &&
            crossing_has(&chain->profiles.crossings[crossing], state->door)) {
            marks.stale |= state->marks.stale;
            marks.counterfactual |= state->marks.counterfactual;
            marks.contested |= state->marks.contested;
            marks.partial |= state->marks.partial;
            marks.unread |= state->marks.unread;
            marks.unverified |= state->marks.unverified;
        }
    }
    return marks;
}

void report_state_say(struct buf *plain, const struct doors_chain *chain,
                      const struct doors_state *state)
{
    buf_text(plain, said_in(&chain->folder->rules.doors[state->door].title, LANG_EN));
    buf_str(plain, state->n_versions == 0 ? ": no rule any more" : ": ");
    for (size_t i = 0; i < state->n_versions; i++) {
        buf_str(plain, i == 0 ? "" : "; and ");
        buf_text(plain, state->versions[i]->law);
    }
    buf_char(plain, '.');
}

void report_practice_say(struct buf *plain, const struct doors_chain *chain,
                         const struct report_practice *practice)
{
    buf_text(plain, said_in(&chain->folder->rules.doors[practice->door].title, LANG_EN));
    buf_str(plain, practice->begins ? ", in practice from this day: "
                                    : ", in practice until the day before: ");
    struct text note = practice->practice->note;
    buf_text(plain, note);
    buf_str(plain, note.n > 0 && note.at[note.n - 1] == '.' ? "" : ".");
}

/* The making of one day. */
struct day_making {
    struct arena *arena;
    const struct doors_chain *chain;
    const struct report_doors *doors;
    struct report_gate_day *day;
};

static bool cell_turns(const struct doors_chain *chain, date_days day, size_t crossing,
                       size_t profile)
{
    return !gate_same(report_gate_at(chain, day - 1, crossing, profile),
                      report_gate_at(chain, day, crossing, profile));
}

/* The profiles that change at the crossing just as `profile` does. */
static int group_take(struct day_making *it, size_t crossing, size_t profile,
                      struct report_gate_group *group, struct ajar_err *err)
{
    date_days day = it->day->day;
    group->before = report_gate_at(it->chain, day - 1, crossing, profile);
    group->after = report_gate_at(it->chain, day, crossing, profile);
    group->n_profiles = 0;
    for (uint32_t p = 0; p < it->chain->gates.n_profiles; p++) {
        if (gate_same(group->before, report_gate_at(it->chain, day - 1, crossing, p)) &&
            gate_same(group->after, report_gate_at(it->chain, day, crossing, p))) {
            group->profiles[group->n_profiles++] = p;
        }
    }
    group->n_crossings = 0;
    TRY_NEW(group->crossings, it->arena, it->chain->gates.n_crossings, err);
    group->crossings[group->n_crossings++] = (uint32_t)crossing;
    return 0;
}

static bool group_same(const struct report_gate_group *a, const struct report_gate_group *b)
{
    return gate_same(a->before, b->before) && gate_same(a->after, b->after) &&
           a->n_profiles == b->n_profiles &&
           memcmp(a->profiles, b->profiles, a->n_profiles * sizeof *a->profiles) == 0;
}

/* Joins the group to an equal one of another crossing, or adds it. */
static void group_add(struct report_gate_day *day, const struct report_gate_group *group)
{
    for (size_t i = 0; i < day->n_groups; i++) {
        struct report_gate_group *same = &day->groups[i];
        if (group_same(same, group)) {
            same->crossings[same->n_crossings++] = group->crossings[0];
            return;
        }
    }
    day->groups[day->n_groups++] = *group;
}

static int day_groups(struct day_making *it, struct ajar_err *err)
{
    const struct gates *gates = &it->chain->gates;
    struct report_gate_day *day = it->day;
    TRY_NEW(day->groups, it->arena, day->n_cells, err);
    for (size_t c = 0; c < gates->n_crossings; c++) {
        for (size_t p = 0; p < gates->n_profiles; p++) {
            struct report_gate_group group;
            if (!cell_turns(it->chain, day->day, c, p)) {
                continue;
            }
            TRY_NEW(group.profiles, it->arena, gates->n_profiles, err);
            TRY(group_take(it, c, p, &group, err));
            if (group.profiles[0] == p) {
                group_add(day, &group);
            }
        }
    }
    return 0;
}

static bool is_crossed(const struct doors_chain *chain, uint32_t door)
{
    for (size_t i = 0; i < chain->profiles.n_crossings; i++) {
        if (crossing_has(&chain->profiles.crossings[i], door)) {
            return true;
        }
    }
    return false;
}

static int day_states(struct day_making *it, struct ajar_err *err)
{
    struct report_gate_day *day = it->day;
    size_t n = 0;
    for (size_t pass = 0; pass < 2; pass++) {
        if (pass == 1) {
            TRY_NEW(day->states, it->arena, n, err);
        }
        for (size_t i = 0; i < it->chain->n_states; i++) {
            const struct doors_state *state = &it->chain->states[i];
            if (state->day != day->day || !is_crossed(it->chain, state->door)) {
                continue;
            }
            if (pass == 0) {
                n++;
            } else {
                day->states[day->n_states++] = state;
            }
        }
    }
    return 0;
}

/* The state of a door on a day; NULL: none. */
static const struct doors_state *state_on(const struct doors_chain *chain, uint32_t door,
                                          date_days day)
{
    const struct doors_state *found = NULL;
    for (size_t i = 0; i < chain->n_states; i++) {
        if (chain->states[i].door == door && chain->states[i].day <= day) {
            found = &chain->states[i];
        }
    }
    return found;
}

static bool practice_seen(const struct report_gate_day *day, const struct practice *practice)
{
    for (size_t i = 0; i < day->n_practices; i++) {
        const struct practice *seen = day->practices[i].practice;
        if (seen->from == practice->from && seen->to == practice->to &&
            text_eq(seen->note, practice->note)) {
            return true;
        }
    }
    return false;
}

static void day_practice(struct day_making *it, const struct doors_state *state)
{
    struct report_gate_day *day = it->day;
    for (size_t v = 0; v < state->n_versions; v++) {
        const struct version *version = state->versions[v];
        for (size_t p = 0; p < version->n_practice; p++) {
            const struct practice *practice = &version->practice[p];
            bool begins = practice->from == day->day, ends = practice->to == day->day;
            if ((begins || ends) && !practice_seen(day, practice)) {
                day->practices[day->n_practices++] =
                    (struct report_practice){state->door, begins, practice};
            }
        }
    }
}

static int day_practices(struct day_making *it, struct ajar_err *err)
{
    size_t n = 0;
    for (size_t pass = 0; pass < 2; pass++) {
        if (pass == 1) {
            TRY_NEW(it->day->practices, it->arena, n, err);
        }
        for (size_t i = 0; i < it->doors->n_used; i++) {
            uint32_t door = it->doors->used[i];
            const struct doors_state *state =
                is_crossed(it->chain, door) ? state_on(it->chain, door, it->day->day) : NULL;
            for (size_t v = 0; pass == 0 && state != NULL && v < state->n_versions; v++) {
                n += state->versions[v]->n_practice;
            }
            if (pass == 1 && state != NULL) {
                day_practice(it, state);
            }
        }
    }
    return 0;
}

static int day_make(struct day_making *it, date_days day, struct ajar_err *err)
{
    const struct gates *gates = &it->chain->gates;
    *it->day = (struct report_gate_day){.day = day};
    for (size_t c = 0; c < gates->n_crossings; c++) {
        for (size_t p = 0; p < gates->n_profiles; p++) {
            it->day->n_cells += cell_turns(it->chain, day, c, p);
        }
    }
    TRY(day_groups(it, err));
    TRY(day_states(it, err));
    return day_practices(it, err);
}

static int make_used(struct arena *arena, const struct doors_chain *chain, struct report_doors *out,
                     struct ajar_err *err)
{
    size_t n = chain->stands ? chain->folder->rules.n_doors : 0;
    TRY_NEW(out->used, arena, n, err);
    for (uint32_t door = 0; door < n; door++) {
        bool used = is_crossed(chain, door);
        for (size_t i = 0; i < chain->n_diffs; i++) {
            used = used || chain->diffs[i].door == door;
        }
        if (used) {
            out->used[out->n_used++] = door;
        }
    }
    return 0;
}

bool report_doors_matrix(const struct report_doors *doors)
{
    const struct gates *gates = &doors->chain->gates;
    return gates->n_days > 0 && gates->n_crossings > 0 && gates->n_profiles > 0;
}

int report_doors_make(struct arena *arena, const struct doors_chain *chain,
                      struct report_doors *out, struct ajar_err *err)
{
    struct report_doors doors = {.chain = chain};
    const struct gates *gates = &chain->gates;
    TRY(make_used(arena, chain, &doors, err));
    TRY_NEW(doors.days, arena, gates->n_days, err);
    for (size_t i = 1; report_doors_matrix(&doors) && i < gates->n_days; i++) {
        struct report_gate_day *day = &doors.days[doors.n_days];
        struct day_making making = {arena, chain, &doors, day};
        TRY(day_make(&making, gates->from + (date_days)i, err));
        doors.n_days += day->n_cells + day->n_states + day->n_practices > 0;
    }
    *out = doors;
    return 0;
}
