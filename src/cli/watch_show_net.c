/* Entries, exits, net and stock side by side, never added up. */
#include <math.h>

#include "num.h"
#include "tell.h"
#include "watch_show.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* Where sources of one period contradict each other and both are read, net is a range. */
static void put_net(struct table *table, const struct net_point *point)
{
    char low[NUM_TEXT], high[NUM_TEXT], range[2 * NUM_TEXT + 8];
    if (!(point->net_low < point->net_high)) {
        table_number(table, point->net, 0);
        return;
    }
    num_format_grouped(point->net_low, 0, low);
    num_format_grouped(point->net_high, 0, high);
    snprintf(range, sizeof range, "%s to %s", low, high);
    table_str(table, range);
}

static int show_flows(const struct verb_call *call, const struct watch_input *input,
                      const struct net_table *net, struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"place", TABLE_WORD},          {"route", TABLE_TEXT},
        {"from", TABLE_WORD},           {"to", TABLE_WORD},
        {"in", TABLE_NUMBER},           {"out", TABLE_NUMBER},
        {"in - out", TABLE_NUMBER},     {"published\nnet", TABLE_NUMBER},
        {"does not\nfit", TABLE_NUMBER}};
    struct table table;
    table_init(&table, call->arena, columns, COUNT_OF(columns));
    for (size_t i = 0; i < net->n_points; i++) {
        const struct net_point *point = &net->points[i];
        table_begin_row(&table);
        watch_cell_name(&table, input, point->place);
        watch_cell_name(&table, input, point->route);
        watch_cell_day(&table, point->from);
        watch_cell_day(&table, point->to);
        table_number(&table, point->in, 0);
        table_number(&table, point->out, 0);
        put_net(&table, point);
        table_number(&table, point->published_net, 0);
        table_number(&table, point->discrepancy, 0);
    }
    tell_heading(call, "Entries and exits over the same days by the same route");
    return table_print(&table, call->to, call->width, call->color, err);
}

/* "GEO, 2021-12-31 to 2022-10-03: entries and exits are not known for all days (255 of 276 days)." */
static void show_why(const struct verb_call *call, const struct watch_input *input,
                     const struct net_stock *step)
{
    char start[DATE_TEXT], end[DATE_TEXT];
    struct text place = names_word(input->book.names, step->place);
    tell_say(call, "%.*s, %s to %s cannot be checked: %s (%d of %d days).", (int)place.n, place.at,
             date_format(step->start, start), date_format(step->end, end), step->why_not,
             (int)step->missing_days, (int)(step->end - step->start));
}

static int show_stocks(const struct verb_call *call, const struct watch_input *input,
                       const struct net_table *net, struct ajar_err *err)
{
    static const struct table_column columns[] = {{"place", TABLE_WORD},
                                                  {"route", TABLE_TEXT},
                                                  {"from", TABLE_WORD},
                                                  {"to", TABLE_WORD},
                                                  {"stock\nat start", TABLE_NUMBER},
                                                  {"expected\nat end", TABLE_NUMBER},
                                                  {"stock\nat end", TABLE_NUMBER},
                                                  {"does not\nfit", TABLE_NUMBER}};
    struct table table;
    table_init(&table, call->arena, columns, COUNT_OF(columns));
    for (size_t i = 0; i < net->n_stocks; i++) {
        const struct net_stock *step = &net->stocks[i];
        table_begin_row(&table);
        watch_cell_name(&table, input, step->place);
        watch_cell_name(&table, input, step->route);
        watch_cell_day(&table, step->start);
        watch_cell_day(&table, step->end);
        table_number(&table, step->stock_start, 0);
        table_number(&table, step->expected, 0);
        table_number(&table, step->stock_end, 0);
        table_number(&table, step->discrepancy, 0);
    }
    tell_heading(call, "Stocks: the later one against the earlier plus entries minus exits");
    TRY(table_print(&table, call->to, call->width, call->color, err));
    for (size_t i = 0; i < net->n_stocks; i++) {
        if (net->stocks[i].why_not != NULL) {
            show_why(call, input, &net->stocks[i]);
        }
    }
    return 0;
}

int watch_show_net(const struct verb_call *call, const struct watch_input *input,
                   const struct net_table *net, struct ajar_err *err)
{
    if (net->n_points == 0 && net->n_stocks == 0) {
        tell_say(call, "No entries and exits over the same days, no net and no two stocks are "
                       "known here. Nothing can be netted.");
        return 0;
    }
    tell_say(call, "Entries and exits are crossings: a commuter counts each time. Only their "
                   "difference, or a stock, says who stayed.");
    if (net->n_points > 0) {
        TRY(show_flows(call, input, net, err));
    }
    return net->n_stocks > 0 ? show_stocks(call, input, net, err) : 0;
}
