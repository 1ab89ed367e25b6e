#include "watch_chain.h"

#include "watch_tables.h"

#define CHAIN_WATCH_CEILING ((size_t)1 << 30)
#define CHAIN_WATCH_TABLES  5

/* Days before the scenario's first day from which the replay looks: two weeks of baseline. */
#define CHAIN_WATCH_BEFORE 14
#define CHAIN_WATCH_AFTER  21

/* The last day of the replay: three weeks after the first alarm's first day, when what was counted in
 * the two weeks that follow it had been printed; without an alarm there is no end. */
static date_days chain_watch_until(const struct watch_scan *scan)
{
    date_days first = DATE_NONE;
    for (size_t i = 0; i < scan->n_alarms; i++) {
        date_days day = scan->alarms[i].run_from;
        first = first == DATE_NONE || day < first ? day : first;
    }
    return first == DATE_NONE ? DATE_NONE : first + CHAIN_WATCH_AFTER;
}

static int chain_watch_replay(struct arena *arena, const struct scenario *scenario,
                              struct watch_run_options options, struct pool *pool,
                              const struct watch *watch, struct watch_chain *out,
                              struct ajar_err *err)
{
    date_days to = chain_watch_until(&out->scan);
    for (int clock = WATCH_PUBLISHED; clock <= WATCH_NEXT_DAY; clock++) {
        options.clock = (enum watch_clock)clock;
        struct ajar_err why = {0};
        int code = watch_replay(arena, &out->input, &options, scenario->from - CHAIN_WATCH_BEFORE,
                                to, pool, watch, &out->replay[clock], &why);
        if (code == E_WATCH_NOTHING) { /* no source has a date: that clock stands still */
            out->replay[clock] = (struct watch_replay){0};
        } else if (code != 0) {
            if (err != NULL) {
                *err = why;
            }
            return code;
        }
    }
    return 0;
}

int watch_chain_run(struct arena *arena, const struct scenario *scenario, uint64_t seed,
                    struct pool *pool, const struct watch *watch, struct watch_chain *out,
                    struct ajar_err *err)
{
    struct watch_run_options options = watch_run_default();
    struct mirror_options mirror = mirror_options_default();
    *out = (struct watch_chain){0};
    out->input = (struct watch_input){.scenario = scenario, .name = scenario->dir};
    options.clock = WATCH_NEXT_DAY;
    options.as_known = scenario->as_known;
    options.since = scenario->from;
    options.detect.seed = seed;
    mirror.seed = seed;
    TRY(book_scenario(arena, scenario, &out->input.book, err));
    int code = out->input.book.n == 0
                   ? E_WATCH_NOTHING
                   : watch_scan(arena, &out->input, &options, pool, watch, &out->scan, err);
    if (code != 0 && code != E_WATCH_NOTHING) {
        return code;
    }
    out->counted = code == 0;
    if (out->counted) {
        TRY(chain_watch_replay(arena, scenario, options, pool, watch, out, err));
        TRY(net_table_make(arena, &out->input.book, scenario, WATCH_PUBLISHED, scenario->as_known,
                           0, &out->net, err));
    }
    if (scenario->trade.n > 0) {
        TRY(mirror_make(arena, scenario, &mirror, &out->mirror, err));
    }
    return 0;
}

static int chain_watch_keep(struct arena *arena, const char *name, struct buf *buf,
                            struct watch_file *out, struct ajar_err *err)
{
    const char *copy;
    int code = buf_ok(buf, err);
    code = code != 0 ? code : text_copy(arena, buf_view(buf), &copy, err);
    if (code == 0) {
        *out = (struct watch_file){name, {copy, buf->n}};
    }
    buf_free(buf);
    return code;
}

int watch_chain_files(struct arena *arena, const struct watch_chain *chain, struct watch_file **out,
                      size_t *n, struct ajar_err *err)
{
    struct watch_file *files, *scan = NULL;
    struct buf buf;
    size_t scan_n = 0, at = 0;
    if (chain->counted) {
        TRY(watch_scan_files(arena, &chain->scan, &scan, &scan_n, err));
    }
    TRY_NEW(files, arena, scan_n + CHAIN_WATCH_TABLES, err);
    for (; at < scan_n; at++) {
        files[at] = scan[at];
    }
    if (chain->counted) {
        buf_init(&buf, CHAIN_WATCH_CEILING);
        watch_replay_csv(&buf, &chain->replay[WATCH_PUBLISHED], true);
        watch_replay_csv(&buf, &chain->replay[WATCH_NEXT_DAY], false);
        TRY(chain_watch_keep(arena, "watch_replay.csv", &buf, &files[at++], err));
        buf_init(&buf, CHAIN_WATCH_CEILING);
        watch_net_csv(&buf, &chain->input, &chain->net);
        TRY(chain_watch_keep(arena, "watch_net.csv", &buf, &files[at++], err));
        buf_init(&buf, CHAIN_WATCH_CEILING);
        watch_stock_csv(&buf, &chain->input, &chain->net);
        TRY(chain_watch_keep(arena, "watch_stock.csv", &buf, &files[at++], err));
    }
    if (chain->mirror.n > 0) {
        buf_init(&buf, CHAIN_WATCH_CEILING);
        watch_trade_csv(&buf, chain->input.scenario, &chain->mirror);
        TRY(chain_watch_keep(arena, "watch_trade.csv", &buf, &files[at++], err));
        buf_init(&buf, CHAIN_WATCH_CEILING);
        watch_trade_months_csv(&buf, chain->input.scenario, &chain->mirror);
        TRY(chain_watch_keep(arena, "watch_trade_months.csv", &buf, &files[at++], err));
    }
    *out = files;
    *n = at;
    return 0;
}
