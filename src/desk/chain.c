#include "chain.h"

#include "aid_stocks.h"
#include "chain_tables.h"
#include "file.h"
#include "package_out.h"
#include "report.h"
#include "report_conflict.h"
#include "trail_chain.h"

#define CHAIN_TABLE_CEILING  ((size_t)1 << 30)
#define CHAIN_REPORT_CEILING ((size_t)64 << 20)

/* Where the chain writes: the folder, and the package that lists what is in it. */
struct chain_writer {
    struct file_folder folder;
    struct package_out package;
    struct trail trail;
    struct arena *arena;
};

static int chain_write(struct chain_writer *writer, const char *name, struct text bytes,
                       struct ajar_err *err)
{
    TRY(file_folder_write(&writer->folder, writer->arena, name, bytes, err));
    TRY(trail_add_file(&writer->trail, name, bytes, err));
    return package_out_add(&writer->package, name, bytes, err);
}

static int chain_write_table(struct chain_writer *writer, const struct scenario *scenario,
                             const struct chain_table *table, struct ajar_err *err)
{
    struct buf buf;
    buf_init(&buf, CHAIN_TABLE_CEILING);
    int code = table->write(&buf, writer->arena, scenario, err);
    code = code != 0 ? code : buf_ok(&buf, err);
    code = code != 0 ? code : chain_write(writer, table->name, buf_view(&buf), err);
    buf_free(&buf);
    return code;
}

static int chain_write_tables(struct chain_writer *writer, const struct scenario *scenario,
                              struct ajar_err *err)
{
    for (size_t i = 0; i < chain_n_tables; i++) {
        TRY(chain_write_table(writer, scenario, &chain_tables[i], err));
    }
    return 0;
}

static int chain_write_aid(struct chain_writer *writer, const struct aid_job *job,
                           struct ajar_err *err)
{
    struct aid_file *files;
    size_t n;
    TRY(aid_job_files(writer->arena, job, &files, &n, err));
    for (size_t i = 0; i < n; i++) {
        TRY(chain_write(writer, files[i].name, files[i].bytes, err));
    }
    return 0;
}

static int chain_write_watch(struct chain_writer *writer, const struct watch_chain *watch,
                             struct ajar_err *err)
{
    struct watch_file *files;
    size_t n;
    TRY(watch_chain_files(writer->arena, watch, &files, &n, err));
    for (size_t i = 0; i < n; i++) {
        TRY(chain_write(writer, files[i].name, files[i].bytes, err));
    }
    return 0;
}

static int chain_write_doors(struct chain_writer *writer, const struct doors_chain *doors,
                             struct ajar_err *err)
{
    struct doors_file *files;
    size_t n;
    TRY(doors_chain_files(writer->arena, doors, &files, &n, err));
    for (size_t i = 0; i < n; i++) {
        TRY(chain_write(writer, files[i].name, files[i].bytes, err));
    }
    return 0;
}

static int chain_write_exodus(struct chain_writer *writer, const struct exodus_chain *exodus,
                              struct ajar_err *err)
{
    struct exodus_chain_file *files;
    size_t n;
    TRY(exodus_chain_files(writer->arena, exodus, &files, &n, err));
    for (size_t i = 0; i < n; i++) {
        TRY(chain_write(writer, files[i].name, files[i].bytes, err));
    }
    return 0;
}

static int chain_write_place(struct chain_writer *writer, const struct place_chain *place,
                             struct ajar_err *err)
{
    struct place_chain_file *files;
    size_t n;
    TRY(place_chain_files(writer->arena, place, &files, &n, err));
    for (size_t i = 0; i < n; i++) {
        TRY(chain_write(writer, files[i].name, files[i].bytes, err));
    }
    return 0;
}

static int chain_write_flow(struct chain_writer *writer, const struct flow_chain *flow,
                            struct ajar_err *err)
{
    struct flow_chain_file *files;
    size_t n;
    TRY(flow_chain_files(writer->arena, flow, &files, &n, err));
    for (size_t i = 0; i < n; i++) {
        TRY(chain_write(writer, files[i].name, files[i].bytes, err));
    }
    return 0;
}

static int chain_write_report_tables(struct chain_writer *writer, const struct scenario *scenario,
                                     struct ajar_err *err)
{
    struct report_file *files;
    size_t n;
    TRY(report_tables(writer->arena, scenario, &files, &n, err));
    for (size_t i = 0; i < n; i++) {
        TRY(chain_write(writer, files[i].name, files[i].bytes, err));
    }
    return 0;
}

static int chain_write_report(struct chain_writer *writer, const struct chain *chain,
                              const struct chain_options *options, struct ajar_err *err)
{
    struct report_meta meta = {.version = ajar_version(),
                               .command = options->command,
                               .seed = options->aid.seed,
                               .n_skips = chain->n_skips,
                               .skips = chain->skips,
                               .flow = chain->flow,
                               .trail = &writer->trail};
    const struct aid_job *aid = chain->aid.n > 0 ? &chain->aid : NULL;
    struct buf page;
    TRY(trail_chain_params(&writer->trail, chain, options, err));
    buf_init(&page, CHAIN_REPORT_CEILING);
    int code = chain->alone
                   ? report_conflict_write(&page, chain->flow, &meta, err)
                   : report_write(&page, &chain->scenario, aid, &chain->watch, &chain->doors,
                                  &chain->exodus, &chain->place, &meta, err);
    if (code == 0) {
        code = buf_ok(&page, err);
    }
    if (code == 0) {
        code = chain_write(writer, "report.html", buf_view(&page), err);
    }
    buf_free(&page);
    return code;
}

/* Last, for it holds the hashes of the other files. */
static int chain_write_trail(struct chain_writer *writer, const struct chain *chain,
                             struct ajar_err *err)
{
    struct buf json;
    if (!chain->alone) {
        TRY(trail_chain_notes(&writer->trail, &chain->scenario, err));
    }
    buf_init(&json, CHAIN_REPORT_CEILING);
    int code = trail_put(&json, &writer->trail, false, err);
    code = code != 0 ? code : chain_write(writer, TRAIL_FILE, buf_view(&json), err);
    buf_free(&json);
    return code;
}

static int chain_write_parts(struct chain_writer *writer, const struct chain *chain,
                             const struct watch *watch, struct ajar_err *err)
{
    if (chain->alone) {
        return chain_write_flow(writer, chain->flow, err);
    }
    TRY(chain_write_tables(writer, &chain->scenario, err));
    TRY(watch_tick(watch, "writing", 1, 4, "parts", err));
    TRY(chain_write_watch(writer, &chain->watch, err));
    TRY(chain_write_doors(writer, &chain->doors, err));
    TRY(chain_write_exodus(writer, &chain->exodus, err));
    if (chain->flow != NULL) {
        TRY(chain_write_flow(writer, chain->flow, err));
    }
    TRY(chain_write_place(writer, &chain->place, err));
    if (chain->aid.n > 0) {
        TRY(chain_write_aid(writer, &chain->aid, err));
    }
    return chain_write_report_tables(writer, &chain->scenario, err);
}

static int chain_fill(struct chain_writer *writer, struct chain *chain,
                      const struct chain_options *options, const struct watch *watch,
                      struct ajar_err *err)
{
    struct text json, title = chain->alone ? chain->flow->input.world.title : chain->scenario.title;
    TRY(watch_tick(watch, "writing", 0, 4, "parts", err));
    TRY(chain_write_parts(writer, chain, watch, err));
    TRY(watch_tick(watch, "writing", 2, 4, "parts", err));
    TRY(chain_write_report(writer, chain, options, err));
    TRY(chain_write_trail(writer, chain, err));
    TRY(watch_tick(watch, "writing", 3, 4, "parts", err));
    TRY(package_out_json(&writer->package, title, &json, err));
    TRY(file_folder_write(&writer->folder, writer->arena, "datapackage.json", json, err));
    chain->files = writer->package.names;
    chain->n_files = writer->package.n;
    if (options->made != NULL) {
        TRY(options->made(options->made_arg, chain, err));
    }
    TRY(watch_tick(watch, "writing", 4, 4, "parts", err));
    if (chain->kept != NULL) {
        TRY(kept_write(chain->kept, &writer->folder, err));
    }
    return file_folder_commit(&writer->folder, err);
}

static int chain_conflict(struct arena *arena, const char *dir, const struct chain_options *options,
                          struct kept *kept, struct pool *pool, const struct watch *watch,
                          struct faults *faults, struct chain *chain, struct ajar_err *err)
{
    struct flow_chain_options of = {
        .seed = options->aid.seed, .n_members = options->members, .score = true, .kept = kept};
    struct flow_chain *flow;
    TRY_NEW(flow, arena, 1, err);
    TRY(flow_chain_run(arena, dir, &of, pool, watch, faults, flow, err));
    chain->flow = flow;
    return 0;
}

static int chain_aid(struct arena *arena, struct chain *chain, const struct chain_options *options,
                     struct pool *pool, const struct watch *watch, struct ajar_err *err)
{
    struct aid_run_options aid = options->aid;
    if (chain->scenario.aid.n == 0) {
        return 0;
    }
    TRY(aid_stocks_of(arena, &chain->exodus, chain->flow, &aid, err));
    return aid_job_run(arena, &chain->scenario, &aid, pool, watch, &chain->aid, err);
}

/* The parts of a whole scenario, one after the other. */
static int chain_parts(struct arena *arena, struct chain *chain,
                       const struct chain_options *options, struct kept *kept, struct pool *pool,
                       const struct watch *watch, struct faults *faults, struct ajar_err *err)
{
    const struct scenario *scenario = &chain->scenario;
    struct exodus_chain_options exodus = {.engine = EXODUS_BY_NUMBERS,
                                          .seed = options->aid.seed,
                                          .n_members = options->members > 0 ? options->members
                                                                            : EXODUS_CHAIN_MEMBERS,
                                          .what_ifs = true,
                                          .kept = kept};
    struct place_chain_options place = {
        .seed = options->aid.seed, .rounds = options->rounds, .fair = options->fair, .kept = kept};
    TRY(watch_chain_run(arena, scenario, options->aid.seed, pool, watch, &chain->watch, err));
    TRY(doors_chain_run(arena, scenario, watch, faults, &chain->doors, err));
    TRY(exodus_chain_run(arena, scenario, chain->doors.folder, &exodus, pool, watch, faults,
                         &chain->exodus, err));
    if (flow_stands(arena, scenario->dir)) {
        TRY(chain_conflict(arena, scenario->dir, options, kept, pool, watch, faults, chain, err));
    }
    TRY(place_chain_run(arena, scenario, chain->doors.folder, &chain->exodus, &place, pool, watch,
                        faults, &chain->place, err));
    return chain_aid(arena, chain, options, pool, watch, err);
}

/* The folder is begun before the long part, so that one that may not be replaced is refused at once. */
int chain_run(struct arena *arena, const char *dir, const char *out_dir,
              const struct chain_options *options, struct pool *pool, const struct watch *watch,
              struct faults *faults, struct chain *out, struct ajar_err *err)
{
    struct chain_writer writer = {.arena = arena};
    struct kept *kept = NULL;
    struct chain *chain;
    trail_init(&writer.trail, arena);
    TRY_NEW(chain, arena, 1, err);
    TRY(flow_chain_alone(arena, dir, &chain->alone, err));
    if (!chain->alone) {
        TRY(scenario_load(arena, dir, pool, watch, &chain->scenario, faults, err));
    }
    if (options->keep) {
        TRY_NEW(kept, arena, 1, err);
    }
    TRY(package_out_init(&writer.package, arena, err));
    TRY(file_folder_begin(&writer.folder, arena, out_dir, options->replace, err));
    int code = kept == NULL ? 0 : kept_open(kept, arena, &writer.folder, options->anew, err);
    if (code == 0) {
        code = chain->alone
                   ? chain_conflict(arena, dir, options, kept, pool, watch, faults, chain, err)
                   : chain_parts(arena, chain, options, kept, pool, watch, faults, err);
    }
    chain->kept = kept;
    code = code != 0 ? code : chain_skips(arena, chain, &chain->skips, &chain->n_skips, err);
    code = code != 0 ? code : chain_fill(&writer, chain, options, watch, err);
    if (code != 0) {
        file_folder_abort(&writer.folder);
        return code;
    }
    *out = *chain;
    return 0;
}
