#include "flow_out.h"

#include <math.h>

#include "csv.h"
#include "file.h"
#include "package_out.h"
#include "registers.h"

#define OUT_HOW_CEILING   ((size_t)4096)
#define OUT_TABLE_CEILING ((size_t)4 << 30)

/* ---- How it was made ---- */

int flow_made_how(struct arena *arena, const struct flow_params *params, enum flow_engine engine,
                  uint64_t seed, uint32_t members, date_days as_known, const char **out,
                  struct ajar_err *err)
{
    struct buf buf;
    char day[DATE_TEXT];
    buf_init(&buf, OUT_HOW_CEILING);
    buf_printf(&buf, "%s, rules %s, seed %llu", flow_engine_word(engine),
               params->rules == FLOW_RULES_AJAR ? "ajar" : "flee", (unsigned long long)seed);
    if (params->hasten > 1) {
        buf_printf(&buf, ", %d people an agent", params->hasten);
    }
    if (members > 0) {
        buf_printf(&buf, ", %u members", members);
    }
    if (as_known != DATE_NONE) {
        buf_printf(&buf, ", as known on %s", date_format(as_known, day));
    }
    int code = buf_ok(&buf, err);
    code = code != 0 ? code : text_copy(arena, buf_view(&buf), out, err);
    buf_free(&buf);
    return code;
}

/* ---- Reports ---- */

/* Of one register, onto its camp; a day is NaN until each part has a report. */
static void reported_add(const struct flow_register *one, int32_t from, int32_t to, double *sum,
                         uint32_t *parts)
{
    for (size_t i = 0; i < one->n; i++) {
        int32_t day = one->at[i].day;
        if (day >= from && day < to) {
            sum[day - from] += one->at[i].count;
            parts[day - from]++;
        }
    }
}

int flow_reported(struct arena *arena, const struct flow_world *world, int32_t from, int32_t to,
                  double **out, struct ajar_err *err)
{
    struct flow_registers registers;
    size_t days = (size_t)(to - from), cells = world->n_camps * days;
    double *sum;
    uint32_t *seen, *parts;
    TRY(flow_registers_make(arena, world, false, &registers, err));
    TRY_NEW(sum, arena, cells, err);
    TRY_NEW(seen, arena, cells, err);
    TRY_NEW(parts, arena, world->n_camps, err);
    for (size_t i = 0; i < registers.n; i++) {
        const struct flow_register *one = &registers.at[i];
        parts[one->camp]++;
        reported_add(one, from, to, &sum[one->camp * days], &seen[one->camp * days]);
    }
    for (size_t i = 0; i < cells; i++) {
        sum[i] = parts[i / days] > 0 && seen[i] == parts[i / days] ? sum[i] : (double)NAN;
    }
    *out = sum;
    return 0;
}

/* ---- Tables ---- */

struct out_tables {
    struct arena *arena;
    struct flow_file *files;
    size_t n;
    struct buf buf;
    struct csv_out csv;
    const struct flow_world *world;
    const struct flow_made *made;
};

static void out_begin(struct out_tables *out, const char *const *columns)
{
    out->buf.n = 0;
    csv_out_init(&out->csv, &out->buf);
    for (; *columns != NULL; columns++) {
        csv_put_str(&out->csv, *columns);
    }
    csv_end_row(&out->csv);
}

static int out_end(struct out_tables *out, const char *name, struct ajar_err *err)
{
    const char *copy;
    TRY(buf_ok(&out->buf, err));
    TRY(text_copy(out->arena, buf_view(&out->buf), &copy, err));
    out->files[out->n++] = (struct flow_file){name, {copy, out->buf.n}};
    return 0;
}

static int out_open(struct out_tables *out, struct arena *arena, const struct flow_input *input,
                    const struct flow_made *made, size_t n, struct ajar_err *err)
{
    *out = (struct out_tables){.arena = arena, .world = &input->world, .made = made};
    TRY_NEW(out->files, arena, n, err);
    buf_init(&out->buf, OUT_TABLE_CEILING);
    return 0;
}

static int out_close(struct out_tables *out, int code, struct flow_file **files, size_t *n)
{
    buf_free(&out->buf);
    if (code == 0) {
        *files = out->files;
        *n = out->n;
    }
    return code;
}

static void out_day(struct out_tables *out, int32_t day)
{
    char text[DATE_TEXT];
    csv_put_str(&out->csv, date_format(out->world->start + day, text));
}

static void out_place(struct out_tables *out, uint32_t place)
{
    csv_put_text(&out->csv, out->world->places[place].name);
}

/* How a computed row was made. */
static void out_end_row(struct out_tables *out)
{
    csv_put_str(&out->csv, out->made->how);
    csv_end_row(&out->csv);
}

/* ---- A run ---- */

struct out_run {
    const struct flow_plan *plan;
    const struct flow_result *result;
    int64_t hasten;
    const double *reported;
};

static int64_t run_people(const struct out_run *run, int32_t row, uint32_t place)
{
    return run->hasten * run->result->in_place[(size_t)row * run->plan->n_places + place];
}

static int run_camps(struct out_tables *out, const struct out_run *run, struct ajar_err *err)
{
    static const char *const columns[] = {"date", "camp", "people", "reported", "computed", NULL};
    const struct flow_result *result = run->result;
    out_begin(out, columns);
    for (int32_t row = 0; row < result->n_days; row++) {
        for (size_t c = 0; c < out->world->n_camps; c++) {
            uint32_t place = out->world->camps[c];
            out_day(out, result->from + row);
            out_place(out, place);
            csv_put_int(&out->csv, run_people(run, row, place));
            csv_put_number(&out->csv, run->reported[c * (size_t)result->n_days + (size_t)row]);
            out_end_row(out);
        }
    }
    return out_end(out, "flow_camps.csv", err);
}

static int run_places(struct out_tables *out, const struct out_run *run, struct ajar_err *err)
{
    static const char *const columns[] = {"date", "place", "people", "computed", NULL};
    const struct flow_result *result = run->result;
    bool *counted;
    TRY_NEW(counted, out->arena, run->plan->n_places, err);
    for (size_t c = 0; c < out->world->n_camps; c++) {
        counted[out->world->camps[c]] = true;
    }
    out_begin(out, columns);
    for (int32_t row = 0; row < result->n_days; row++) {
        for (uint32_t place = 0; place < run->plan->n_places; place++) {
            if (!counted[place] && run_people(run, row, place) != 0) {
                out_day(out, result->from + row);
                out_place(out, place);
                csv_put_int(&out->csv, run_people(run, row, place));
                out_end_row(out);
            }
        }
    }
    return out_end(out, "flow_places.csv", err);
}

static int run_links(struct out_tables *out, const struct out_run *run, struct ajar_err *err)
{
    static const char *const columns[] = {"date", "from", "to", "km", "people", "computed", NULL};
    const struct flow_result *result = run->result;
    const struct flow_plan *plan = run->plan;
    out_begin(out, columns);
    for (int32_t row = 0; row < result->n_days; row++) {
        for (uint32_t link = 0; link < plan->n_links; link++) {
            int64_t people = result->link_flow[(size_t)row * plan->n_links + link];
            if (people != 0) {
                out_day(out, result->from + row);
                out_place(out, plan->from[link]);
                out_place(out, plan->to[link]);
                csv_put_number(&out->csv, plan->km[link]);
                csv_put_int(&out->csv, run->hasten * people);
                out_end_row(out);
            }
        }
    }
    return out_end(out, "flow_links.csv", err);
}

static int run_days(struct out_tables *out, const struct out_run *run, struct ajar_err *err)
{
    static const char *const columns[] = {"date",     "started",  "in_camps", "elsewhere",
                                          "on_roads", "computed", NULL};
    const struct flow_result *result = run->result;
    out_begin(out, columns);
    for (int32_t row = 0; row < result->n_days; row++) {
        int64_t camps = 0, all = 0;
        for (uint32_t place = 0; place < run->plan->n_places; place++) {
            all += run_people(run, row, place);
        }
        for (size_t c = 0; c < out->world->n_camps; c++) {
            camps += run_people(run, row, out->world->camps[c]);
        }
        out_day(out, result->from + row);
        csv_put_int(&out->csv, run->hasten * result->spawned[row]);
        csv_put_int(&out->csv, camps);
        csv_put_int(&out->csv, all - camps);
        csv_put_int(&out->csv, run->hasten * result->on_links[row]);
        out_end_row(out);
    }
    return out_end(out, "flow_days.csv", err);
}

static int run_fill(struct out_tables *out, const struct out_run *run, struct ajar_err *err)
{
    TRY(run_camps(out, run, err));
    TRY(run_places(out, run, err));
    TRY(run_links(out, run, err));
    return run_days(out, run, err);
}

int flow_run_files(struct arena *arena, const struct flow_input *input,
                   const struct flow_plan *plan, const struct flow_result *result,
                   const struct flow_made *made, struct flow_file **files, size_t *n,
                   struct ajar_err *err)
{
    struct out_tables out;
    struct out_run run = {.plan = plan, .result = result, .hasten = input->params.hasten};
    double *reported;
    TRY(flow_reported(arena, &input->world, result->from, result->from + result->n_days, &reported,
                      err));
    run.reported = reported;
    TRY(out_open(&out, arena, input, made, 4, err));
    return out_close(&out, run_fill(&out, &run, err), files, n);
}

/* ---- An ensemble ---- */

static const char *const quantile_words[ENSEMBLE_QUANTILES] = {"p5",  "p10", "p25", "p50",
                                                               "p75", "p90", "p95"};

static int out_quantiles(struct out_tables *out, const struct ensemble_options *options,
                         const struct ensemble_summary *summary, const double *reported,
                         struct ajar_err *err)
{
    const char *columns[6 + ENSEMBLE_QUANTILES] = {"date", "camp", "reported", "mean"};
    for (int q = 0; q < ENSEMBLE_QUANTILES; q++) {
        columns[4 + q] = quantile_words[q];
    }
    columns[4 + ENSEMBLE_QUANTILES] = "computed";
    out_begin(out, columns);
    for (int32_t row = 0; row < summary->n_days; row++) {
        for (size_t c = 0; c < summary->n_camps; c++) {
            size_t at = c * (size_t)summary->n_days + (size_t)row;
            out_day(out, options->from + row);
            out_place(out, out->world->camps[c]);
            csv_put_number(&out->csv, reported[at]);
            csv_put_fixed(&out->csv, summary->mean[at], 1);
            for (int q = 0; q < ENSEMBLE_QUANTILES; q++) {
                csv_put_fixed(&out->csv, summary->quantile[q][at], 1);
            }
            out_end_row(out);
        }
    }
    return out_end(out, "flow_ensemble.csv", err);
}

static int out_crps(struct out_tables *out, const struct ensemble_summary *summary,
                    struct ajar_err *err)
{
    static const char *const columns[] = {"camp",      "reports",  "crps", "median_error",
                                          "covered80", "computed", NULL};
    out_begin(out, columns);
    for (size_t c = 0; c < summary->n_camps; c++) {
        out_place(out, out->world->camps[c]);
        csv_put_int(&out->csv, (int64_t)summary->n_reports[c]);
        csv_put_fixed(&out->csv, summary->crps[c], 2);
        csv_put_fixed(&out->csv, summary->crps_one[c], 2);
        csv_put_fixed(&out->csv, summary->covered80[c], 4);
        out_end_row(out);
    }
    return out_end(out, "flow_crps.csv", err);
}

int flow_ensemble_files(struct arena *arena, const struct flow_input *input,
                        const struct ensemble_options *options,
                        const struct ensemble_summary *summary, const struct flow_made *made,
                        struct flow_file **files, size_t *n, struct ajar_err *err)
{
    struct out_tables out;
    double *reported;
    TRY(flow_reported(arena, &input->world, options->from, options->to, &reported, err));
    TRY(out_open(&out, arena, input, made, 2, err));
    int code = out_quantiles(&out, options, summary, reported, err);
    code = code != 0 ? code : out_crps(&out, summary, err);
    return out_close(&out, code, files, n);
}

/* ---- A counterfactual ---- */

static void closed_put(struct out_tables *out, const struct counterfactual_effect *effect)
{
    const double cells[] = {effect->open,      effect->shut,      effect->mean,
                            effect->p5,        effect->p50,       effect->p95,
                            effect->sd_paired, effect->sd_chance, effect->sd_both};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        csv_put_fixed(&out->csv, cells[i], 2);
    }
    out_end_row(out);
}

static int closed_camps(struct out_tables *out, const struct counterfactual *result,
                        struct ajar_err *err)
{
    static const char *const columns[] = {"camp",      "open",    "shut",     "difference",
                                          "p5",        "p50",     "p95",      "sd_paired",
                                          "sd_chance", "sd_both", "computed", NULL};
    out_begin(out, columns);
    for (size_t c = 0; c < result->n_camps; c++) {
        out_place(out, out->world->camps[c]);
        closed_put(out, &result->camps[c]);
    }
    csv_put_str(&out->csv, "(not in a camp)");
    closed_put(out, &result->on_way);
    return out_end(out, "flow_closed.csv", err);
}

static int closed_days(struct out_tables *out, const struct ensemble_options *options,
                       const struct counterfactual *result, struct ajar_err *err)
{
    static const char *const columns[] = {"date", "camp",     "difference", "p5",
                                          "p95",  "computed", NULL};
    out_begin(out, columns);
    for (int32_t row = 0; row < result->n_days; row++) {
        for (size_t c = 0; c < result->n_camps; c++) {
            size_t at = c * (size_t)result->n_days + (size_t)row;
            out_day(out, options->from + row);
            out_place(out, out->world->camps[c]);
            csv_put_fixed(&out->csv, result->mean[at], 2);
            csv_put_fixed(&out->csv, result->p5[at], 1);
            csv_put_fixed(&out->csv, result->p95[at], 1);
            out_end_row(out);
        }
    }
    return out_end(out, "flow_closed_days.csv", err);
}

int flow_counterfactual_files(struct arena *arena, const struct flow_input *input,
                              const struct ensemble_options *options,
                              const struct counterfactual *result, const struct flow_made *made,
                              struct flow_file **files, size_t *n, struct ajar_err *err)
{
    struct out_tables out;
    TRY(out_open(&out, arena, input, made, 2, err));
    int code = closed_camps(&out, result, err);
    code = code != 0 ? code : closed_days(&out, options, result, err);
    return out_close(&out, code, files, n);
}

/* ---- The folder ---- */

static int folder_fill(struct arena *arena, struct file_folder *folder, struct text title,
                       const struct flow_file *files, size_t n, struct ajar_err *err)
{
    struct package_out package;
    struct text json;
    TRY(package_out_init(&package, arena, err));
    for (size_t i = 0; i < n; i++) {
        TRY(file_folder_write(folder, arena, files[i].name, files[i].bytes, err));
        TRY(package_out_add(&package, files[i].name, files[i].bytes, err));
    }
    TRY(package_out_json(&package, title, &json, err));
    return file_folder_write(folder, arena, "datapackage.json", json, err);
}

int flow_write_folder(struct arena *arena, const char *out_dir, bool replace, struct text title,
                      const struct flow_file *files, size_t n, struct ajar_err *err)
{
    struct file_folder folder;
    TRY(file_folder_begin(&folder, arena, out_dir, replace, err));
    int code = folder_fill(arena, &folder, title, files, n, err);
    code = code != 0 ? code : file_folder_commit(&folder, err);
    file_folder_abort(&folder);
    return code;
}
