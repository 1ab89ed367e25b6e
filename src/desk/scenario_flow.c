#include "scenario_flow.h"

#include <stdlib.h>
#include <string.h>

#include "country.h"
#include "file.h"
#include "flow_write.h"
#include "package_out.h"
#include "scenario_flow_parts.h"
#include "scenario_package.h"

#define FLOW_SCENARIO_CEILING ((size_t)1 << 30)
#define FLOW_SCENARIO_FILES   (SCHEMA_COUNT + FLOW_TABLES + 3)

void scenario_flow_id(struct text name, char to[static SCENARIO_FLOW_WORD])
{
    size_t n = 0;
    for (size_t i = 0; i < name.n && n + 1 < SCENARIO_FLOW_WORD; i++) {
        char c = name.at[i];
        c = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        to[n++] = good ? c : '_';
    }
    to[n > 0 ? n : 1] = '\0';
    to[0] = n > 0 ? to[0] : '_';
}

/* ---- Countries ---- */

static struct ajar_err *fault_at(struct faults *faults, const struct scenario_flow *it,
                                 const struct flow_place *place)
{
    struct ajar_err *fault = faults_add(faults);
    char path[320];
    snprintf(path, sizeof path, "%.250s/%s", it->input->name, flow_table_file(FLOW_PLACES));
    err_at(fault, E_SCENARIO_FLOW_COUNTRY, path, place->line, "country", place->country,
           "no code of a country is known for this name");
    return fault;
}

/* Every place needs the code of its country; a name that is none is told once. */
static int find_codes(struct scenario_flow *it, struct faults *faults, struct ajar_err *err)
{
    const struct flow_world *world = &it->input->world;
    uint64_t before = faults->total;
    TRY_NEW(it->code, it->arena, world->n_places, err);
    for (size_t p = 0; p < world->n_places; p++) {
        struct text country = world->places[p].country;
        bool told = false;
        for (size_t q = 0; q < p && !told; q++) {
            told = text_eq(world->places[q].country, country);
        }
        it->code[p] = country_called(country);
        if (it->code[p] == NULL && !told) {
            const char *guess = country_guess(country);
            struct ajar_err *fault = fault_at(faults, it, &world->places[p]);
            if (guess != NULL) {
                err_hint(fault, "Write its code of three letters there; did you mean %s?", guess);
            }
        }
    }
    if (faults->total > before) {
        return err_set(err, E_FLOW_FAULTS, "%llu countries of %s have no code.",
                       (unsigned long long)(faults->total - before), it->input->name);
    }
    it->subject = it->code[0];
    for (size_t i = 0; i < 3; i++) {
        it->nationality[i] = (char)(it->subject[i] - 'A' + 'a');
    }
    return 0;
}

/* ---- Sources ---- */

/* The last part of a path without its ending: "uga_adjumani" of "source_data/uga-adjumani.csv". */
static struct text stem_of(struct text word)
{
    struct text rest = word, part = word;
    while (rest.n > 0) {
        part = text_split(rest, '/', &rest);
    }
    return text_split(part, '.', &rest);
}

static void add_source(struct scenario_flow *it, struct text word)
{
    struct scenario_flow_source *at = &it->sources[it->n_sources];
    size_t same = 1;
    for (size_t i = 0; i < it->n_sources; i++) {
        if (text_eq(it->sources[i].word, word)) {
            return;
        }
    }
    at->word = word;
    scenario_flow_id(stem_of(word), at->id);
    for (size_t i = 0; i < it->n_sources; i++) {
        if (strcmp(it->sources[i].id, at->id) == 0) {
            char id[SCENARIO_FLOW_WORD];
            scenario_flow_id(stem_of(word), id);
            snprintf(at->id, sizeof at->id, "%.50s_%zu", id, ++same);
            i = (size_t)-1; /* from the first again: the new id may be taken too */
        }
    }
    it->n_sources++;
}

/* Rows without a word come from the conflict's own folder; so do sums over several of them. */
#define OWN_SOURCE TEXT_LIT("flow/reports.csv")

static int find_sources(struct scenario_flow *it, struct ajar_err *err)
{
    const struct flow_world *world = &it->input->world;
    TRY_NEW(it->sources, it->arena, world->n_reports + world->n_places + 1, err);
    add_source(it, OWN_SOURCE);
    for (size_t p = 0; p < world->n_places; p++) {
        if (world->places[p].source.n > 0) {
            add_source(it, world->places[p].source);
        }
    }
    for (size_t r = 0; r < it->n_registers; r++) {
        for (size_t i = 0; i < it->registers[r].n; i++) {
            if (it->registers[r].at[i]->source.n > 0) {
                add_source(it, it->registers[r].at[i]->source);
            }
        }
    }
    return 0;
}

const char *scenario_flow_source_of(const struct scenario_flow *it, struct text word)
{
    for (size_t i = 0; i < it->n_sources; i++) {
        if (text_eq(it->sources[i].word, word)) {
            return it->sources[i].id;
        }
    }
    return it->sources[0].id;
}

/* ---- Registers and hosts ---- */

static int by_day(const void *left, const void *right)
{
    const struct flow_report *a = *(const struct flow_report *const *)left;
    const struct flow_report *b = *(const struct flow_report *const *)right;
    if (a->date != b->date) {
        return a->date < b->date ? -1 : 1;
    }
    return (a > b) - (a < b);
}

/* By day, of one day the last row; a register without any is dropped. */
static void close_register(struct scenario_flow *it, struct scenario_flow_register *of)
{
    size_t kept = 0;
    qsort(of->at, of->n, sizeof *of->at, by_day);
    for (size_t i = 0; i < of->n; i++) {
        bool last = i + 1 == of->n || of->at[i + 1]->date != of->at[i]->date;
        it->made.n_twice += !last;
        if (last) {
            of->at[kept++] = of->at[i];
        }
    }
    of->n = kept;
    it->n_registers += kept > 0;
}

static int find_registers(struct scenario_flow *it, struct ajar_err *err)
{
    const struct flow_world *world = &it->input->world;
    TRY_NEW(it->registers, it->arena, world->n_reports + 1, err);
    for (size_t first = 0, end; first < world->n_reports; first = end) {
        struct scenario_flow_register *of = &it->registers[it->n_registers];
        end = first;
        *of = (struct scenario_flow_register){.place = world->reports[first].place,
                                              .part = world->reports[first].part};
        while (end < world->n_reports && world->reports[end].place == of->place &&
               world->reports[end].part == of->part) {
            end++;
        }
        TRY_NEW(of->at, it->arena, end - first, err);
        for (size_t i = first; i < end; i++) {
            int32_t day = world->reports[i].date - world->start;
            if (day >= 0 && day < world->n_days) {
                of->at[of->n++] = &world->reports[i];
            }
        }
        close_register(it, of);
    }
    return 0;
}

static int find_hosts(struct scenario_flow *it, struct ajar_err *err)
{
    TRY_NEW(it->hosts, it->arena, it->n_registers, err);
    for (size_t r = 0; r < it->n_registers; r++) {
        const struct scenario_flow_register *of = &it->registers[r];
        if (of->place == FLOW_NONE || !it->input->world.places[of->place].foreign) {
            continue;
        }
        const struct flow_report *last = of->at[of->n - 1];
        size_t h = 0;
        while (h < it->n_hosts && strcmp(it->hosts[h].code, it->code[of->place]) != 0) {
            h++;
        }
        struct scenario_flow_host *host = &it->hosts[h];
        if (h == it->n_hosts) {
            *host = (struct scenario_flow_host){
                .code = it->code[of->place], .from = last->date, .to = last->date};
            it->n_hosts++;
        }
        host->one = host->n == 0 ? last : NULL;
        host->n++;
        host->people += last->count;
        host->from = last->date < host->from ? last->date : host->from;
        host->to = last->date > host->to ? last->date : host->to;
    }
    it->made.n_hosts = it->n_hosts;
    if (it->n_hosts == 0) {
        return err_set(err, E_SCENARIO_FLOW_EMPTY,
                       "No camp in another country than that of the first place has a report on a "
                       "day of %s.",
                       it->input->name);
    }
    return 0;
}

/* ---- Files ---- */

struct files {
    struct scenario_flow *it;
    struct scenario_flow_file *at;
    size_t n;
    struct buf buf;
    struct package_out package; /* of flow/ */
};

static int take(struct files *files, const char *name, struct ajar_err *err)
{
    const char *copy;
    TRY(buf_ok(&files->buf, err));
    TRY(text_copy(files->it->arena, buf_view(&files->buf), &copy, err));
    files->at[files->n++] = (struct scenario_flow_file){name, {copy, files->buf.n}};
    files->buf.n = 0;
    return 0;
}

/* Tables that a scenario may lack are not made. */
static int take_table(struct files *files, enum schema_name name, struct ajar_err *err)
{
    const struct schema_table *table = schema_table(name);
    struct csv_out csv;
    if (table->optional) {
        return 0;
    }
    csv_out_init(&csv, &files->buf);
    for (size_t c = 0; c < table->n; c++) {
        csv_put_str(&csv, table->columns[c].name);
    }
    csv_end_row(&csv);
    scenario_flow_rows(files->it, name, &csv);
    return take(files, table->file, err);
}

static int take_flow(struct files *files, enum flow_table table, struct ajar_err *err)
{
    const struct flow_input *input = files->it->input;
    TRY(flow_write(&input->world, &input->params, table, &files->buf, err));
    TRY(buf_ok(&files->buf, err));
    TRY(package_out_add(&files->package, flow_table_file(table), buf_view(&files->buf), err));
    return take(files, flow_table_file(table), err);
}

static int take_package(struct files *files, struct ajar_err *err)
{
    char name[SCENARIO_FLOW_WORD];
    const char *title;
    struct scenario_flow_file *file = &files->at[files->n++];
    scenario_flow_id(files->it->input->world.title, name);
    for (char *c = name; *c != '\0'; c++) {
        *c = *c == '_' ? '-' : *c; /* names of packages have no '_' to begin with */
    }
    scenario_flow_summary(&files->buf, files->it);
    TRY(text_copy(files->it->arena, scenario_flow_title(files->it), &title, err));
    TRY(buf_ok(&files->buf, err));
    const char *summary;
    TRY(text_copy(files->it->arena, buf_view(&files->buf), &summary, err));
    files->buf.n = 0;
    struct scenario_package package = {.name = name,
                                       .title = title,
                                       .description = summary,
                                       .required_alone = true,
                                       .others = &files->package};
    file->name = "datapackage.json";
    return scenario_package_json(files->it->arena, &package, &file->bytes, err);
}

static int take_all(struct files *files, struct ajar_err *err)
{
    for (enum schema_name name = 0; name < SCHEMA_COUNT; name++) {
        TRY(take_table(files, name, err));
    }
    for (enum flow_table table = 0; table < FLOW_TABLES; table++) {
        TRY(take_flow(files, table, err));
    }
    scenario_flow_settings(&files->buf, files->it);
    TRY(take(files, "scenario.yaml", err));
    scenario_flow_readme(&files->buf, files->it);
    TRY(take(files, "README.md", err));
    return take_package(files, err);
}

int scenario_flow_files(struct arena *arena, const char *conflict,
                        const struct scenario_flow_options *options, struct faults *faults,
                        struct scenario_flow_made *out, struct ajar_err *err)
{
    struct flow_input input;
    struct scenario_flow it = {.arena = arena, .input = &input, .options = options};
    struct files files = {.it = &it};
    TRY(flow_load(arena, conflict, NULL, faults, &input, err));
    TRY(find_codes(&it, faults, err));
    TRY(find_registers(&it, err));
    TRY(find_hosts(&it, err));
    TRY(find_sources(&it, err));
    TRY(package_out_init(&files.package, arena, err));
    files.package.whole_names = true;
    TRY_NEW(files.at, arena, FLOW_SCENARIO_FILES, err);
    buf_init(&files.buf, FLOW_SCENARIO_CEILING);
    int code = take_all(&files, err);
    buf_free(&files.buf);
    TRY(code);
    it.made.files = files.at;
    it.made.n = files.n;
    *out = it.made;
    return 0;
}

int scenario_flow_write(struct arena *arena, const struct scenario_flow_made *made, const char *dir,
                        struct ajar_err *err)
{
    struct file_folder folder;
    int code = 0;
    TRY(file_folder_begin(&folder, arena, dir, false, err));
    for (size_t i = 0; i < made->n && code == 0; i++) {
        code = file_folder_write(&folder, arena, made->files[i].name, made->files[i].bytes, err);
    }
    code = code != 0 ? code : file_folder_commit(&folder, err);
    file_folder_abort(&folder);
    return code;
}
