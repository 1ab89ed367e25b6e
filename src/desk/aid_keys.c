/* Who would take part by a published key.  A comparison that is shown; nothing follows from it.
 *
 * 50/50: half the share of the population, half the share of GDP (Regulation (EU) 2024/1351, as
 * computed over all members with figures in the tables).
 *
 * 2015: 40 % population, 40 % GDP, and two correctives of 10 % each, in inverse proportion to past
 * applications per head and to unemployment, each at most 30 % of the member's own population and
 * GDP effect (COM(2015) 450, annex).  What the ceilings leave is shared here half by population,
 * half by GDP. */
#include <math.h>
#include <string.h>

#include "aid_parts.h"

static const char aid_members[27][4] = {
    "AUT", "BEL", "BGR", "CYP", "CZE", "DEU", "DNK", "ESP", "EST",
    "FIN", "FRA", "GRC", "HRV", "HUN", "IRL", "ITA", "LTU", "LUX",
    "LVA", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "SWE",
};
enum { AID_MEMBERS = sizeof aid_members / sizeof *aid_members };

#define AID_CORRECTIVE_CEILING 0.3 /* of the member's population and GDP effect */

/* One figure of a member, and its source among those named already. */
struct aid_key_reader {
    const struct scenario *scenario;
    name_id country;
    struct buf *sources;
};

static void aid_key_source(const struct aid_key_reader *reader, name_id source)
{
    struct text word = scenario_name(reader->scenario, source), rest = buf_view(reader->sources);
    while (rest.n > 0) {
        struct text seen = text_trim(text_split(rest, ';', &rest));
        if (text_eq(seen, word)) {
            return;
        }
    }
    buf_str(reader->sources, reader->sources->n > 0 ? "; " : "");
    buf_text(reader->sources, word);
}

static double aid_key_figure(const struct aid_key_reader *reader, const char *indicator,
                             date_days limit)
{
    uint32_t row =
        aid_scenario_indicator(reader->scenario, reader->country, indicator, limit, false);
    if (row == SCENARIO_NO_ROW) {
        return (double)NAN;
    }
    aid_key_source(reader, reader->scenario->hosts.source[row]);
    return reader->scenario->hosts.value[row];
}

/* One member's row; false when it has no population or GDP in the tables. */
static int aid_key_row(struct arena *arena, const struct scenario *scenario, const char *code,
                       struct aid_key_row *out, bool *found, struct ajar_err *err)
{
    struct buf sources;
    date_days end = aid_scenario_year_end(scenario);
    struct aid_key_reader reader = {scenario, scenario_word(scenario, code), &sources};
    struct aid_key_row row = {.code = code, .share_50_50 = (double)NAN, .share_2015 = (double)NAN};
    *found = false;
    if (reader.country == 0) {
        return 0;
    }
    buf_init(&sources, 4096);
    row.name = country_name(reader.country);
    row.population = aid_key_figure(&reader, "population", end);
    row.gdp_usd = aid_key_figure(&reader, "gdp_current_usd", end);
    *found = row.population > 0 && row.gdp_usd > 0;
    row.unemployment_percent = aid_key_figure(&reader, "unemployment_rate", end);
    row.refugees = aid_key_figure(&reader, "refugees_total", scenario->from - 1);
    row.pledge_persons = aid_key_figure(&reader, "vsm_pledge", end);
    int code_ = buf_ok(&sources, err);
    if (code_ == 0) {
        code_ = text_copy(arena, buf_view(&sources), &row.source, err);
    }
    buf_free(&sources);
    *out = row;
    return code_;
}

static void aid_key_50_50(struct aid_keys *keys)
{
    double population = 0, gdp = 0;
    for (size_t i = 0; i < keys->n; i++) {
        population += keys->row[i].population;
        gdp += keys->row[i].gdp_usd;
    }
    for (size_t i = 0; i < keys->n; i++) {
        struct aid_key_row *row = &keys->row[i];
        row->share_50_50 = 0.5 * row->population / population + 0.5 * row->gdp_usd / gdp;
    }
}

static bool aid_key_has_2015(const struct aid_key_row *row)
{
    return row->refugees > 0 && row->unemployment_percent > 0;
}

/* Over the members that have all four inputs. */
static void aid_key_2015(struct aid_keys *keys)
{
    double population = 0, gdp = 0, calm = 0, work = 0, given = 0;
    for (size_t i = 0; i < keys->n; i++) {
        const struct aid_key_row *row = &keys->row[i];
        if (aid_key_has_2015(row)) {
            population += row->population;
            gdp += row->gdp_usd;
            calm += row->population / row->refugees;
            work += 1 / row->unemployment_percent;
        }
    }
    for (size_t i = 0; i < keys->n; i++) {
        struct aid_key_row *row = &keys->row[i];
        if (aid_key_has_2015(row)) {
            double size = row->population / population, wealth = row->gdp_usd / gdp;
            double ceiling = AID_CORRECTIVE_CEILING * (size + wealth);
            row->share_2015 = 0.4 * size + 0.4 * wealth +
                              0.1 * fmin(row->population / row->refugees / calm, ceiling) +
                              0.1 * fmin(1 / row->unemployment_percent / work, ceiling);
            given += row->share_2015;
        }
    }
    for (size_t i = 0; i < keys->n; i++) {
        struct aid_key_row *row = &keys->row[i];
        if (aid_key_has_2015(row)) {
            row->share_2015 +=
                (1 - given) * 0.5 * (row->population / population + row->gdp_usd / gdp);
        }
    }
}

static int aid_key_lands(struct arena *arena, const struct scenario *scenario,
                         struct aid_keys *keys, struct ajar_err *err)
{
    const struct shares *shares = &scenario->koenigstein;
    double whole = (double)NAN;
    for (size_t i = 0; i < keys->n; i++) {
        if (strcmp(keys->row[i].code, "DEU") == 0) {
            whole = keys->row[i].share_50_50;
        }
    }
    TRY_NEW(keys->land, arena, shares->n, err);
    keys->n_lands = shares->n;
    for (size_t i = 0; i < shares->n; i++) {
        struct aid_land_row *land = &keys->land[i];
        TRY(text_copy(arena, scenario_name(scenario, shares->code[i]), &land->code, err));
        TRY(text_copy(arena, shares->name[i], &land->name, err));
        TRY(text_copy(arena, scenario_name(scenario, shares->source[i]), &land->source, err));
        land->percent = shares->percent[i];
        land->key_year = shares->key_year[i];
        land->of_all = land->percent / 100 * whole;
    }
    return 0;
}

/* "; no figures for AUT, BEL" of the members that `has` leaves out. */
static void aid_key_missing(struct buf *buf, const struct aid_keys *keys, bool all_inputs)
{
    const char *between = " No figures for: ";
    for (size_t m = 0; m < AID_MEMBERS; m++) {
        bool found = false;
        for (size_t i = 0; i < keys->n; i++) {
            found = found || (strcmp(keys->row[i].code, aid_members[m]) == 0 &&
                              (!all_inputs || aid_key_has_2015(&keys->row[i])));
        }
        if (!found) {
            buf_printf(buf, "%s%s", between, aid_members[m]);
            between = ", ";
        }
    }
    if (between[0] == ',') {
        buf_char(buf, '.');
    }
}

static int aid_key_notes(struct arena *arena, const struct scenario *scenario,
                         struct aid_keys *keys, struct ajar_err *err)
{
    struct buf buf;
    int year, past, month, day;
    date_to_civil(aid_scenario_year_end(scenario), &year, &month, &day);
    date_to_civil(scenario->from - 1, &past, &month, &day);
    buf_init(&buf, 8192);
    buf_printf(&buf,
               "Half the share of the population, half the share of gross domestic product in "
               "current US dollars, over %zu of the %d members of the European Union; the latest "
               "figures up to the end of %d.",
               keys->n, (int)AID_MEMBERS, year);
    aid_key_missing(&buf, keys, false);
    int code = buf_ok(&buf, err);
    if (code == 0) {
        code = text_copy(arena, buf_view(&buf), &keys->note_50_50, err);
    }
    buf_free(&buf);
    TRY(code);
    buf_init(&buf, 8192);
    buf_str(&buf, "40 percent population, 40 percent gross domestic product, and two correctives "
                  "of 10 percent each that fall as the figure rises and are held to 30 percent of "
                  "a member's population and GDP effect; what that leaves is shared half by "
                  "population, half by GDP. The key counts asylum applications and resettled "
                  "refugees per head over five years. That series is not in the tables: refugees "
                  "present per head, latest figures before the scenario begins, stand in for it.");
    buf_printf(&buf, " Unemployment: latest up to the end of %d.", year);
    aid_key_missing(&buf, keys, true);
    code = buf_ok(&buf, err);
    if (code == 0) {
        code = text_copy(arena, buf_view(&buf), &keys->note_2015, err);
    }
    buf_free(&buf);
    return code;
}

int aid_keys_make(struct arena *arena, const struct scenario *scenario, struct aid_keys *out,
                  struct ajar_err *err)
{
    struct aid_keys keys = {.note_50_50 = "", .note_2015 = ""};
    TRY_NEW(keys.row, arena, AID_MEMBERS, err);
    for (size_t m = 0; m < AID_MEMBERS; m++) {
        bool found = false;
        TRY(aid_key_row(arena, scenario, aid_members[m], &keys.row[keys.n], &found, err));
        keys.n += found;
    }
    if (keys.n > 0) {
        aid_key_50_50(&keys);
        aid_key_2015(&keys);
        TRY(aid_key_lands(arena, scenario, &keys, err));
        TRY(aid_key_notes(arena, scenario, &keys, err));
    }
    *out = keys;
    return 0;
}
