/* FLOW's tables of the output folder. */
#include <math.h>

#include "csv.h"
#include "flow_chain.h"

#define CHAIN_FILE_CEILING ((size_t)1 << 30)
#define CHAIN_TABLES       4

static void put_heads(struct csv_out *csv, const char *const *heads)
{
    for (; *heads != NULL; heads++) {
        csv_put_str(csv, *heads);
    }
    csv_end_row(csv);
}

static void put_day(struct csv_out *csv, const struct flow_chain *chain, int32_t day)
{
    char text[DATE_TEXT];
    csv_put_str(csv, date_format(chain->input.world.start + day, text));
}

static const struct flow_point_seen *seen_on(const struct flow_camp_seen *camp, int32_t day)
{
    for (size_t i = 0; i < camp->n; i++) {
        if (camp->at[i].day == day) {
            return &camp->at[i];
        }
    }
    return NULL;
}

static void put_camp_day(struct csv_out *csv, const struct flow_chain *chain, uint32_t camp,
                         int32_t day)
{
    static const int quantiles[] = {ENSEMBLE_P5, ENSEMBLE_P25, ENSEMBLE_P50, ENSEMBLE_P75,
                                    ENSEMBLE_P95};
    const struct flow_place *place = &chain->input.world.places[chain->seen[camp].place];
    const struct flow_point_seen *seen = seen_on(&chain->seen[camp], day);
    size_t at = (size_t)camp * (size_t)chain->camps.n_days + (size_t)day;
    put_day(csv, chain, day);
    csv_put_text(csv, place->name);
    csv_put_text(csv, place->country);
    bool shown = seen != NULL && !seen->hidden;
    csv_put_fixed(csv, shown ? seen->count : (double)NAN, 0);
    csv_put_fixed(csv, shown ? seen->first : (double)NAN, 0);
    csv_put_str(csv, seen == NULL     ? ""
                     : seen->hidden   ? "under 5"
                     : seen->computed ? "sum, computed"
                                      : "counted");
    csv_put_text(csv, seen == NULL ? (struct text){"", 0} : seen->source);
    csv_put_fixed(csv, chain->camps.mean[at], 1);
    for (size_t q = 0; q < sizeof quantiles / sizeof *quantiles; q++) {
        csv_put_fixed(csv, chain->camps.quantile[quantiles[q]][at], 1);
    }
    csv_put_str(csv, chain->made);
    csv_end_row(csv);
}

static int camps(struct buf *buf, const struct flow_chain *chain, struct ajar_err *err)
{
    static const char *const heads[] = {
        "date", "camp", "country", "observed", "first_counted", "observation", "source", "mean",
        "p5",   "p25",  "p50",     "p75",      "p95",           "computed",    NULL};
    struct csv_out csv;
    csv_out_init(&csv, buf);
    put_heads(&csv, heads);
    for (uint32_t i = 0; i < chain->plan.n_camps; i++) {
        for (int32_t day = 0; day < chain->camps.n_days; day++) {
            put_camp_day(&csv, chain, chain->by_size[i], day);
        }
    }
    return buf_ok(buf, err);
}

static void put_link(struct csv_out *csv, const struct flow_chain *chain, size_t way, int32_t day,
                     bool there)
{
    const struct flow_way_seen *at = &chain->ways[way];
    const struct flow_place *places = chain->input.world.places;
    double people = (there ? chain->there : chain->back)[(size_t)day * chain->n_ways + way];
    if (people <= 0) {
        return;
    }
    put_day(csv, chain, day);
    csv_put_text(csv, places[there ? at->a : at->b].name);
    csv_put_text(csv, places[there ? at->b : at->a].name);
    csv_put_number(csv, at->km);
    csv_put_fixed(csv, people, 1);
    csv_put_str(csv, chain->made);
    csv_end_row(csv);
}

static int links(struct buf *buf, const struct flow_chain *chain, struct ajar_err *err)
{
    static const char *const heads[] = {"date", "from", "to", "km", "people", "computed", NULL};
    struct csv_out csv;
    csv_out_init(&csv, buf);
    put_heads(&csv, heads);
    for (size_t way = 0; way < chain->n_ways; way++) {
        for (int32_t day = 0; day < chain->plan.n_days; day++) {
            put_link(&csv, chain, way, day, true);
            put_link(&csv, chain, way, day, false);
        }
    }
    return buf_ok(buf, err);
}

static void put_stock(struct csv_out *csv, const struct flow_chain *chain,
                      const struct flow_stock *stock)
{
    bool shown = stock->n_seen > 0 && !stock->hidden;
    csv_put_str(csv, stock->code);
    csv_put_text(csv, stock->country);
    csv_put_int(csv, (int64_t)stock->n_camps);
    csv_put_fixed(csv, shown ? stock->counted : (double)NAN, 0);
    if (shown) {
        put_day(csv, chain, stock->from);
        put_day(csv, chain, stock->to);
    } else {
        csv_put_str(csv, NULL);
        csv_put_str(csv, NULL);
    }
    put_day(csv, chain, chain->plan.n_days - 1);
    csv_put_fixed(csv, stock->mean, 0);
    csv_put_fixed(csv, stock->p5, 0);
    csv_put_fixed(csv, stock->p95, 0);
    csv_put_str(csv, chain->made);
    csv_end_row(csv);
}

static int hosts(struct buf *buf, const struct flow_chain *chain, struct ajar_err *err)
{
    static const char *const heads[] = {"country_iso3", "country",    "camps",    "last_counts",
                                        "counted_from", "counted_to", "date",     "mean",
                                        "p5",           "p95",        "computed", NULL};
    struct csv_out csv;
    csv_out_init(&csv, buf);
    put_heads(&csv, heads);
    for (size_t s = 0; s < chain->n_stocks; s++) {
        put_stock(&csv, chain, &chain->stocks[s]);
    }
    return buf_ok(buf, err);
}

static int scores(struct buf *buf, const struct flow_chain *chain, struct ajar_err *err)
{
    return flow_score_csv(buf, &chain->score, err);
}

static int keep(struct arena *arena, const struct flow_chain *chain,
                int (*write)(struct buf *, const struct flow_chain *, struct ajar_err *),
                struct text *out, struct ajar_err *err)
{
    struct buf buf;
    const char *copy = NULL;
    buf_init(&buf, CHAIN_FILE_CEILING);
    int code = write(&buf, chain, err);
    code = code != 0 ? code : text_copy(arena, buf_view(&buf), &copy, err);
    if (code == 0) {
        *out = (struct text){copy, buf.n};
    }
    buf_free(&buf);
    return code;
}

int flow_chain_files(struct arena *arena, const struct flow_chain *chain,
                     struct flow_chain_file **out, size_t *n, struct ajar_err *err)
{
    static const struct {
        const char *name;
        int (*write)(struct buf *, const struct flow_chain *, struct ajar_err *);
    } tables[CHAIN_TABLES] = {{"flow_camps.csv", camps},
                              {"flow_links.csv", links},
                              {"flow_hosts.csv", hosts},
                              {"flow_scores.csv", scores}};
    struct flow_chain_file *files;
    size_t count = chain->scored ? CHAIN_TABLES : CHAIN_TABLES - 1;
    TRY_NEW(files, arena, count, err);
    for (size_t i = 0; i < count; i++) {
        files[i].name = tables[i].name;
        TRY(keep(arena, chain, tables[i].write, &files[i].bytes, err));
    }
    *out = files;
    *n = count;
    return 0;
}
