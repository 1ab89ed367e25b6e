/* The written part of a scenario from a conflict. */
#include "country.h"
#include "json.h"
#include "scenario_flow_parts.h"

struct text scenario_flow_title(const struct scenario_flow *it)
{
    return it->options->title != NULL ? text_of(it->options->title) : it->input->world.title;
}

static const char *name_of(const char *code)
{
    return country_at((size_t)country_find(text_of(code)))->name;
}

static void put_date(struct buf *buf, date_days day)
{
    char text[DATE_TEXT];
    buf_str(buf, date_format(day, text));
}

static date_days last_day(const struct flow_world *world)
{
    return world->start + world->n_days - 1;
}

void scenario_flow_summary(struct buf *buf, const struct scenario_flow *it)
{
    const struct flow_world *world = &it->input->world;
    buf_printf(buf, "People who fled %s, from ", name_of(it->subject));
    put_date(buf, world->start);
    buf_str(buf, " to ");
    put_date(buf, last_day(world));
    buf_printf(buf, ": %zu camps in %zu countries, as their registers reported them.",
               world->n_camps, it->made.n_hosts);
}

/* A text of YAML in double quotes, which JSON's are. */
static void put_quoted(struct buf *buf, struct text text)
{
    struct json_out json;
    json_out_init(&json, buf, false);
    json_put_text(&json, text);
}

static void put_hosts(struct buf *buf, const struct scenario_flow *it)
{
    for (size_t h = 0; h < it->n_hosts; h++) {
        buf_printf(buf, "#    - {country: %s, stock: flow}\n", it->hosts[h].code);
    }
}

void scenario_flow_settings(struct buf *buf, const struct scenario_flow *it)
{
    const struct flow_world *world = &it->input->world;
    struct buf summary;
    buf_init(&summary, 4096);
    scenario_flow_summary(&summary, it);
    buf_str(buf, "# Settings of the scenario. The tables are in the CSV files beside this one, the "
                 "conflict in flow/.\ntitle: ");
    put_quoted(buf, scenario_flow_title(it));
    buf_str(buf, "\nsummary: ");
    put_quoted(buf, buf_view(&summary));
    buf_printf(buf, "\nsubject: %s\nfrom: ", it->subject);
    put_date(buf, world->start);
    buf_str(buf, "\nto: ");
    put_date(buf, last_day(world));
    buf_str(
        buf,
        "\n\n# AID is left out: no row says what support costs, nor what a host has. To turn it "
        "on, write into\n# hosts.csv the population and gdp_per_capita_current_usd of each host "
        "(with rows in measures.csv and\n# sources.csv), into assumptions.csv unit_cost, funded "
        "and absorption_cap, and take the first # off\n# these lines; docs/aid.md says what "
        "they mean.\n#aid:\n#  budget: 1000000\n#  unit: USD\n#  alpha: inf\n#  tranche: 0\n"
        "#  hosts:\n");
    put_hosts(buf, it);
    buf_free(&summary);
}

void scenario_flow_readme(struct buf *buf, const struct scenario_flow *it)
{
    const struct flow_world *world = &it->input->world;
    buf_str(buf, "# ");
    buf_text(buf, scenario_flow_title(it));
    buf_str(buf, "\n\n");
    scenario_flow_summary(buf, it);
    buf_printf(buf,
               "\n\nMade by `ajar scenario new --conflict` from a conflict that `ajar flow import` "
               "made: %zu places, %zu roads,\n%zu reports. `ajar scenario check` finds no fault in "
               "it; `ajar run` goes through it.\n\n",
               world->n_places, world->n_roads, world->n_reports);
    buf_str(buf, "| file | what the conflict gave |\n| --- | --- |\n"
                 "| flow/ | the conflict as it was imported |\n");
    buf_printf(
        buf,
        "| arrivals.csv | %zu rows: the rise of each register from report to report, and its "
        "last report; where a register fell (%zu times) there is no row |\n",
        it->made.n_rows, it->made.n_falls);
    buf_printf(buf, "| hosts.csv | people registered in the camps of %zu countries |\n",
               it->made.n_hosts);
    buf_str(
        buf,
        "| places.csv | towns of origin, camps of destination; the roads are in flow/roads.csv |\n"
        "| sources.csv | the files that the counts came from |\n\n"
        "## What it does not have\n\n"
        "| part | left out until |\n| --- | --- |\n"
        "| DOORS | there are rules of entry in doors/ (docs/rules.md) |\n"
        "| PLACE | there is place/cohort.yaml, and DOORS (docs/cohort.md) |\n"
        "| AID | scenario.yaml names a budget and hosts, with their figures in hosts.csv and "
        "assumptions.csv (docs/aid.md) |\n\n"
        "## Origin and licence\n\n"
        "Those of the conflict. Write here who counted, who compiled it and when, and under what "
        "terms it may be passed on.\n");
}
