#include "exodus_show.h"

#include <math.h>
#include <string.h>

#include "num.h"
#include "table.h"
#include "tell.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define SHOW_LINES      ((size_t)8192) /* bytes of a list of lines */

/* ---- Shared ---- */

void exodus_show_opening(const struct verb_call *call, const struct exodus_made *made)
{
    const struct exodus_model *model = made->input->model;
    char from[DATE_TEXT], to[DATE_TEXT];
    tell_say(call, "%.*s, %s to %s (%s)", (int)model->title.n, model->title.at,
             date_format(model->from, from), date_format(model->to, to), made->how);
}

/* "2, 5 to 9, 12": lines of rows that a reason keeps from an answer. */
static void show_lines(struct buf *buf, const struct exodus_ask *ask, const char *why)
{
    const long *line = ask->file->line;
    size_t n = ask->file->n, last;
    for (size_t i = 0, said = 0; i < n; i = last + 1) {
        last = i;
        if (ask->why[i] == NULL || strcmp(ask->why[i], why) != 0) {
            continue;
        }
        while (last + 1 < n && ask->why[last + 1] != NULL && strcmp(ask->why[last + 1], why) == 0) {
            last++;
        }
        buf_printf(buf, "%s%ld", said++ == 0 ? "" : ", ", line[i]);
        if (last > i) {
            buf_printf(buf, " to %ld", line[last]);
        }
    }
}

void exodus_show_unanswered(const struct verb_call *call, const struct exodus_ask *ask)
{
    for (size_t i = 0; i < ask->file->n; i++) {
        size_t first = 0, count = 0;
        while (ask->why[i] != NULL &&
               (ask->why[first] == NULL || strcmp(ask->why[first], ask->why[i]) != 0)) {
            first++;
        }
        if (ask->why[i] == NULL || first < i) {
            continue;
        }
        for (size_t k = i; k < ask->file->n; k++) {
            count += ask->why[k] != NULL && strcmp(ask->why[k], ask->why[i]) == 0;
        }
        struct buf lines;
        buf_init(&lines, SHOW_LINES);
        show_lines(&lines, ask, ask->why[i]);
        tell_say(call, "No answer, %s: %zu row%s, line%s %.*s%s", ask->why[i], count,
                 count == 1 ? "" : "s", count == 1 ? "" : "s", (int)lines.n,
                 lines.n == 0 ? "" : lines.at, lines.failed == 0 ? "." : " and more.");
        buf_free(&lines);
    }
}

static void show_place(const struct verb_call *call, const char *what)
{
    if (call->out != NULL) {
        fprintf(call->to, "%s: %s\n", what, call->out);
    }
}

/* Three rows: means, and what nine of ten draws lie between. */
static void show_spreads(struct table *table, struct text title,
                         const struct exodus_spread *spreads, size_t n)
{
    table_begin_row(table);
    table_text(table, title);
    for (size_t i = 0; i < n; i++) {
        table_number(table, spreads[i].mean, 0);
    }
    table_begin_row(table);
    table_str(table, "  p5");
    for (size_t i = 0; i < n; i++) {
        table_number(table, spreads[i].p5, 0);
    }
    table_begin_row(table);
    table_str(table, "  p95");
    for (size_t i = 0; i < n; i++) {
        table_number(table, spreads[i].p95, 0);
    }
}

/* ---- run ---- */

static int show_doors(const struct verb_call *call, const struct exodus_made *made,
                      struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"door", TABLE_TEXT},
        {"in", TABLE_NUMBER},
        {"out", TABLE_NUMBER},
        {"net", TABLE_NUMBER},
        {"refused", TABLE_NUMBER},
        {"gave\nup", TABLE_NUMBER},
        {"of in:\nflight", TABLE_NUMBER},
    };
    const struct exodus_model *model = made->input->model;
    struct table table;
    table_init(&table, call->arena, columns, COUNT_OF(columns));
    for (uint32_t d = 0; d <= model->n_doors; d++) {
        const struct exodus_door_sums *sums = &made->sums->doors[d];
        const struct exodus_spread spreads[] = {sums->in,      sums->out,     sums->net,
                                                sums->refused, sums->gave_up, sums->flight_in};
        show_spreads(&table, d < model->n_doors ? model->doors[d].title : TEXT_LIT("All doors"),
                     spreads, COUNT_OF(spreads));
    }
    TRY(table_print(&table, call->to, call->width, call->color, err));
    char order[DATE_TEXT], to[DATE_TEXT];
    tell_say(call,
             "People from %s to %s: means of the draws, and between p5 and p95 nine of ten of "
             "them. In and out are gross: every crossing counted, two-way traffic included. Net is "
             "in less out, before onward moves. Refused counts each time.",
             date_format(model->order, order), date_format(model->to, to));
    return 0;
}

static int show_classes(const struct verb_call *call, const struct exodus_made *made,
                        struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"of those who flee", TABLE_TEXT},   {"set out", TABLE_NUMBER},
        {"admitted", TABLE_NUMBER},          {"at the\nend: waiting", TABLE_NUMBER},
        {"undecided", TABLE_NUMBER},         {"of these\nstranded", TABLE_NUMBER},
        {"gave up\nfor good", TABLE_NUMBER},
    };
    const struct exodus_model *model = made->input->model;
    struct table table;
    tell_heading(call, "People, by their papers");
    table_init(&table, call->arena, columns, COUNT_OF(columns));
    for (uint32_t c = 0; c <= model->n_classes; c++) {
        const struct exodus_class_sums *sums = &made->sums->classes[c];
        const struct exodus_spread spreads[] = {sums->set_out, sums->admitted, sums->waiting,
                                                sums->pool,    sums->stranded, sums->stopped};
        show_spreads(&table, c < model->n_classes ? model->classes[c].title : TEXT_LIT("All"),
                     spreads, COUNT_OF(spreads));
    }
    TRY(table_print(&table, call->to, call->width, call->color, err));
    tell_say(call, "Waiting: in a queue at a door. Undecided: in Russia, turned away, before the "
                   "next attempt. Stranded: of these, 14 days or more and no door open to them.");
    return 0;
}

int exodus_show_run(const struct verb_call *call, const struct exodus_made *made,
                    struct ajar_err *err)
{
    const struct exodus_chain *chain = made->chain;
    char day[DATE_TEXT];
    exodus_show_opening(call, made);
    fputc('\n', call->to);
    TRY(show_doors(call, made, err));
    TRY(show_classes(call, made, err));
    tell_say(call,
             "Of %zu rows counted up to %s, %zu lie in the interval of 80 %% (%zu by the priors "
             "alone); most of them are fitted. ajar flow score shows each, and what earlier days "
             "would have forecast.",
             chain->n_counted, date_format(made->input->model->as_known, day), chain->n_inside,
             chain->n_prior_inside);
    show_place(call, "Tables");
    return 0;
}

/* ---- run --rows ---- */

static void show_row(struct table *table, const struct exodus_row *row, long line)
{
    char day[DATE_TEXT];
    table_begin_row(table);
    table_int(table, line);
    table_str(table, date_format(row->from, day));
    table_str(table, date_format(row->to, day));
    table_text(table, row->country);
    table_text(table, row->route);
    table_text(table, row->measure);
}

int exodus_show_rows(const struct verb_call *call, const struct exodus_made *made,
                     struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"line", TABLE_NUMBER}, {"from", TABLE_WORD},  {"to", TABLE_WORD},
        {"where", TABLE_WORD},  {"route", TABLE_TEXT}, {"measure", TABLE_TEXT},
        {"mean", TABLE_NUMBER}, {"p5", TABLE_NUMBER},  {"p50", TABLE_NUMBER},
        {"p95", TABLE_NUMBER},
    };
    const struct exodus_ask *ask = made->ask;
    const struct exodus_file *file = ask->file;
    struct table table;
    exodus_show_opening(call, made);
    fputc('\n', call->to);
    table_init(&table, call->arena, columns, COUNT_OF(columns));
    for (size_t i = 0; i < file->n; i++) {
        if (ask->why[i] == NULL) {
            show_row(&table, &file->rows[i], file->line[i]);
            table_number(&table, ask->spreads[i].mean, 0);
            table_number(&table, ask->spreads[i].p5, 0);
            table_number(&table, ask->spreads[i].p50, 0);
            table_number(&table, ask->spreads[i].p95, 0);
        }
    }
    if (ask->n_answered > 0) {
        TRY(table_print(&table, call->to, call->width, call->color, err));
    }
    tell_say(call, "%zu of %zu rows are answered.", ask->n_answered, file->n);
    exodus_show_unanswered(call, ask);
    show_place(call, "Rows");
    return 0;
}

/* ---- counterfactual ---- */

static void show_change(struct table *table, const struct exodus_change *change)
{
    table_number(table, change->as_is, 0);
    table_number(table, change->changed, 0);
    table_number(table, change->mean, 0);
    table_number(table, change->p5, 0);
    table_number(table, change->p95, 0);
}

static int show_effect_doors(const struct verb_call *call, const struct exodus_model *model,
                             const struct exodus_effect *effect, struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"of those who flee,\nadmitted at", TABLE_TEXT},
        {"as it\nwas", TABLE_NUMBER},
        {"changed", TABLE_NUMBER},
        {"difference", TABLE_NUMBER},
        {"p5", TABLE_NUMBER},
        {"p95", TABLE_NUMBER},
    };
    struct table table;
    table_init(&table, call->arena, columns, COUNT_OF(columns));
    for (uint32_t d = 0; d < model->n_doors; d++) {
        table_begin_row(&table);
        table_text(&table, model->doors[d].title);
        show_change(&table, &effect->entries[d]);
    }
    table_begin_row(&table);
    table_str(&table, "All doors");
    show_change(&table, &effect->entries_all);
    return table_print(&table, call->to, call->width, call->color, err);
}

static int show_effect_classes(const struct verb_call *call, const struct exodus_model *model,
                               const struct exodus_effect *effect, struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"class", TABLE_TEXT},        {"what becomes\nof them", TABLE_WORD},
        {"as it\nwas", TABLE_NUMBER}, {"changed", TABLE_NUMBER},
        {"difference", TABLE_NUMBER}, {"p5", TABLE_NUMBER},
        {"p95", TABLE_NUMBER},
    };
    struct table table;
    table_init(&table, call->arena, columns, COUNT_OF(columns));
    for (uint32_t c = 0; c < model->n_classes; c++) {
        const struct exodus_change *changes[] = {&effect->stopped[c], &effect->stranded[c],
                                                 &effect->in_russia[c]};
        static const char *const words[] = {"gave up", "stranded", "in Russia"};
        for (size_t i = 0; i < COUNT_OF(changes); i++) {
            table_begin_row(&table);
            table_text(&table, i == 0 ? model->classes[c].title : TEXT_LIT(""));
            table_str(&table, words[i]);
            show_change(&table, changes[i]);
        }
    }
    return table_print(&table, call->to, call->width, call->color, err);
}

static int show_effect(const struct verb_call *call, const struct exodus_made *made,
                       const struct exodus_effect *effect, struct ajar_err *err)
{
    const struct exodus_model *model = made->chain->input->model;
    const struct exodus_what_if *what_if = &model->what_ifs[effect->world - 1];
    struct text *said;
    size_t n;
    TRY(exodus_chain_say(call->arena, made->chain, effect, &said, &n, err));
    tell_heading(call, "%.*s (%.*s)", (int)what_if->title.n, what_if->title.at, (int)what_if->id.n,
                 what_if->id.at);
    for (size_t i = 0; i < n; i++) {
        fputs("  ", call->to);
        tell_text(call, said[i], 2);
    }
    TRY(show_effect_doors(call, model, effect, err));
    TRY(show_effect_classes(call, model, effect, err));
    if (isfinite(effect->narrower)) {
        tell_say(call,
                 "Pairs share people, chance and parameters: their difference is %.1f times "
                 "narrower than that of runs which share nothing.",
                 effect->narrower);
    } else {
        tell_say(call, "No pair of runs differs.");
    }
    return 0;
}

int exodus_show_counterfactual(const struct verb_call *call, const struct exodus_made *made,
                               struct ajar_err *err)
{
    const struct exodus_chain *chain = made->chain;
    char order[DATE_TEXT], to[DATE_TEXT];
    exodus_show_opening(call, made);
    for (size_t i = 0; i < chain->n_effects; i++) {
        TRY(show_effect(call, made, &chain->effects[i], err));
    }
    fputc('\n', call->to);
    tell_say(call,
             "People from %s to %s, of those who flee. Stranded and in Russia: on the last day; in "
             "Russia counts who waits, is undecided or gave up for good.",
             date_format(made->input->model->order, order),
             date_format(made->input->model->to, to));
    show_place(call, "Tables");
    return 0;
}
