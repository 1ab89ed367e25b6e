/* `ajar place arrivals`: methods side by side, each blind to what comes after. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "arrivals.h"
#include "csv.h"
#include "num.h"
#include "place_answer.h"
#include "place_show.h"
#include "table.h"
#include "tell.h"

struct arrivals_run {
    struct arrivals_input input;
    int64_t hindsight;
    bool floors;    /* are given */
    int64_t *reach; /* [n_groups] no group can have more a household; with floors alone */
    size_t n;
    enum arrivals_method method[ARRIVALS_METHODS];
    struct arrivals_result result[ARRIVALS_METHODS];
};

/* ---- Who comes when ---- */

struct arriving {
    date_days ready;
    uint32_t household;
};

static int arriving_cmp(const void *a, const void *b)
{
    const struct arriving *x = a, *y = b;
    if (x->ready != y->ready) {
        return x->ready < y->ready ? -1 : 1;
    }
    return x->household < y->household ? -1 : x->household > y->household;
}

/* By the day on which they are ready, then by id. */
static int arrivals_order(const struct verb_call *call, const struct programme *programme,
                          struct arriving **out, struct ajar_err *err)
{
    uint32_t n = programme->problem.n_households;
    TRY_NEW(*out, call->arena, n, err);
    for (uint32_t h = 0; h < n; h++) {
        (*out)[h] =
            (struct arriving){programme->ready == NULL ? DATE_NONE : programme->ready[h], h};
    }
    qsort(*out, n, sizeof **out, arriving_cmp);
    return 0;
}

/* Households of a file: a CSV with a column household or id, all other columns passed over. */
static int arrivals_past_file(const struct verb_call *call, const struct place_call *at,
                              const char *path, bool *past, struct ajar_err *err)
{
    struct file_view view;
    struct csv csv;
    bool more = false;
    TRY(file_open(&view, path, PLACE_LOAD_MOST, err));
    int code = csv_open(&csv, call->arena, path, view.bytes, 0, &CSV_LIMITS_DEFAULT, err);
    int column = code != 0 ? -1 : csv_column(&csv, "household");
    column = code == 0 && column < 0 ? csv_column(&csv, "id") : column;
    if (code == 0 && column < 0) {
        code = err_at(err, E_PLACE_COLUMN, path, 1, "household", TEXT_LIT(""),
                      "the file has no column household or id");
    }
    while (code == 0) {
        uint32_t h = 0;
        code = csv_next(&csv, &more, err);
        if (code != 0 || !more) {
            break;
        }
        code = place_call_household(call, at, "--past", text_trim(csv.cells[column]), &h, err);
        if (code == 0) {
            past[h] = true;
        }
    }
    file_close(&view);
    return code;
}

static int arrivals_past(const struct verb_call *call, const struct place_call *at,
                         const struct arriving *order, bool *past, struct ajar_err *err)
{
    const char *words = call_text(call, "past");
    uint32_t n = at->programme.problem.n_households;
    int64_t count = 0;
    if (words == NULL) {
        return 0;
    }
    if (!num_parse_int(text_of(words), &count)) {
        return arrivals_past_file(call, at, words, past, err);
    }
    if (count < 0 || count >= (int64_t)n) {
        err_at(err, E_PLACE_ASK, NULL, 0, "--past", text_of(words),
               "the past is from 0 to %u of the %u households, so that somebody arrives", n - 1, n);
        return err_hint(err, "Write fewer, or name a file with a column household.");
    }
    for (int64_t i = 0; i < count; i++) {
        past[order[i].household] = true;
    }
    return 0;
}

static int arrivals_batches(const struct verb_call *call, struct arrivals_input *input,
                            struct ajar_err *err)
{
    uint32_t n = input->n_arriving, *end;
    uint32_t batches = (uint32_t)call_int(call, "batches");
    input->n_batches = batches > n ? n : batches;
    TRY_NEW(end, call->arena, input->n_batches, err);
    for (uint32_t b = 0; b < input->n_batches; b++) {
        end[b] = (uint32_t)((uint64_t)n * (b + 1) / input->n_batches);
    }
    input->batch_end = end;
    return 0;
}

static int arrivals_input_of(const struct verb_call *call, const struct place_call *at,
                             struct arrivals_input *out, struct ajar_err *err)
{
    const struct programme *programme = &at->programme;
    uint32_t n = programme->problem.n_households, *who;
    struct arriving *order;
    int64_t *floors;
    bool *past;
    TRY_NEW(past, call->arena, n, err);
    TRY_NEW(who, call->arena, n, err);
    TRY(arrivals_order(call, programme, &order, err));
    TRY(arrivals_past(call, at, order, past, err));
    TRY(place_call_floors(call, at, &floors, err));
    *out = (struct arrivals_input){.problem = &programme->problem,
                                   .group = programme->group,
                                   .n_groups = programme->n_groups,
                                   .floor_micro = floors};
    uint32_t at_past = 0, at_new = n;
    for (uint32_t i = 0; i < n; i++) {
        if (past[order[i].household]) {
            who[at_past++] = order[i].household;
        }
    }
    for (uint32_t i = n; i-- > 0;) {
        if (!past[order[i].household]) {
            who[--at_new] = order[i].household;
        }
    }
    out->past = who;
    out->n_past = at_past;
    out->arriving = who + at_new;
    out->n_arriving = n - at_new;
    if (out->n_arriving == 0) {
        return err_at(err, E_PLACE_ASK, NULL, 0, "--past", TEXT_LIT(""),
                      "all households are in the past, and nobody arrives");
    }
    return arrivals_batches(call, out, err);
}

/* ---- The run ---- */

/* What a method cannot do without: the past for samples of the future, floors for amplified bids. */
static bool arrivals_can(const struct arrivals_input *input, enum arrivals_method method)
{
    if (method == ARRIVALS_BID) {
        return input->group != NULL && input->floor_micro != NULL && input->n_past > 0;
    }
    return method == ARRIVALS_GREEDY || input->n_past > 0;
}

static int arrivals_all(const struct verb_call *call, const struct place_call *at,
                        struct arrivals_run *run, struct ajar_err *err)
{
    const char *word = call_text(call, "method");
    bool all = strcmp(word, "all") == 0;
    TRY(arrivals_hindsight(call->arena, &run->input, at->pool, call->watch, &run->hindsight, err));
    run->floors = run->input.floor_micro != NULL && run->input.group != NULL;
    if (run->floors) {
        TRY_NEW(run->reach, call->arena, run->input.n_groups, err);
        TRY(arrivals_reach(call->arena, &run->input, at->pool, call->watch, run->reach, err));
    }
    for (enum arrivals_method m = 0; m < ARRIVALS_METHODS; m++) {
        struct arrivals_options options = {.method = m, .seed = call->seed, .gamma = (double)NAN};
        if (!all && strcmp(word, arrivals_word(m)) != 0) {
            continue;
        }
        if (!arrivals_can(&run->input, m)) {
            if (all) {
                continue;
            }
            err_at(err, E_PLACE_ASK, NULL, 0, "--method", text_of(word),
                   m == ARRIVALS_BID && run->input.n_past > 0
                       ? "this method raises groups to floors, and none are given"
                       : "this method draws its futures from the past, and none is given");
            return err_hint(err, "Add --past N%s.",
                            m == ARRIVALS_BID ? " and --floor GROUP=SCORE" : " or --past FILE");
        }
        run->method[run->n] = m;
        TRY(arrivals_run(call->arena, &run->input, &options, at->pool, call->watch,
                         &run->result[run->n], err));
        run->n++;
    }
    return 0;
}

/* ---- The answer ---- */

static double arrivals_ratio(const struct arrivals_run *run, size_t i)
{
    return run->hindsight == 0 ? 1
                               : (double)run->result[i].objective_micro / (double)run->hindsight;
}

/* How far an average is below a group's floor. */
static int64_t arrivals_short(const struct arrivals_run *run, uint32_t group, int64_t average)
{
    int64_t floor = run->input.floor_micro[group];
    return average < floor ? floor - average : 0;
}

static bool arrivals_met(const struct arrivals_run *run, size_t i)
{
    for (uint32_t g = 0; g < run->input.n_groups; g++) {
        if (arrivals_short(run, g, run->result[i].group_micro[g]) > 0) {
            return false;
        }
    }
    return true;
}

/* Floors that nobody can reach, then what each method leaves short of the others. */
static void arrivals_show_floors(const struct verb_call *call, const struct place_call *at,
                                 const struct arrivals_run *run)
{
    char units[PLACE_UNITS], most[PLACE_UNITS], lacking[PLACE_UNITS];
    for (uint32_t g = 0; g < run->input.n_groups; g++) {
        struct text name = at->programme.group_name[g];
        int64_t lack = arrivals_short(run, g, run->reach[g]);
        if (lack > 0) {
            tell_say(call,
                     "! The floor of %.*s is out of reach: %s a household; with all places to "
                     "itself it could have %s at most, %s short.",
                     (int)name.n, name.at, place_units(run->input.floor_micro[g], units),
                     place_units(run->reach[g], most), place_units(lack, lacking));
        }
    }
    for (size_t i = 0; i < run->n; i++) {
        for (uint32_t g = 0; g < run->input.n_groups; g++) {
            struct text name = at->programme.group_name[g];
            int64_t average = run->result[i].group_micro[g];
            int64_t lack = arrivals_short(run, g, average);
            if (lack > 0) {
                tell_say(call, "%s leaves %.*s at %s a household, %s short of its floor of %s.",
                         arrivals_word(run->method[i]), (int)name.n, name.at,
                         place_units(average, units), place_units(lack, lacking),
                         place_units(run->input.floor_micro[g], most));
            }
        }
    }
}

static int arrivals_show(const struct verb_call *call, const struct place_call *at,
                         const struct arrivals_run *run, struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"method", TABLE_WORD},   {"total", TABLE_NUMBER},    {"of hindsight", TABLE_NUMBER},
        {"placed", TABLE_NUMBER}, {"floors met", TABLE_WORD},
    };
    char units[PLACE_UNITS];
    struct table table;
    place_show_head(call, at);
    tell_say(call,
             "%u households are the past, %u arrive in %u batches. Nobody moves once placed, "
             "and no batch sees a later one.",
             run->input.n_past, run->input.n_arriving, run->input.n_batches);
    fputc('\n', call->to);
    table_init(&table, call->arena, columns, (sizeof columns / sizeof *columns) - !run->floors);
    for (size_t i = 0; i < run->n; i++) {
        table_begin_row(&table);
        table_str(&table, arrivals_word(run->method[i]));
        place_cell_units(&table, run->result[i].objective_micro);
        table_str(&table, place_percent(arrivals_ratio(run, i), units));
        table_int(&table, place_placed(&at->programme, run->result[i].place));
        if (run->floors) {
            table_str(&table, arrivals_met(run, i) ? "yes" : "no");
        }
    }
    TRY(table_print(&table, call->to, call->width, call->color, err));
    tell_say(call, "Hindsight: no plan that knows all who come is worth more than %s.",
             place_units(run->hindsight, units));
    if (run->floors) {
        arrivals_show_floors(call, at, run);
    }
    if (at->programme.side.n_locks + at->programme.side.n_quotas + at->programme.side.n_leasts +
            at->programme.side.n_links >
        0) {
        tell_say(call, "Arrivals know capacities alone: locks, quotas, minimums and links are left "
                       "out here.");
    }
    return 0;
}

static void arrivals_json_floors(struct json_out *json, const struct place_call *at,
                                 const struct arrivals_run *run)
{
    json_key(json, "floors");
    json_begin_array(json);
    for (uint32_t g = 0; run->floors && g < run->input.n_groups; g++) {
        json_begin_object(json);
        put_text(json, "group", at->programme.group_name[g]);
        put_int(json, "floor_micro", run->input.floor_micro[g]);
        put_int(json, "most_micro", run->reach[g]);
        put_int(json, "short_micro", arrivals_short(run, g, run->reach[g]));
        json_end_object(json);
    }
    json_end_array(json);
}

static void arrivals_json_groups(struct json_out *json, const struct place_call *at,
                                 const struct arrivals_run *run, size_t i)
{
    const int64_t *average = run->result[i].group_micro;
    json_key(json, "by_group");
    json_begin_array(json);
    for (uint32_t g = 0; average != NULL && g < run->input.n_groups; g++) {
        json_begin_object(json);
        put_text(json, "group", at->programme.group_name[g]);
        put_int(json, "average_micro", average[g]);
        if (run->floors) {
            put_int(json, "short_micro", arrivals_short(run, g, average[g]));
        }
        json_end_object(json);
    }
    json_end_array(json);
}

static int arrivals_json(const struct verb_call *call, const struct place_call *at,
                         const struct arrivals_run *run, struct ajar_err *err)
{
    struct json_out json;
    struct buf buf;
    place_json_open(&json, &buf);
    put_int(&json, "past", run->input.n_past);
    put_int(&json, "arriving", run->input.n_arriving);
    put_int(&json, "batches", run->input.n_batches);
    put_int(&json, "hindsight_micro", run->hindsight);
    arrivals_json_floors(&json, at, run);
    json_key(&json, "methods");
    json_begin_array(&json);
    for (size_t i = 0; i < run->n; i++) {
        const struct arrivals_result *result = &run->result[i];
        json_begin_object(&json);
        put_str(&json, "method", arrivals_word(run->method[i]));
        put_int(&json, "objective_micro", result->objective_micro);
        put_number(&json, "of_hindsight", arrivals_ratio(run, i));
        put_int(&json, "placed", place_placed(&at->programme, result->place));
        arrivals_json_groups(&json, at, run, i);
        json_end_object(&json);
    }
    json_end_array(&json);
    return place_json_close(&json, &buf, call, err);
}

static int arrivals_work(struct verb_call *call, struct place_call *at, struct ajar_err *err)
{
    struct arrivals_run run = {0};
    struct answer answer;
    TRY(place_call_open(call, call->words[0], NULL, at, err));
    TRY(arrivals_input_of(call, at, &run.input, err));
    TRY(arrivals_all(call, at, &run, err));
    TRY(answer_begin(&answer, call, err));
    int code = call->json ? arrivals_json(&answer.call, at, &run, err)
                          : arrivals_show(&answer.call, at, &run, err);
    code = answer_made(&answer, code, err);
    if (code != 0) {
        answer_drop(&answer);
        return code;
    }
    answer_print(&answer, call->to);
    return 0;
}

int place_answer_arrivals(struct verb_call *call, struct ajar_err *err)
{
    struct place_call at;
    int code = arrivals_work(call, &at, err);
    place_call_close(&at);
    return code;
}
