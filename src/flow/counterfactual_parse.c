#include "counterfactual.h"

#define SHOWN 60 /* bytes of a name in a message */

static struct text cut(struct text a, size_t from, size_t to)
{
    return (struct text){a.at + from, to - from};
}

static uint32_t find_place(const struct flow_world *world, struct text name)
{
    for (uint32_t p = 0; p < world->n_places; p++) {
        if (text_eq(world->places[p].name, name)) {
            return p;
        }
    }
    return FLOW_NONE;
}

/* As text_nearest. */
static uint32_t near_place(const struct flow_world *world, struct text name)
{
    unsigned least = 1 + (unsigned)(name.n < 64 ? name.n : 63) / 4 + 1;
    uint32_t best = FLOW_NONE;
    for (uint32_t p = 0; p < world->n_places; p++) {
        unsigned distance = text_distance(name, world->places[p].name);
        if (distance < least) {
            least = distance;
            best = p;
        }
    }
    return best;
}

static bool has_road(const struct flow_world *world, uint32_t a, uint32_t b)
{
    for (size_t i = 0; i < world->n_roads; i++) {
        const struct flow_road *road = &world->roads[i];
        if ((road->a == a && road->b == b) || (road->a == b && road->b == a)) {
            return true;
        }
    }
    return false;
}

static int unknown(const struct flow_world *world, struct text name, struct ajar_err *err)
{
    if (name.n == 0) {
        return err_at(err, E_FLOW_CLOSING, NULL, 0, NULL, name, "no place is named");
    }
    err_at(err, E_FLOW_CLOSING, NULL, 0, NULL, name, "this is not one of the places");
    uint32_t near = near_place(world, name);
    if (near != FLOW_NONE) {
        struct text there = world->places[near].name;
        err_hint(err, "Did you mean '%.*s'?", (int)text_fit(there, SHOWN), there.at);
    }
    return E_FLOW_CLOSING;
}

/* A few of the places that a road leads to, so that a wrong pair can be put right. */
static int no_road(const struct flow_world *world, uint32_t a, struct text word,
                   struct ajar_err *err)
{
    enum { MOST = 3 };
    struct text names[MOST] = {{"", 0}, {"", 0}, {"", 0}}, here = world->places[a].name;
    size_t n = 0;
    err_at(err, E_FLOW_CLOSING, NULL, 0, NULL, word, "there is no road between these two places");
    for (size_t i = 0; i < world->n_roads && n < MOST; i++) {
        const struct flow_road *road = &world->roads[i];
        if (road->a == a || road->b == a) {
            names[n++] = world->places[road->a == a ? road->b : road->a].name;
        }
    }
    if (n > 0) {
        err_hint(err, "From '%.*s' there are roads to '%.*s'%s%.*s%s%.*s%s.",
                 (int)text_fit(here, SHOWN), here.at, (int)text_fit(names[0], SHOWN), names[0].at,
                 n > 1 ? ", '" : "", (int)text_fit(names[1], SHOWN), names[1].at,
                 n > 2 ? "', '" : "", (int)text_fit(names[2], SHOWN), names[2].at,
                 n > 1 ? "'" : "");
    }
    return E_FLOW_CLOSING;
}

/* The side of a word that is wrong, when the other one is a place and something near the wrong one is too; if
 * `sure` is not asked, a blank on each side of the hyphen is enough.  n 0: no such side. */
static struct text wrong_side(const struct flow_world *world, struct text word, bool sure)
{
    for (size_t i = word.n; i-- > 0;) {
        if (word.at[i] != '-') {
            continue;
        }
        struct text left = text_trim(cut(word, 0, i)), right = text_trim(cut(word, i + 1, word.n));
        bool left_known = find_place(world, left) != FLOW_NONE;
        bool right_known = find_place(world, right) != FLOW_NONE;
        bool apart = i > 0 && i + 1 < word.n && word.at[i - 1] == ' ' && word.at[i + 1] == ' ';
        struct text wrong = left_known ? right : left;
        bool one = left_known || right_known;
        if (sure ? one && near_place(world, wrong) != FLOW_NONE : one || apart) {
            return wrong;
        }
    }
    return (struct text){"", 0};
}

/* Of a word that is neither a place nor two with a hyphen between them. */
static int neither(const struct flow_world *world, struct text word, struct ajar_err *err)
{
    struct text wrong = wrong_side(world, word, true);
    if (wrong.n == 0 && near_place(world, word) == FLOW_NONE) {
        wrong = wrong_side(world, word, false);
    }
    return unknown(world, wrong.n > 0 ? wrong : word, err);
}

static int read_places(const struct flow_world *world, struct text word,
                       struct counterfactual_closing *out, struct ajar_err *err)
{
    uint32_t first = FLOW_NONE;
    out->place1 = find_place(world, word);
    out->place2 = FLOW_NONE;
    if (out->place1 != FLOW_NONE) {
        return 0;
    }
    for (size_t i = word.n; i-- > 0;) {
        if (word.at[i] != '-') {
            continue;
        }
        uint32_t a = find_place(world, text_trim(cut(word, 0, i)));
        uint32_t b = a == FLOW_NONE ? a : find_place(world, text_trim(cut(word, i + 1, word.n)));
        if (b != FLOW_NONE && has_road(world, a, b)) {
            out->place1 = a;
            out->place2 = b;
            return 0;
        }
        first = b != FLOW_NONE && first == FLOW_NONE ? a : first;
    }
    return first != FLOW_NONE ? no_road(world, first, word, err) : neither(world, word, err);
}

static int read_day(const struct flow_world *world, struct text word, int32_t *out,
                    struct ajar_err *err)
{
    date_days date, guess;
    char from[DATE_TEXT], to[DATE_TEXT];
    if (!date_parse(word, &date)) {
        err_at(err, E_FLOW_CLOSING, NULL, 0, NULL, word, "this is no day");
        if (date_guess(word, &guess)) {
            err_hint(err, "Did you mean %s?", date_format(guess, from));
        }
        return E_FLOW_CLOSING;
    }
    int64_t day = (int64_t)date - world->start;
    if (day < 0 || day >= world->n_days) {
        err_at(err, E_FLOW_CLOSING, NULL, 0, NULL, word, "this day is outside the run");
        err_hint(err, "The run is from %s to %s.", date_format(world->start, from),
                 date_format(world->start + world->n_days - 1, to));
        return E_FLOW_CLOSING;
    }
    *out = (int32_t)day;
    return 0;
}

static int read_days(const struct flow_world *world, struct text word,
                     struct counterfactual_closing *out, struct ajar_err *err)
{
    for (size_t i = 0; i + 1 < word.n; i++) {
        if (word.at[i] != '.' || word.at[i + 1] != '.') {
            continue;
        }
        TRY(read_day(world, cut(word, 0, i), &out->from, err));
        TRY(read_day(world, cut(word, i + 2, word.n), &out->to, err));
        out->to++;
        return out->to > out->from ? 0
                                   : err_at(err, E_FLOW_CLOSING, NULL, 0, NULL, word,
                                            "the second day is before the first");
    }
    out->to = -1;
    return read_day(world, word, &out->from, err);
}

int counterfactual_parse(const struct flow_world *world, struct text word,
                         struct counterfactual_closing *out, struct ajar_err *err)
{
    struct counterfactual_closing made = {0};
    size_t at = word.n;
    while (at > 0 && word.at[at - 1] != '@') {
        at--;
    }
    if (at == 0) {
        return err_at(err, E_FLOW_CLOSING, NULL, 0, NULL, word,
                      "the sign @ and a day follow what is shut");
    }
    TRY(read_places(world, text_trim(cut(word, 0, at - 1)), &made, err));
    TRY(read_days(world, text_trim(cut(word, at, word.n)), &made, err));
    *out = made;
    return 0;
}
