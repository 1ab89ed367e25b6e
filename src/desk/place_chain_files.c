/* PLACE's tables of the output folder. */
#include <math.h>

#include "csv.h"
#include "place_chain.h"

#define FILES_CEILING ((size_t)256 << 20)
#define FILES_OURS    6

static void put_heads(struct csv_out *csv, const char *const *heads)
{
    for (; *heads != NULL; heads++) {
        csv_put_str(csv, *heads);
    }
    csv_end_row(csv);
}

static void put_lot(struct csv_out *csv, const struct place_chain *chain, uint32_t lot)
{
    csv_put_text(csv,
                 lot == PLACE_NONE ? (struct text){"", 0} : chain->programme->names.locality[lot]);
}

static void put_resource(struct csv_out *csv, const struct place_chain *chain, uint32_t resource)
{
    csv_put_text(csv, resource == PLACE_NONE ? (struct text){"", 0}
                                             : chain->programme->names.resource[resource]);
}

/* ---- The plan ---- */

/* The doors by which it goes where it goes; the plan of a household without a place has none. */
static void put_doors(struct csv_out *csv, const struct place_chain *chain, uint32_t h, size_t *at,
                      struct text state)
{
    struct buf words;
    buf_init(&words, 1 << 16);
    for (; *at < chain->n_doors && chain->doors[*at].household == h; (*at)++) {
        if (text_eq(chain->doors[*at].state, state)) {
            buf_str(&words, words.n > 0 ? ";" : "");
            buf_text(&words, chain->doors[*at].door);
        }
    }
    csv_put_text(csv, buf_view(&words));
    buf_free(&words);
}

static void put_no_place(struct csv_out *csv, const struct place_chain *chain, uint32_t h)
{
    const struct programme *programme = chain->programme;
    const char *why = "no room";
    for (uint32_t i = 0; i < programme->n_nowhere; i++) {
        if (programme->nowhere[i].household == h) {
            why = programme_why_word(programme->nowhere_reason[i].why);
        }
    }
    csv_put_str(csv, chain->plan.plan.place[h] == PLACE_NONE ? why : "");
}

static void put_plan(struct csv_out *csv, const struct place_chain *chain)
{
    static const char *const heads[] = {"household",   "locality", "from",    "place",
                                        "state",       "people",   "papers",  "doors",
                                        "score_micro", "why_not",  "made_up", NULL};
    const struct programme *programme = chain->programme;
    size_t door = 0;
    put_heads(csv, heads);
    for (uint32_t h = 0; h < programme->problem.n_households; h++) {
        uint32_t lot = chain->plan.plan.place[h];
        struct text none = {"", 0}, state = lot == PLACE_NONE ? none : programme->state[lot];
        csv_put_text(csv, programme->names.household[h]);
        put_lot(csv, chain, lot);
        csv_put_text(csv, chain->from[h]);
        csv_put_text(csv, lot == PLACE_NONE ? none : programme->place[lot]);
        csv_put_text(csv, state);
        csv_put_int(csv, programme->people[h]);
        csv_put_text(csv, chain->papers[h]);
        put_doors(csv, chain, h, &door, state);
        csv_put_int(csv, lot == PLACE_NONE ? 0 : chain->households[h].chosen.score_micro);
        put_no_place(csv, chain, h);
        csv_put_str(csv, "yes");
        csv_end_row(csv);
    }
}

static void put_moves(struct csv_out *csv, const struct place_chain *chain)
{
    static const char *const heads[] = {"from", "state", "households", "people", "made_up", NULL};
    put_heads(csv, heads);
    for (size_t i = 0; i < chain->n_moves; i++) {
        csv_put_text(csv, chain->moves[i].from);
        csv_put_text(csv, chain->moves[i].state);
        csv_put_int(csv, chain->moves[i].households);
        csv_put_int(csv, chain->moves[i].people);
        csv_put_str(csv, "yes");
        csv_end_row(csv);
    }
}

/* ---- The four plans ---- */

struct one_plan {
    const char *word;
    const struct side_result *plan;
    const struct fair_report *report;
    const struct fair_groups *floors; /* NULL: none */
};

#define PLANS 4

static void plans_of(const struct place_chain *chain, struct one_plan out[PLANS])
{
    out[0] = (struct one_plan){"largest total", &chain->plan, &chain->report, NULL};
    out[1] = (struct one_plan){"leximin", &chain->leximin.plan, &chain->leximin_report, NULL};
    out[2] = (struct one_plan){"group floors: maxmin", &chain->maxmin.plan, &chain->maxmin_report,
                               &chain->maxmin};
    out[3] = (struct one_plan){"group floors: proportional", &chain->proportional.plan,
                               &chain->proportional_report, &chain->proportional};
}

static void put_least(struct csv_out *csv, const struct fair_group *group)
{
    if (group->placed == 0) {
        csv_put_str(csv, "");
    } else {
        csv_put_int(csv, group->least_micro);
    }
}

static void put_plans(struct csv_out *csv, const struct place_chain *chain)
{
    static const char *const heads[] = {
        "plan",       "objective_micro", "bound_micro",       "gap",        "proven",  "rounds",
        "households", "placed",          "least_score_micro", "floors_met", "made_up", NULL};
    struct one_plan plans[PLANS];
    plans_of(chain, plans);
    put_heads(csv, heads);
    for (size_t i = 0; i < PLANS; i++) {
        const struct place_result *plan = &plans[i].plan->plan;
        const struct fair_groups *floors = plans[i].floors;
        if (plan->place == NULL) {
            continue;
        }
        csv_put_str(csv, plans[i].word);
        csv_put_int(csv, plan->objective_micro);
        csv_put_int(csv, floors != NULL ? floors->bound_micro : plan->bound_micro);
        csv_put_number(csv, i == 0 ? plan->gap : (double)NAN);
        csv_put_str(csv, plan->proven ? "yes" : "no");
        csv_put_int(csv, (int64_t)plan->rounds);
        csv_put_int(csv, plans[i].report->all.households);
        csv_put_int(csv, plans[i].report->all.placed);
        put_least(csv, &plans[i].report->all);
        csv_put_str(csv, floors == NULL ? "" : floors->met ? "yes" : "no");
        csv_put_str(csv, "yes");
        csv_end_row(csv);
    }
}

static void put_floor(struct csv_out *csv, const struct fair_groups *floors, uint32_t group)
{
    if (floors == NULL) {
        csv_put_str(csv, "");
        csv_put_str(csv, "");
        return;
    }
    csv_put_int(csv, floors->floor_micro[group]);
    csv_put_int(csv, floors->average_micro[group]);
}

static void put_groups(struct csv_out *csv, const struct place_chain *chain)
{
    static const char *const heads[] = {"plan",
                                        "from",
                                        "households",
                                        "placed",
                                        "total_micro",
                                        "best_micro",
                                        "least_score_micro",
                                        "floor_micro",
                                        "average_micro",
                                        "made_up",
                                        NULL};
    const struct programme *programme = chain->programme;
    struct one_plan plans[PLANS];
    plans_of(chain, plans);
    put_heads(csv, heads);
    for (size_t i = 0; i < PLANS; i++) {
        for (uint32_t g = 0; g < plans[i].report->n_groups && g < programme->n_groups; g++) {
            const struct fair_group *group = &plans[i].report->groups[g];
            csv_put_str(csv, plans[i].word);
            csv_put_text(csv, programme->group_name[g]);
            csv_put_int(csv, group->households);
            csv_put_int(csv, group->placed);
            csv_put_int(csv, group->total_micro);
            csv_put_int(csv, group->best_micro);
            put_least(csv, group);
            put_floor(csv, plans[i].floors, g);
            csv_put_str(csv, "yes");
            csv_end_row(csv);
        }
    }
}

/* ---- Prices: with them anybody works the bound out again ---- */

static void put_price(struct csv_out *csv, struct text what, struct text id, struct text resource,
                      const int64_t numbers[3])
{
    csv_put_text(csv, what);
    csv_put_text(csv, id);
    csv_put_text(csv, resource);
    for (int i = 0; i < 3; i++) {
        csv_put_int(csv, numbers[i]);
    }
    csv_put_str(csv, "yes");
    csv_end_row(csv);
}

static int64_t quota_used(const struct place_chain *chain, const struct side_quota *quota)
{
    int64_t used = 0;
    for (uint32_t i = 0; i < quota->n_localities; i++) {
        used += chain->localities[quota->locality[i]].resources[quota->resource].used;
    }
    return used;
}

static void put_prices(struct csv_out *csv, const struct place_chain *chain)
{
    static const char *const heads[] = {"kind", "id",         "resource", "most",
                                        "used", "price_nano", "made_up",  NULL};
    const struct programme *programme = chain->programme;
    const struct place_problem *problem = &programme->problem;
    put_heads(csv, heads);
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        for (uint32_t r = 0; r < problem->n_resources; r++) {
            const struct explain_resource *one = &chain->localities[l].resources[r];
            int64_t numbers[] = {one->capacity, one->used, one->price};
            put_price(csv, TEXT_LIT("lot"), programme->names.locality[l],
                      programme->names.resource[r], numbers);
        }
    }
    for (uint32_t q = 0; q < programme->side.n_quotas; q++) {
        const struct side_quota *quota = &programme->side.quotas[q];
        int64_t numbers[] = {quota->most, quota_used(chain, quota), chain->plan.quota_price[q]};
        struct text state =
            quota->n_localities > 0 ? programme->state[quota->locality[0]] : (struct text){"", 0};
        put_price(csv, TEXT_LIT("quota"), state, programme->names.resource[quota->resource],
                  numbers);
    }
}

/* ---- Explanations ---- */

static void put_choice(struct csv_out *csv, const struct place_chain *chain, uint32_t h,
                       uint32_t rank, const struct explain_choice *choice)
{
    const struct explain_household *why = &chain->households[h];
    csv_put_text(csv, chain->programme->names.household[h]);
    csv_put_int(csv, rank);
    put_lot(csv, chain, choice->locality);
    csv_put_int(csv, choice->score_micro);
    csv_put_int(csv, choice->charge);
    csv_put_int(csv, choice->left);
    csv_put_str(csv, choice->room ? "yes" : "no");
    put_resource(csv, chain, choice->binding);
    csv_put_str(csv, choice->binding_quota == PLACE_NONE ? "" : "quota");
    csv_put_int(csv, choice->lacks);
    bool chosen = rank == 0 && why->change_locality != PLACE_NONE;
    put_lot(csv, chain, chosen ? why->change_locality : PLACE_NONE);
    put_resource(csv, chain, chosen ? why->change_resource : PLACE_NONE);
    csv_put_number(csv, chosen ? (double)why->change_units : (double)NAN);
    csv_put_number(csv, chosen ? (double)why->change_gain_micro : (double)NAN);
    csv_put_number(csv, rank == 0 ? (double)why->regret : (double)NAN);
    csv_put_str(csv, "yes");
    csv_end_row(csv);
}

static void put_explanations(struct csv_out *csv, const struct place_chain *chain)
{
    static const char *const heads[] = {"household",
                                        "choice",
                                        "locality",
                                        "score_micro",
                                        "charge_nano",
                                        "left_nano",
                                        "room",
                                        "binding",
                                        "binding_quota",
                                        "lacks",
                                        "change_locality",
                                        "change_resource",
                                        "change_units",
                                        "change_gain_micro",
                                        "regret_nano",
                                        "made_up",
                                        NULL};
    put_heads(csv, heads);
    for (uint32_t h = 0; h < chain->programme->problem.n_households; h++) {
        const struct explain_household *why = &chain->households[h];
        put_choice(csv, chain, h, 0, &why->chosen);
        for (uint32_t i = 0; i < why->n_others; i++) {
            put_choice(csv, chain, h, i + 1, &why->others[i]);
        }
    }
}

static int make_file(struct arena *arena, const struct place_chain *chain, const char *name,
                     void (*put)(struct csv_out *csv, const struct place_chain *chain),
                     struct place_chain_file *out, struct ajar_err *err)
{
    struct buf buf;
    struct csv_out csv;
    const char *copy = NULL;
    buf_init(&buf, FILES_CEILING);
    csv_out_init(&csv, &buf);
    put(&csv, chain);
    int code = buf_ok(&buf, err);
    code = code != 0 ? code : text_copy(arena, buf_view(&buf), &copy, err);
    *out = (struct place_chain_file){.name = name, .bytes = {copy, buf.n}};
    buf_free(&buf);
    return code;
}

int place_chain_files(struct arena *arena, const struct place_chain *chain,
                      struct place_chain_file **out, size_t *n, struct ajar_err *err)
{
    static const struct {
        const char *name;
        void (*put)(struct csv_out *csv, const struct place_chain *chain);
    } ours[FILES_OURS] = {
        {"place_plan.csv", put_plan},     {"place_moves.csv", put_moves},
        {"place_plans.csv", put_plans},   {"place_groups.csv", put_groups},
        {"place_prices.csv", put_prices}, {"place_explanations.csv", put_explanations}};
    struct place_chain_file *files;
    size_t count = 0;
    TRY_NEW(files, arena, PROGRAMME_TABLES + FILES_OURS, err);
    for (int t = 0; chain->stands && t < PROGRAMME_TABLES; t++) {
        if (chain->tables->table[t].name != NULL) {
            files[count++] = (struct place_chain_file){chain->tables->table[t].name,
                                                       chain->tables->table[t].bytes};
        }
    }
    for (size_t i = 0; chain->stands && i < FILES_OURS; i++) {
        TRY(make_file(arena, chain, ours[i].name, ours[i].put, &files[count++], err));
    }
    *out = files;
    *n = count;
    return 0;
}
