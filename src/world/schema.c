#include "schema.h"

#include <stddef.h>
#include <string.h>

#include "scenario.h"

#define COUNT_OF(array)      (sizeof(array) / sizeof *(array))
#define FIELD(table, member) .field = offsetof(struct table, member)
#define CHOICES(list)        .choices = (list), .n_choices = COUNT_OF(list)
#define KEY(column)          (UINT32_C(1) << (column))

static const char *const measure_tables[] = {"arrivals", "hosts"};
static const char *const measure_kinds[KIND_COUNT] = {
    [KIND_GROSS_IN] = "gross_in",
    [KIND_GROSS_OUT] = "gross_out",
    [KIND_BOTH_WAYS] = "both_ways",
    [KIND_NET] = "net",
    [KIND_STOCK] = "stock",
    [KIND_REFUSED] = "refused",
    [KIND_REGISTRATIONS] = "registrations",
    [KIND_PERMITS] = "permits",
    [KIND_APPLICATIONS] = "applications",
    [KIND_DECISIONS] = "decisions",
    [KIND_TRIPS] = "trips",
    [KIND_RATE] = "rate",
    [KIND_INDICATOR] = "indicator",
};
static const char *const place_types[] = {"origin", "crossing", "crossing_near", "crossing_proxy",
                                          "destination"};
static const char *const route_modes[] = {"road", "air", "ferry", "rail"};
static const char *const open_words[] = {"yes", "limited", "no"};
static const char *const income_periods[] = {"year", "month"};
static const char *const visa_marks[] = {"N", "K"};
static const char *const tiers[] = {"1", "2", "3.A", "3.B", "4.A", "4.B"};
static const char *const flows[] = {"export",          "import",       "export_change",
                                    "export_increase", "export_level", "sanctioned_increase_share"};
static const char *const key_tables[] = {"arrivals", "hosts", "trade", "doors", "pathways"};
static const char *const readings[] = {"a", "b", "both", "neither"};
static const char *const quantities[] = {"stock", "unit_cost", "absorption_cap", "funded",
                                         "cohort"};

static const struct schema_column sources_columns[] = {
    {"source_id", CELL_ID, FIELD(sources, id), .help = "The word by which rows name this source."},
    {"publisher", CELL_TEXT, FIELD(sources, publisher),
     .help = "Who published it; for a news copy of an official figure, both."},
    {"title", CELL_TEXT, FIELD(sources, title), .help = "Title of the page, table or act."},
    {"date", CELL_PARTIAL, true, FIELD(sources, date), .help = "When it was published."},
    {"url", CELL_URL, true, FIELD(sources, url), .help = "Where it can be read."},
};

static const struct schema_column measures_columns[] = {
    {"measure", CELL_ID, FIELD(measures, id),
     .help = "The word that rows of arrivals.csv (measure) or hosts.csv (indicator) use."},
    {"table", CELL_CHOICE, CHOICES(measure_tables), FIELD(measures, table),
     .help = "The table that uses it."},
    {"kind", CELL_KIND, CHOICES(measure_kinds), .fault = E_SCENARIO_KIND, FIELD(measures, kind),
     .help =
         "What sort of quantity it is.  Quantities of different kinds are never added.  A `net` "
         "figure is checked against `gross_in` minus `gross_out` of the same country, route, "
         "span and nationality that count alike: in one unit, with names that end alike, as "
         "`entries_rus` and `exits_rus` do."},
    {"nationality", CELL_COUNTRY, true, FIELD(measures, nationality),
     .help =
         "Whose people are counted; `ALL` for every nationality, empty where it does not apply."},
    {"unit", CELL_UNIT, FIELD(measures, unit), .help = "The unit that each of its rows must have."},
    {"definition", CELL_TEXT, FIELD(measures, definition),
     .help = "What exactly is counted, in a sentence."},
};

static const struct schema_column places_columns[] = {
    {"id", CELL_ID, FIELD(places, id), .help = "The word by which routes name the place."},
    {"name", CELL_TEXT, FIELD(places, name), .help = "Its name for people."},
    {"country_iso3", CELL_COUNTRY, FIELD(places, country), .help = "The country that it lies in."},
    {"lat", CELL_NUMBER, .min = -90, .max = 90, .fault = E_SCENARIO_LAT, .unit = "degrees north",
     FIELD(places, lat), .help = "Latitude (WGS 84)."},
    {"lon", CELL_NUMBER, .min = -180, .max = 180, .fault = E_SCENARIO_LON, .unit = "degrees east",
     FIELD(places, lon), .help = "Longitude (WGS 84)."},
    {"population", CELL_NUMBER, true, .min = 0, .max = 1e10, .unit = "persons",
     FIELD(places, population), .help = "People who live there."},
    {"type", CELL_CHOICE, CHOICES(place_types), .fault = E_SCENARIO_PLACE_TYPE, FIELD(places, type),
     .help = "What it is in the model.  `crossing_near`: the nearest town stands for the crossing; "
             "`crossing_proxy`: a rough stand-in."},
    {"source_id", CELL_SOURCE, FIELD(places, source), .help = "Where the row comes from."},
};

static const struct schema_column routes_columns[] = {
    {"from", CELL_PLACE, FIELD(routes, from), .help = "Where the route starts."},
    {"to", CELL_PLACE, FIELD(routes, to), .help = "Where it ends."},
    {"km", CELL_NUMBER, .min = 0, .max = 50000, .unit = "km", FIELD(routes, km),
     .help = "Its length."},
    {"mode", CELL_CHOICE, CHOICES(route_modes), .fault = E_SCENARIO_MODE, FIELD(routes, mode),
     .help = "How it is travelled."},
    {"source_id", CELL_SOURCE, FIELD(routes, source), .help = "Where the row comes from."},
};

static const struct schema_column hosts_columns[] = {
    {"country_iso3", CELL_COUNTRY, FIELD(hosts, country), .help = "The host country, or a group."},
    {"indicator", CELL_HOST_MEASURE, FIELD(hosts, indicator), .help = "What is measured."},
    {"value", CELL_NUMBER, FIELD(hosts, value), .help = "The figure."},
    {"unit", CELL_UNIT, FIELD(hosts, unit), .help = "Its unit; the one that measures.csv names."},
    {"date", CELL_PARTIAL, FIELD(hosts, date), .help = "The day, month or year that it holds for."},
    {"source_id", CELL_SOURCE, FIELD(hosts, source), .help = "Where the figure comes from."},
    {"note", CELL_TEXT, true, FIELD(hosts, note), .help = "Anything a reader must know."},
};

static const struct schema_column arrivals_columns[] = {
    {"date_from", CELL_DATE, FIELD(arrivals, from),
     .help = "First day of the span.  For a stock: since when the people counted came."},
    {"date_to", CELL_DATE, FIELD(arrivals, to),
     .help = "Last day of the span, included.  For a stock: the day on which it holds."},
    {"country_iso3", CELL_COUNTRY, FIELD(arrivals, country),
     .help = "The country that was entered, left or lived in; or a group."},
    {"route", CELL_WORD, FIELD(arrivals, route),
     .help = "How: `all`, `air`, `land`, or a crossing such as `land:Narva`."},
    {"measure", CELL_ARRIVAL_MEASURE, FIELD(arrivals, measure), .help = "What is counted."},
    {"value", CELL_NUMBER, .counts = true, FIELD(arrivals, value), .help = "The figure."},
    {"unit", CELL_UNIT, FIELD(arrivals, unit),
     .help = "Its unit; the one that measures.csv names."},
    {"source_id", CELL_SOURCE, FIELD(arrivals, source), .help = "Where the figure comes from."},
    {"note", CELL_TEXT, true, FIELD(arrivals, note), .help = "Anything a reader must know."},
};

static const struct schema_column doors_columns[] = {
    {"id", CELL_ID, FIELD(doors, id), .help = "The word for this version of the door."},
    {"country_iso3", CELL_COUNTRY, FIELD(doors, country), .help = "Whose rule it is."},
    {"from", CELL_DATE, FIELD(doors, from), .help = "First day that it holds."},
    {"to", CELL_DATE, true, FIELD(doors, to),
     .help = "Last day that it holds, included; empty: no end is known."},
    {"border", CELL_TEXT, FIELD(doors, border),
     .help = "Where it holds: borders, crossings, papers."},
    {"refused", CELL_LIST, true, FIELD(doors, refused), .help = "Who is refused."},
    {"exempt", CELL_LIST, true, FIELD(doors, exempt), .help = "Who is still admitted."},
    {"legal_basis", CELL_TEXT, FIELD(doors, legal_basis), .help = "The act or order, in words."},
    {"source_id", CELL_SOURCE, FIELD(doors, source), .help = "Where the row comes from."},
    {"note", CELL_TEXT, true, FIELD(doors, note), .help = "Anything a reader must know."},
};

static const struct schema_column pathways_columns[] = {
    {"id", CELL_ID, FIELD(pathways, id), .help = "The word for this pathway."},
    {"country_iso3", CELL_COUNTRY, FIELD(pathways, country), .help = "The country that offers it."},
    {"name", CELL_TEXT, FIELD(pathways, name), .help = "Its name for people."},
    {"category", CELL_LIST, FIELD(pathways, category),
     .help = "What it is for: `skilled_work`, `student`, `humanitarian` and the like."},
    {"from", CELL_DATE, true, FIELD(pathways, from), .help = "First day; empty: not found."},
    {"to", CELL_DATE, true, FIELD(pathways, to),
     .help = "Last day, included; empty: no end was found."},
    {"open_to_subject", CELL_CHOICE, CHOICES(open_words), FIELD(pathways, open_to_subject),
     .help = "Whether people of the nationality in `subject` can use it."},
    {"documents", CELL_LIST, true, FIELD(pathways, documents), .help = "Papers that it asks for."},
    {"degree_required", CELL_TEXT, true, FIELD(pathways, degree_required),
     .help = "`yes`, or what may stand in its place."},
    {"experience_years_min", CELL_NUMBER, true, .min = 0, .max = 80, .unit = "years",
     FIELD(pathways, experience_years_min), .help = "Least years of work."},
    {"job_offer_required", CELL_TEXT, true, FIELD(pathways, job_offer_required),
     .help = "`yes`, or what is asked for."},
    {"income_min", CELL_NUMBER, true, .min = 0, .max = 1e12, FIELD(pathways, income_min),
     .help = "Least income, in income_currency for each income_period."},
    {"income_currency", CELL_CURRENCY, true, FIELD(pathways, income_currency),
     .help = "Currency of income_min."},
    {"income_period", CELL_CHOICE, true, CHOICES(income_periods), FIELD(pathways, income_period),
     .help = "Period of income_min."},
    {"funds_min", CELL_NUMBER, true, .min = 0, .max = 1e15, FIELD(pathways, funds_min),
     .help = "Least savings, in funds_currency."},
    {"funds_currency", CELL_CURRENCY, true, FIELD(pathways, funds_currency),
     .help = "Currency of funds_min."},
    {"age_min", CELL_NUMBER, true, .min = 0, .max = 150, .unit = "years", FIELD(pathways, age_min),
     .help = "Least age."},
    {"age_max", CELL_NUMBER, true, .min = 0, .max = 150, .unit = "years", FIELD(pathways, age_max),
     .help = "Greatest age."},
    {"relation", CELL_LIST, true, FIELD(pathways, relation), .help = "Kinship that it asks for."},
    {"occupation", CELL_LIST, true, FIELD(pathways, occupation), .help = "Work that it asks for."},
    {"employer_condition", CELL_TEXT, true, FIELD(pathways, employer_condition),
     .help = "What the employer must be."},
    {"quota", CELL_TEXT, true, FIELD(pathways, quota), .help = "A limit on numbers, in words."},
    {"fee", CELL_NUMBER, true, .min = 0, .max = 1e12, FIELD(pathways, fee),
     .help = "What it costs, in fee_currency."},
    {"fee_currency", CELL_CURRENCY, true, FIELD(pathways, fee_currency),
     .help = "Currency of fee."},
    {"processing_days", CELL_NUMBER, true, .min = 0, .max = 3660, .unit = "days",
     FIELD(pathways, processing_days), .help = "How long a decision takes."},
    {"validity_months", CELL_NUMBER, true, .min = 0, .max = 1200, .unit = "months",
     FIELD(pathways, validity_months), .help = "How long it lasts."},
    {"legal_basis", CELL_TEXT, true, FIELD(pathways, legal_basis),
     .help = "The act or order, in words."},
    {"source_id", CELL_SOURCE, FIELD(pathways, source), .help = "Where the row comes from."},
    {"note", CELL_TEXT, true, FIELD(pathways, note), .help = "Anything a reader must know."},
};

static const struct schema_column visa_free_columns[] = {
    {"country_iso3", CELL_COUNTRY, FIELD(visa_free, country),
     .help = "The country that may be entered without a visa."},
    {"valid_from", CELL_DATE, FIELD(visa_free, from), .help = "First day of the rule."},
    {"valid_to", CELL_DATE, true, FIELD(visa_free, to),
     .help = "Last day, included; empty: no end is known."},
    {"max_days", CELL_NUMBER, true, .min = 1, .max = 3660, .unit = "days",
     FIELD(visa_free, max_days), .help = "Days allowed; empty: no limit was found."},
    {"window_days", CELL_NUMBER, true, .min = 1, .max = 3660, .unit = "days",
     FIELD(visa_free, window_days), .help = "Within how many days; empty: for each stay."},
    {"internal_passport", CELL_TEXT, true, FIELD(visa_free, internal_passport),
     .help = "Whether the internal passport is enough."},
    {"notes", CELL_TEXT, true, FIELD(visa_free, notes), .help = "Anything a reader must know."},
    {"source_id", CELL_SOURCE, true, FIELD(visa_free, source),
     .help = "Where the row comes from; empty only where mark is `K`."},
    {"mark", CELL_CHOICE, CHOICES(visa_marks), FIELD(visa_free, mark),
     .help = "`N`: read in the source named; `K`: general knowledge, without a source."},
};

static const struct schema_column hs_priority_columns[] = {
    {"hs6", CELL_HS6, FIELD(hs_list, hs6), .help = "Code of the Harmonized System."},
    {"tier", CELL_CHOICE, CHOICES(tiers), .fault = E_SCENARIO_TIER, FIELD(hs_list, tier),
     .help = "Tier of the common high priority list."},
    {"tier_meaning", CELL_TEXT, FIELD(hs_list, tier_meaning), .help = "The tier in words."},
    {"description", CELL_TEXT, FIELD(hs_list, description), .help = "The goods in words."},
    {"list_date", CELL_PARTIAL, FIELD(hs_list, list_date), .help = "Which edition of the list."},
    {"source_id", CELL_SOURCE, FIELD(hs_list, source), .help = "Who keeps the list."},
    {"codes_copied_from", CELL_SOURCE, FIELD(hs_list, copied_from),
     .help = "The source from which the codes were copied."},
};

static const struct schema_column trade_columns[] = {
    {"reporter_iso3", CELL_COUNTRY, FIELD(trade, reporter), .help = "Whose books it stands in."},
    {"partner_iso3", CELL_COUNTRY, FIELD(trade, partner), .help = "The other side."},
    {"period", CELL_PERIOD, FIELD(trade, period), .help = "The year or month."},
    {"flow", CELL_CHOICE, CHOICES(flows), .fault = E_SCENARIO_FLOW, FIELD(trade, flow),
     .help = "`export`, `import`, or a published change."},
    {"hs", CELL_HS, FIELD(trade, hs),
     .help = "The goods: `TOTAL`, or an HS code of 2, 4 or 6 digits."},
    {"value", CELL_NUMBER, .counts = true, FIELD(trade, value), .help = "The figure."},
    {"unit", CELL_UNIT, FIELD(trade, unit), .help = "Its unit."},
    {"source_id", CELL_SOURCE, FIELD(trade, source), .help = "Where the figure comes from."},
    {"note", CELL_TEXT, true, FIELD(trade, note), .help = "Anything a reader must know."},
};

static const struct schema_column koenigstein_columns[] = {
    {"iso3166_2", CELL_LAND, FIELD(shares, code), .help = "The federal state."},
    {"land", CELL_TEXT, FIELD(shares, name), .help = "Its name."},
    {"share_percent", CELL_NUMBER, .min = 0, .max = 100, .unit = "percent", FIELD(shares, percent),
     .help = "Its share; all shares of one year sum to 100."},
    {"key_year", CELL_WHOLE, .min = 1949, .max = 2100, FIELD(shares, key_year),
     .help = "The year of the key."},
    {"source_id", CELL_SOURCE, FIELD(shares, source), .help = "Where the row comes from."},
    {"note", CELL_TEXT, true, FIELD(shares, note), .help = "Anything a reader must know."},
};

static const struct schema_column contradictions_columns[] = {
    {"id", CELL_ID, FIELD(contradictions, id), .help = "The word for this contradiction."},
    {"topic", CELL_TEXT, FIELD(contradictions, topic), .help = "What it is about."},
    {"table_a", CELL_CHOICE, CHOICES(key_tables), FIELD(contradictions, table_a),
     .help = "Table of the first statement."},
    {"key_a", CELL_TEXT, FIELD(contradictions, rows_a),
     .help = "Key of its row: the key columns joined with `|`."},
    {"source_a", CELL_SOURCE, FIELD(contradictions, source_a), .help = "Its source."},
    {"table_b", CELL_CHOICE, true, CHOICES(key_tables), FIELD(contradictions, table_b),
     .help = "Table of the second statement; empty with key_b and source_b where the other side "
             "is in no table and `difference` says it."},
    {"key_b", CELL_TEXT, true, FIELD(contradictions, rows_b), .help = "Key of its row."},
    {"source_b", CELL_SOURCE, true, FIELD(contradictions, source_b), .help = "Its source."},
    {"difference", CELL_TEXT, FIELD(contradictions, difference),
     .help = "In what they differ, with the figures."},
    {"reading", CELL_CHOICE, CHOICES(readings), .fault = E_SCENARIO_READING,
     FIELD(contradictions, reading), .help = "Which side is used."},
    {"used_in", CELL_TEXT, FIELD(contradictions, used_in), .help = "Which part uses that reading."},
    {"why", CELL_TEXT, FIELD(contradictions, why), .help = "Why that reading."},
};

static const struct schema_column assumptions_columns[] = {
    {"id", CELL_ID, FIELD(assumptions, id), .help = "The word for this assumption."},
    {"country_iso3", CELL_COUNTRY, FIELD(assumptions, country),
     .help = "The host; `ALL` holds for every host that has no row of its own."},
    {"quantity", CELL_CHOICE, CHOICES(quantities), .fault = E_SCENARIO_QUANTITY,
     FIELD(assumptions, quantity),
     .help = "What is assumed: `stock` (persons who need support), `unit_cost` (money a person for "
             "the period), `absorption_cap` (most money that can be spent well), `funded` (money "
             "that is there already), `cohort` (a figure of a made-up cohort, which "
             "place/cohort.yaml names by the row's id)."},
    {"low", CELL_NUMBER, .counts = true, .min = 0, .max = 1e15, .fault = E_SCENARIO_NEGATIVE,
     FIELD(assumptions, low), .help = "Least plausible value."},
    {"central", CELL_NUMBER, .counts = true, .min = 0, .max = 1e15, .fault = E_SCENARIO_NEGATIVE,
     FIELD(assumptions, central), .help = "The value that is used."},
    {"high", CELL_NUMBER, .counts = true, .min = 0, .max = 1e15, .fault = E_SCENARIO_NEGATIVE,
     FIELD(assumptions, high), .help = "Greatest plausible value."},
    {"unit", CELL_UNIT, FIELD(assumptions, unit), .help = "Unit of the three."},
    {"date", CELL_PARTIAL, FIELD(assumptions, date), .help = "When it was assumed."},
    {"reason", CELL_TEXT, FIELD(assumptions, reason), .help = "Why these values are reasonable."},
};

#define TABLE(word, member, list)                                                                  \
    .name = (word), .file = word ".csv", .columns = (list), .n = COUNT_OF(list),                   \
    .offset = offsetof(struct scenario, member)

static const struct schema_table tables[SCHEMA_COUNT] = {
    [SCHEMA_SOURCES] = {TABLE("sources", sources, sources_columns), .key = KEY(0),
                        .help = "Where every figure and rule comes from."},
    [SCHEMA_MEASURES] = {TABLE("measures", measures, measures_columns), .key = KEY(0) | KEY(1),
                         .help = "What the figures of arrivals.csv and hosts.csv count.  Rows of "
                                 "different measures are never added."},
    [SCHEMA_PLACES] = {TABLE("places", places, places_columns), .may_be_empty = true, .key = KEY(0),
                       .help = "Towns, crossings and destinations."},
    [SCHEMA_ROUTES] = {TABLE("routes", routes, routes_columns), .may_be_empty = true,
                       .key = KEY(0) | KEY(1) | KEY(3),
                       .help =
                           "Ways between places.  Each can be used both ways, so a route and its "
                           "way back are one row."},
    [SCHEMA_HOSTS] = {TABLE("hosts", hosts, hosts_columns),
                      .key = KEY(0) | KEY(1) | KEY(4) | KEY(5),
                      .help = "What is known of host countries.  Each host of the aid split needs "
                              "`population` and `gdp_per_capita_current_usd`."},
    [SCHEMA_ARRIVALS] =
        {TABLE("arrivals", arrivals, arrivals_columns),
         .key = KEY(0) | KEY(1) | KEY(2) | KEY(3) | KEY(4) | KEY(7),
         .help = "Counts by span of days, country and route.  Two rows of one country, route and "
                 "measure whose spans are equal (from different sources, with different values) or "
                 "overlap without one lying inside the other must be declared in "
                 "contradictions.csv.  A week and its days are fine."},
    [SCHEMA_DOORS] = {TABLE("doors", doors, doors_columns), .may_be_empty = true, .key = KEY(0),
                      .help = "Rules of entry and exit with their dates."},
    [SCHEMA_PATHWAYS] = {TABLE("pathways", pathways, pathways_columns), .optional = true,
                         .may_be_empty = true, .key = KEY(0),
                         .help = "Legal ways to stay: visas, permits, asylum.  Empty cells mean "
                                 "\"not found\", not \"not required\"."},
    [SCHEMA_VISA_FREE] = {TABLE("visa_free", visa_free, visa_free_columns), .optional = true,
                          .may_be_empty = true, .key = KEY(0) | KEY(1) | KEY(4),
                          .help =
                              "Stays without a visa.  A country with two limits (for each stay, "
                              "and in a window of days) has two rows."},
    [SCHEMA_HS_PRIORITY] = {TABLE("hs_priority", hs_list, hs_priority_columns), .optional = true,
                            .may_be_empty = true, .key = KEY(0),
                            .help = "Goods of the common high priority list."},
    [SCHEMA_TRADE] = {TABLE("trade", trade, trade_columns), .optional = true, .may_be_empty = true,
                      .key = KEY(0) | KEY(1) | KEY(2) | KEY(3) | KEY(4) | KEY(7),
                      .help = "Exports and imports as each side's books have them."},
    [SCHEMA_KOENIGSTEIN] = {TABLE("koenigstein", koenigstein, koenigstein_columns),
                            .optional = true, .may_be_empty = true, .key = KEY(0),
                            .help = "The key by which Germany's federal states share."},
    [SCHEMA_CONTRADICTIONS] =
        {TABLE("contradictions", contradictions, contradictions_columns), .may_be_empty = true,
         .key = KEY(0),
         .help =
             "Statements that do not agree, kept visible.  A side names a row by its key: "
             "`country|route|measure|date_from|date_to` in arrivals, `country|indicator|date` "
             "in hosts, `reporter|partner|period|flow|hs` in trade, `id` in doors and pathways."},
    [SCHEMA_ASSUMPTIONS] =
        {TABLE("assumptions", assumptions, assumptions_columns), .may_be_empty = true,
         .key = KEY(0),
         .help = "Figures that no source gives, each with a range and a reason.  Each "
                 "host of the aid split needs `unit_cost`, `funded` and "
                 "`absorption_cap`, and `stock` where it is assumed."},
};

const struct schema_table *schema_table(enum schema_name name)
{
    return &tables[name];
}

int schema_find(struct text name)
{
    for (int i = 0; i < SCHEMA_COUNT; i++) {
        if (text_is(name, tables[i].name)) {
            return i;
        }
    }
    return -1;
}

int schema_column(const struct schema_table *table, struct text name)
{
    for (size_t c = 0; c < table->n; c++) {
        if (text_is(name, table->columns[c].name)) {
            return (int)c;
        }
    }
    return -1;
}

const char *measure_kind_word(enum measure_kind kind)
{
    return measure_kinds[kind];
}

const struct schema_setting schema_settings[] = {
    {"title", "text", false, "Name of the scenario."},
    {"summary", "text", false, "One or two sentences on what it is for."},
    {"subject", "a country code", false, "Nationality of the people on the move."},
    {"from", "a date", false, "First day that the scenario is about."},
    {"to", "a date", false, "Last day, included."},
    {"as_known", "a date", true,
     "Sources published after this day are left out of the stocks of the aid split and of the "
     "report's pictures."},
    {"aid", "a map", true, "Settings of the aid split; leave it out when there is none."},
    {"aid.budget", "a positive number", false, "Money to split."},
    {"aid.unit", "`USD` or `EUR`", false, "Its currency."},
    {"aid.alpha", "a positive number or `inf`", false,
     "How much severity may tilt coverage: hardly at `inf`, which raises the least covered host "
     "first; in proportion at 1."},
    {"aid.tranche", "zero or a positive number", false,
     "Smallest amount that is paid out; 0: none."},
    {"aid.hosts", "a list", false, "The hosts that take part."},
    {"aid.hosts[].country", "a country code", false, "The host."},
    {"aid.hosts[].stock", "`assumed`, `flow` or a map", false,
     "People who need support there: `assumed` takes quantity `stock` of assumptions.csv; `flow` "
     "takes who came with the flight and stayed, as the exodus of the scenario (exodus/model.yaml) "
     "forecasts it, with its 5th and 95th percentile, or, where there is none, who stands in the "
     "country's camps on the last day of the conflict (flow/flow.yaml); a map "
     "with `route`, `measure`, `from`, `to` (and `source` where two rows share these) names a row "
     "of arrivals.csv of kind `stock` or `net`."},
};
const size_t schema_n_settings = COUNT_OF(schema_settings);
