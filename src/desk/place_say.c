/* Placements in plain sentences.  A protected trait, the value of a condition and the reason of a veto are known to
 * the officer from the tables; a sentence may be read by anybody, and never tells them. */
#include "place_say.h"

#include <math.h>

#include "bound.h"
#include "num.h"

#define SAY_MOST      8
#define SAY_CEILING   ((size_t)1 << 16)
#define SAY_PARTS     2 /* criteria that are named */
#define SAY_RESOURCES 3
#define SAY_MICRO     1e6

struct saying {
    struct arena *arena;
    const struct programme *programme;
    const struct side_result *plan;
    struct buf buf;
    struct text *out;
    size_t n;
};

/* ---- Words ---- */

static void say_units(struct buf *buf, double units)
{
    char digits[NUM_TEXT];
    bool small = fabs(units) < 0.0005 && fabs(units) >= 0.00001;
    num_format_grouped(units, small ? 6 : 3, digits);
    buf_str(buf, digits);
}

static void say_score(struct buf *buf, int64_t micro)
{
    say_units(buf, (double)micro / SAY_MICRO);
}

static void say_price(struct buf *buf, int64_t price)
{
    say_units(buf, (double)price / (SAY_MICRO * PLACE_PRICES_A_MICRO));
}

static void say_count(struct buf *buf, int64_t count, const char *one, const char *many)
{
    char digits[NUM_TEXT];
    num_format_grouped((double)count, 0, digits);
    buf_printf(buf, "%s %s", digits, count == 1 ? one : many);
}

/* "2 units of beds" */
static void say_amount(struct saying *saying, int64_t units, uint32_t resource)
{
    say_count(&saying->buf, units, "unit of", "units of");
    buf_char(&saying->buf, ' ');
    buf_text(&saying->buf, saying->programme->names.resource[resource]);
}

static void say_household_id(struct saying *saying, uint32_t household)
{
    buf_text(&saying->buf, saying->programme->names.household[household]);
}

/* "a1 (Lindau)", or the id alone where a lot is its own place. */
static void say_lot(struct saying *saying, uint32_t locality)
{
    const struct programme *programme = saying->programme;
    struct text id = programme->names.locality[locality];
    buf_text(&saying->buf, id);
    if (programme->place != NULL && programme->place[locality].n > 0 &&
        !text_eq(programme->place[locality], id)) {
        buf_str(&saying->buf, " (");
        buf_text(&saying->buf, programme->place[locality]);
        buf_char(&saying->buf, ')');
    }
}

static int say_end(struct saying *saying, struct ajar_err *err)
{
    const char *copy;
    struct text all = buf_view(&saying->buf);
    TRY(buf_ok(&saying->buf, err));
    TRY(text_copy(saying->arena, all, &copy, err));
    saying->out[saying->n++] = (struct text){copy, all.n};
    buf_free(&saying->buf);
    buf_init(&saying->buf, SAY_CEILING);
    return 0;
}

/* ---- A household ---- */

static int say_decision(struct saying *saying, const struct explain_household *why,
                        struct ajar_err *err)
{
    struct buf *buf = &saying->buf;
    say_household_id(saying, why->household);
    if (why->chosen.locality == PLACE_NONE) {
        buf_str(buf, " is not placed.");
        return say_end(saying, err);
    }
    buf_str(buf, why->locked ? " is locked to " : " goes to ");
    say_lot(saying, why->chosen.locality);
    buf_str(buf, why->locked ? " by an officer; its score there is " : ", with a score of ");
    say_score(buf, why->chosen.score_micro);
    buf_char(buf, '.');
    return say_end(saying, err);
}

/* What the score is made of: the largest parts. */
static int say_parts(struct saying *saying, const struct explain_household *why,
                     struct ajar_err *err)
{
    struct programme_part *parts = NULL;
    size_t n = 0, told = 0;
    TRY(programme_parts(saying->arena, saying->programme, why->household, why->chosen.locality,
                        &parts, &n, err));
    for (; told < SAY_PARTS; told++) {
        size_t most = n;
        for (size_t i = 0; i < n; i++) {
            if (parts[i].micro > 0 && (most == n || parts[i].micro > parts[most].micro)) {
                most = i;
            }
        }
        if (most == n) {
            break;
        }
        buf_str(&saying->buf, told == 0 ? "The score comes most from " : " and ");
        buf_text(&saying->buf, parts[most].criterion);
        buf_str(&saying->buf, " (");
        say_score(&saying->buf, parts[most].micro);
        buf_char(&saying->buf, ')');
        parts[most].micro = 0;
    }
    if (told == 0) {
        return 0;
    }
    buf_char(&saying->buf, '.');
    return say_end(saying, err);
}

static bool say_is_best(const struct saying *saying, const struct explain_household *why)
{
    const struct place_problem *problem = &saying->programme->problem;
    for (uint64_t p = problem->first[why->household]; p < problem->first[why->household + 1]; p++) {
        if (problem->score[p] > why->chosen.score_micro) {
            return false;
        }
    }
    return true;
}

static int say_worth(struct saying *saying, const struct explain_household *why,
                     struct ajar_err *err)
{
    struct buf *buf = &saying->buf;
    if (say_is_best(saying, why)) {
        buf_str(buf, "No place that may take it scores more.");
        TRY(say_end(saying, err));
    }
    if (why->chosen.charge > 0) {
        buf_str(buf, "The room that it takes there would be worth ");
        say_price(buf, why->chosen.charge);
        buf_str(buf, " to others.");
        return say_end(saying, err);
    }
    buf_str(buf, "The room that it takes there is scarce for nobody.");
    return say_end(saying, err);
}

static const char *say_block(enum programme_why why)
{
    switch (why) {
    case PROGRAMME_EXPIRED:
        return "the offers end before it is ready";
    case PROGRAMME_DOOR:
        return "no pathway to their states is open to it";
    case PROGRAMME_CONDITION:
        return "a condition of the offers excludes it";
    case PROGRAMME_VETO:
        return "a veto excludes it";
    case PROGRAMME_FORBID:
        return "an officer forbids it";
    case PROGRAMME_NO_SCORE:
    case PROGRAMME_ALLOWED:
    case PROGRAMME_FEATURE:
    case PROGRAMME_SMALL:
        break;
    }
    return "it has no score there";
}

void place_say_reason(struct buf *buf, const struct programme_reason *reason)
{
    if (reason->why == PROGRAMME_FEATURE) {
        buf_text(buf, reason->what);
        buf_str(buf, ", which it requires, is missing");
    } else if (reason->why == PROGRAMME_SMALL) {
        buf_text(buf, reason->what);
        buf_str(buf, " is too small for it alone");
    } else {
        buf_str(buf, say_block(reason->why));
    }
}

/* What blocks it where no lot at all can take it. */
static int say_blocked(struct saying *saying, const struct programme_reason *reason,
                       struct ajar_err *err)
{
    buf_str(&saying->buf, "No lot can take it; at most of them ");
    place_say_reason(&saying->buf, reason);
    buf_char(&saying->buf, '.');
    return say_end(saying, err);
}

static int say_unplaced(struct saying *saying, const struct explain_household *why,
                        struct ajar_err *err)
{
    const struct programme *programme = saying->programme;
    for (uint32_t i = 0; i < programme->n_nowhere; i++) {
        if (programme->nowhere[i].household == why->household) {
            return say_blocked(saying, &programme->nowhere_reason[i], err);
        }
    }
    buf_str(&saying->buf, "Each place that may take it is full, or worth more to others.");
    return say_end(saying, err);
}

static void say_no_room(struct saying *saying, const struct explain_choice *choice)
{
    struct buf *buf = &saying->buf;
    if (choice->binding_quota != PLACE_NONE) {
        buf_str(buf, "the quota of its state is full");
    } else if (choice->binding != PLACE_NONE) {
        buf_str(buf, "it lacks ");
        say_amount(saying, choice->lacks, choice->binding);
    } else {
        buf_str(buf, "it has no room");
    }
}

/* With whom it is linked, or PLACE_NONE. */
static uint32_t say_linked(const struct saying *saying, uint32_t household)
{
    const struct place_side *side = &saying->programme->side;
    for (uint32_t i = 0; i < side->n_links; i++) {
        const struct side_link *link = &side->links[i];
        if (link->a == household || link->b == household) {
            return link->a == household ? link->b : link->a;
        }
    }
    return PLACE_NONE;
}

/* It would score more there and has room: what else stands against it. */
static void say_rule(struct saying *saying, uint32_t household, uint32_t locality)
{
    const struct place_side *side = &saying->programme->side;
    uint32_t linked = say_linked(saying, household);
    bool least = false;
    for (uint32_t i = 0; i < side->n_leasts; i++) {
        least = least || side->leasts[i].locality == locality;
    }
    if (linked != PLACE_NONE) {
        buf_str(&saying->buf, "it has room, but the link with ");
        say_household_id(saying, linked);
        buf_str(&saying->buf, " stands against it");
    } else if (least) {
        buf_str(&saying->buf, "it has room, but opens only for more people");
    } else {
        buf_str(&saying->buf, "it has room, but another rule stands against it");
    }
}

static int say_other(struct saying *saying, const struct explain_household *why,
                     struct ajar_err *err)
{
    const struct explain_choice *other = NULL;
    struct buf *buf = &saying->buf;
    for (uint32_t i = 0; i < why->n_others && other == NULL; i++) {
        other = why->others[i].locality != PLACE_NONE ? &why->others[i] : NULL;
    }
    if (other == NULL) {
        if (why->chosen.locality == PLACE_NONE) {
            return 0;
        }
        buf_str(buf, "No other place may take it.");
        return say_end(saying, err);
    }
    buf_str(buf, why->chosen.locality == PLACE_NONE ? "Nearest is " : "Next best is ");
    say_lot(saying, other->locality);
    buf_str(buf, ", with a score of ");
    say_score(buf, other->score_micro);
    buf_str(buf, "; ");
    if (!other->room) {
        say_no_room(saying, other);
    } else if (why->locked) {
        buf_str(buf, "it has room, but the lock stands");
    } else if (other->score_micro <= why->chosen.score_micro) {
        buf_str(buf, "it has room, but scores no more");
    } else {
        say_rule(saying, why->household, other->locality);
    }
    buf_char(buf, '.');
    return say_end(saying, err);
}

static int say_change(struct saying *saying, const struct explain_household *why,
                      struct ajar_err *err)
{
    struct buf *buf = &saying->buf;
    if (why->locked) {
        buf_str(buf, "Only lifting the lock would change it.");
    } else if (why->change_locality == PLACE_NONE) {
        buf_str(buf, "No single capacity would better its place.");
    } else {
        buf_str(buf, "With ");
        say_amount(saying, why->change_units, why->change_resource);
        buf_str(buf, " more at ");
        say_lot(saying, why->change_locality);
        buf_str(buf, " it could go there, and gain ");
        say_score(buf, why->change_gain_micro);
        buf_char(buf, '.');
    }
    return say_end(saying, err);
}

static int say_household_all(struct saying *saying, const struct explain_household *why,
                             struct ajar_err *err)
{
    TRY(say_decision(saying, why, err));
    if (why->chosen.locality == PLACE_NONE) {
        TRY(say_unplaced(saying, why, err));
    } else {
        TRY(say_parts(saying, why, err));
        TRY(say_worth(saying, why, err));
    }
    TRY(say_other(saying, why, err));
    return say_change(saying, why, err);
}

/* ---- A locality ---- */

static int say_takes(struct saying *saying, const struct explain_locality *why,
                     struct ajar_err *err)
{
    const struct programme *programme = saying->programme;
    int64_t people = 0;
    struct buf *buf = &saying->buf;
    for (uint32_t h = 0; h < programme->problem.n_households; h++) {
        if (saying->plan->plan.place[h] == why->locality) {
            people += programme->people != NULL ? programme->people[h] : 1;
        }
    }
    say_lot(saying, why->locality);
    if (why->placed == 0) {
        buf_str(buf, " takes nobody.");
        return say_end(saying, err);
    }
    buf_str(buf, " takes ");
    say_count(buf, why->placed, "household,", "households,");
    buf_char(buf, ' ');
    say_count(buf, people, "person", "people");
    buf_str(buf, "; their scores sum to ");
    say_score(buf, why->score_micro);
    buf_char(buf, '.');
    return say_end(saying, err);
}

/* The resource of the highest price below that of `before`, or of the same and a later one; PLACE_NONE. */
static uint32_t say_next_binding(const struct explain_locality *why, uint32_t n_resources,
                                 uint32_t before)
{
    uint32_t next = PLACE_NONE;
    for (uint32_t r = 0; r < n_resources; r++) {
        int64_t price = why->resources[r].price;
        bool later = before == PLACE_NONE || price < why->resources[before].price ||
                     (price == why->resources[before].price && r > before);
        if (price > 0 && later && (next == PLACE_NONE || price > why->resources[next].price)) {
            next = r;
        }
    }
    return next;
}

static int say_binds(struct saying *saying, const struct explain_locality *why,
                     struct ajar_err *err)
{
    const struct programme *programme = saying->programme;
    uint32_t n_resources = programme->problem.n_resources, resource = PLACE_NONE;
    struct buf *buf = &saying->buf;
    int told = 0;
    for (; told < SAY_RESOURCES; told++) {
        resource = say_next_binding(why, n_resources, resource);
        if (resource == PLACE_NONE) {
            break;
        }
        const struct explain_resource *one = &why->resources[resource];
        char used[NUM_TEXT], most[NUM_TEXT];
        num_format_grouped((double)one->used, 0, used);
        num_format_grouped((double)one->capacity, 0, most);
        buf_text(buf, programme->names.resource[resource]);
        buf_printf(buf, ": %s of %s in use; one unit more is worth ", used, most);
        say_price(buf, one->price);
        buf_char(buf, '.');
        TRY(say_end(saying, err));
    }
    if (told > 0) {
        return 0;
    }
    buf_str(buf, "No capacity binds there: a further unit is worth nothing.");
    return say_end(saying, err);
}

static int say_wanted(struct saying *saying, const struct explain_locality *why,
                      struct ajar_err *err)
{
    struct buf *buf = &saying->buf;
    if (why->wanted == 0) {
        buf_str(buf, "Nobody who is elsewhere would rather be there.");
        return say_end(saying, err);
    }
    say_count(buf, why->wanted, "household that is elsewhere", "households that are elsewhere");
    buf_str(buf, " would rather be there, had it room.");
    return say_end(saying, err);
}

static int say_locality_all(struct saying *saying, const struct explain_locality *why,
                            struct ajar_err *err)
{
    TRY(say_takes(saying, why, err));
    TRY(say_binds(saying, why, err));
    return say_wanted(saying, why, err);
}

/* ---- Both ---- */

static int say_done(struct saying *saying, int code, struct text **out, size_t *n)
{
    buf_free(&saying->buf);
    if (code == 0) {
        *out = saying->out;
        *n = saying->n;
    }
    return code;
}

int place_say_household(struct arena *arena, const struct programme *programme,
                        const struct side_result *plan, const struct explain_household *why,
                        struct text **out, size_t *n, struct ajar_err *err)
{
    struct saying saying = {.arena = arena, .programme = programme, .plan = plan};
    TRY_NEW(saying.out, arena, SAY_MOST, err);
    buf_init(&saying.buf, SAY_CEILING);
    return say_done(&saying, say_household_all(&saying, why, err), out, n);
}

int place_say_locality(struct arena *arena, const struct programme *programme,
                       const struct side_result *plan, const struct explain_locality *why,
                       struct text **out, size_t *n, struct ajar_err *err)
{
    struct saying saying = {.arena = arena, .programme = programme, .plan = plan};
    TRY_NEW(saying.out, arena, SAY_MOST, err);
    buf_init(&saying.buf, SAY_CEILING);
    return say_done(&saying, say_locality_all(&saying, why, err), out, n);
}
