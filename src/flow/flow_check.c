#include "flow_check.h"

#include <stdlib.h>

#include "names.h"

/* What YAML takes as it stands: no control characters, no line or paragraph separator, no byte-order mark
 * and no code that stands for none. */
static bool title_plain(struct text title)
{
    static const char *const bad[] = {"\xe2\x80\xa8", "\xe2\x80\xa9", "\xef\xbb\xbf",
                                      "\xef\xbf\xbe", "\xef\xbf\xbf"};
    for (size_t i = 0; i < title.n; i++) {
        struct text rest = {title.at + i, title.n - i};
        unsigned char byte = (unsigned char)rest.at[0];
        bool c1 = byte == 0xc2 && rest.n > 1 && (unsigned char)rest.at[1] < 0xa0;
        if (byte < 0x20 || byte == 0x7f || c1) {
            return false;
        }
        for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
            if (text_starts(rest, bad[k])) {
                return false;
            }
        }
    }
    return true;
}

int flow_check_title(struct text title, struct ajar_err *err)
{
    size_t bad;
    bool good =
        title.n > 0 && title.n <= FLOW_TITLE_MOST && text_utf8(title, &bad) && title_plain(title);
    return good ? 0
                : err_at(err, E_FLOW_OPTION, NULL, 0, "title", title,
                         "a title is 1 to %d bytes of UTF-8 on one line", FLOW_TITLE_MOST);
}

bool flow_check_start(date_days start)
{
    return start >= date_from_civil(200, 1, 1) && start < date_from_civil(9800, 1, 1);
}

static bool word_risky(char c)
{
    return c == '=' || c == '+' || c == '-' || c == '@';
}

struct text flow_word(struct text cell)
{
    cell = text_trim(cell);
    while (cell.n > 1 && cell.at[0] == '\'' && word_risky(cell.at[1])) {
        cell = (struct text){cell.at + 1, cell.n - 1};
    }
    return cell;
}

void flow_check_foreign(struct flow_world *world)
{
    static const struct text unknown = {"unknown", 7};
    for (size_t i = 0; i < world->n_places; i++) {
        struct text home = world->places[0].country, own = world->places[i].country;
        world->places[i].foreign = !text_eq(own.n > 0 ? own : unknown, home.n > 0 ? home : unknown);
    }
}

static const char *file_of(const char *file, struct text source)
{
    return file != NULL ? file : source.at;
}

/* A road for sorting: its ends in one order. */
struct road_key {
    uint32_t low, high;
    size_t road;
};

static int road_order(const void *left, const void *right)
{
    const struct road_key *a = left, *b = right;
    if (a->low != b->low) {
        return a->low < b->low ? -1 : 1;
    }
    if (a->high != b->high) {
        return a->high < b->high ? -1 : 1;
    }
    return a->road < b->road ? -1 : a->road > b->road;
}

static int check_keys(struct arena *scratch, const struct flow_world *world, struct road_key **out,
                      struct ajar_err *err)
{
    struct road_key *keys;
    TRY_NEW(keys, scratch, world->n_roads, err);
    for (size_t i = 0; i < world->n_roads; i++) {
        uint32_t a = world->roads[i].a, b = world->roads[i].b;
        keys[i] = (struct road_key){a < b ? a : b, a < b ? b : a, i};
    }
    qsort(keys, world->n_roads, sizeof *keys, road_order);
    *out = keys;
    return 0;
}

static void check_twice(const struct flow_world *world, const struct flow_check_files *files,
                        const struct road_key *keys, struct flow_said *said)
{
    for (size_t i = 1; i < world->n_roads; i++) {
        const struct flow_road *road = &world->roads[keys[i].road];
        if (keys[i].low == keys[i - 1].low && keys[i].high == keys[i - 1].high) {
            flow_say(said, file_of(files->roads, road->source), road->line,
                     "the road between %s and %s stands already in line %ld; both count, which "
                     "doubles its chance.",
                     world->places[road->a].name.at, world->places[road->b].name.at,
                     world->roads[keys[i - 1].road].line);
        }
    }
}

static bool check_has_road(const struct flow_world *world, const struct road_key *keys, uint32_t a,
                           uint32_t b)
{
    uint32_t low = a < b ? a : b, high = a < b ? b : a;
    size_t from = 0, to = world->n_roads;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        const struct road_key *at = &keys[middle];
        if (at->low < low || (at->low == low && at->high < high)) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from < world->n_roads && keys[from].low == low && keys[from].high == high;
}

static int check_gather(struct arena *scratch, const struct flow_world *world,
                        struct names *countries, struct ajar_err *err)
{
    TRY(names_init(countries, scratch, err));
    for (size_t i = 0; i < world->n_places; i++) {
        name_id id;
        TRY(names_put(countries, world->places[i].country, &id, err));
    }
    return 0;
}

static void check_countries(const struct names *countries, const struct flow_closure *closure,
                            const char *file, struct faults *faults)
{
    const struct text names[] = {closure->name1, closure->name2};
    for (size_t i = 0; i < 2; i++) {
        if (names_find(countries, names[i]) == 0) {
            err_at(faults_add(faults), E_FLOW_CLOSURE, file, closure->line,
                   i == 0 ? "name1" : "name2", names[i], "no place lies in this country");
        }
    }
}

/* What has no effect in the reference is said, not refused. */
static void check_closure(const struct flow_world *world, const struct flow_closure *closure,
                          const char *file, const struct road_key *keys,
                          const struct names *countries, struct flow_said *said,
                          struct faults *faults)
{
    bool road = closure->type == FLOW_CLOSE_LINK || closure->type == FLOW_CLOSE_FORCED;
    bool missing = road && !check_has_road(world, keys, closure->place1, closure->place2);
    if (closure->type == FLOW_CLOSE_COUNTRY) {
        check_countries(countries, closure, file, faults);
    } else if (missing && closure->type == FLOW_CLOSE_LINK) {
        err_at(faults_add(faults), E_FLOW_CLOSURE, file, closure->line, "name2", closure->name2,
               "no road leads there from '%s'", world->places[closure->place1].name.at);
    } else if (missing) {
        flow_say(said, file, closure->line,
                 "no road leads from %s to %s: nothing is redirected, and this has no effect.",
                 world->places[closure->place1].name.at, world->places[closure->place2].name.at);
    }
    if (closure->from >= world->n_days) {
        flow_say(said, file, closure->line, "this closure begins after the end: it has no effect.");
    } else if (closure->to != -1 && closure->to < closure->from) {
        flow_say(said, file, closure->line,
                 "this closure ends on day %d, not after it begins on day %d: what is closed "
                 "stays so.",
                 (int)closure->to, (int)closure->from);
    } else if (closure->to == closure->from) {
        flow_say(said, file, closure->line,
                 "this closure ends on the day on which it begins: nobody finds it shut.");
    }
}

static uint32_t reach_root(uint32_t *parent, uint32_t at)
{
    while (parent[at] != at) {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    return at;
}

static int check_reach(struct arena *scratch, const struct flow_world *world,
                       const struct flow_check_files *files, struct flow_said *said,
                       struct ajar_err *err)
{
    uint32_t *parent;
    bool *conflict, any = false;
    TRY_NEW(parent, scratch, world->n_places, err);
    TRY_NEW(conflict, scratch, world->n_places, err);
    for (uint32_t i = 0; i < world->n_places; i++) {
        parent[i] = i;
    }
    for (size_t i = 0; i < world->n_roads; i++) {
        parent[reach_root(parent, world->roads[i].a)] = reach_root(parent, world->roads[i].b);
    }
    for (uint32_t i = 0; i < world->n_places; i++) {
        any = any || world->places[i].conflict_day != INT32_MIN;
        if (world->places[i].conflict_day != INT32_MIN) {
            conflict[reach_root(parent, i)] = true;
        }
    }
    for (size_t i = 0; i < world->n_conflicts; i++) {
        any = true;
        conflict[reach_root(parent, world->conflicts[i].place)] = true;
    }
    if (!any) {
        flow_say(said, NULL, 0, "There is no place of conflict: nobody will leave.");
        return 0;
    }
    for (uint32_t i = 0; i < world->n_places; i++) {
        const struct flow_place *place = &world->places[i];
        bool camp = place->type == FLOW_CAMP || place->type == FLOW_IDPCAMP;
        if (camp && !conflict[reach_root(parent, i)]) {
            flow_say(said, file_of(files->places, place->source), place->line,
                     "no road leads to the camp %s from a place of conflict: nobody will arrive.",
                     place->name.at);
        }
    }
    return 0;
}

int flow_check(struct arena *scratch, const struct flow_world *world,
               const struct flow_check_files *files, struct flow_said *said, struct faults *faults,
               struct ajar_err *err)
{
    struct road_key *keys = NULL;
    struct names countries;
    TRY(check_keys(scratch, world, &keys, err));
    TRY(check_gather(scratch, world, &countries, err));
    check_twice(world, files, keys, said);
    for (size_t i = 0; i < world->n_closures; i++) {
        const struct flow_closure *closure = &world->closures[i];
        check_closure(world, closure, file_of(files->closures, closure->source), keys, &countries,
                      said, faults);
    }
    TRY(check_reach(scratch, world, files, said, err));
    return flow_check_counts(scratch, world, files, said, faults, err);
}
