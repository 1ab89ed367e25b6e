#include "exodus_read.h"

#include "exodus_read_parts.h"

#define SCRATCH ((size_t)1 << 31)

/* The quantities of a model: any may be a number in its range or a parameter. */
static const struct {
    const char *key;
    size_t field;
    double least, most;
} quantities[] = {
    {"flight", offsetof(struct exodus_model, flight), 0, EXODUS_PEOPLE},
    {"peak_days", offsetof(struct exodus_model, peak_days), 0, 400},
    {"half_life_days", offsetof(struct exodus_model, half_life_days), .01, 10000},
    {"distance", offsetof(struct exodus_model, distance), 0, 20},
    {"wait_dislike", offsetof(struct exodus_model, wait_dislike), 0, 100},
    {"tries_shut", offsetof(struct exodus_model, tries_shut), 0, 1},
    {"pool_days", offsetof(struct exodus_model, pool_days), 1, 10000},
    {"gives_up", offsetof(struct exodus_model, gives_up), 0, 1},
    {"discretion", offsetof(struct exodus_model, discretion), 0, 1},
    {"queue_leaves", offsetof(struct exodus_model, queue_leaves), 0, 1},
    {"traffic_stay_days", offsetof(struct exodus_model, traffic_stay_days), 1, 10000},
    {"returns", offsetof(struct exodus_model, returns), 0, 1},
    {"flight_stay_days", offsetof(struct exodus_model, flight_stay_days), 1, 10000},
    {"onward", offsetof(struct exodus_model, onward), 0, 1},
};

bool exodus_was_known(const struct exodus_seen *seen, date_days as_known)
{
    return seen->known != DATE_NONE && seen->known <= as_known;
}

static void root_quantities(struct exodus_reader *reader, const struct yaml_node *root)
{
    for (size_t i = 0; i < sizeof quantities / sizeof *quantities; i++) {
        const char *key = quantities[i].key;
        struct exodus_value *out = (void *)((char *)&reader->model + quantities[i].field);
        out->param = EXODUS_FIXED;
        exodus_value(reader, exodus_need(reader, root, key, YAML_SCALAR), key, quantities[i].least,
                     quantities[i].most, out);
    }
    exodus_number(reader, exodus_need(reader, root, "shuts_a_day", YAML_SCALAR), "shuts_a_day", 0,
                  1, &reader->model.shuts_a_day);
}

static void root_order(struct exodus_reader *reader, const struct yaml_node *root, const char *key,
                       bool good, const char *sentence)
{
    if (!good) {
        exodus_fault(reader, E_EXODUS_DATES, yaml_get(root, key), key, "%s", sentence);
    }
}

static void root_dates(struct exodus_reader *reader, const struct yaml_node *root)
{
    static const char *const keys[] = {"from", "to", "shown", "order", "as_known"};
    struct exodus_model *model = &reader->model;
    date_days *out[] = {&model->from, &model->to, &model->shown, &model->order, &model->as_known};
    bool good = true;
    for (size_t i = 0; i < 5; i++) {
        *out[i] = DATE_NONE;
        good &=
            exodus_date(reader, exodus_need(reader, root, keys[i], YAML_SCALAR), keys[i], out[i]);
    }
    if (!good) {
        return;
    }
    root_order(reader, root, "to", model->to >= model->from, "the run ends before it starts");
    root_order(reader, root, "to", model->to < model->from + EXODUS_DAYS_MOST,
               "a run has at most 2000 days");
    root_order(reader, root, "shown", model->shown >= model->from && model->shown <= model->to,
               "this day is not in the run");
    root_order(reader, root, "order", model->order >= model->from && model->order <= model->to,
               "this day is not in the run");
    root_order(reader, root, "as_known", model->as_known >= model->from,
               "this day is before the run");
    if (model->to >= model->from) {
        model->n_days = (uint32_t)(model->to - model->from) + 1;
    }
}

static void root_origins(struct exodus_reader *reader, const struct yaml_node *root)
{
    struct exodus_model *model = &reader->model;
    const struct yaml_node *list = yaml_get(root, "origins");
    if (list == NULL || exodus_list(reader, root, "origins", EXODUS_ORIGINS_MOST) == NULL) {
        return;
    }
    for (size_t i = 0; i < list->n; i++) {
        date_days day = DATE_NONE;
        date_days before = i == 0 ? model->from : model->origins[i - 1];
        if (exodus_date(reader, &list->items[i], "origins", &day) &&
            (day <= before || day >= model->as_known)) {
            exodus_fault(reader, E_EXODUS_DATES, &list->items[i], "origins",
                         "origins rise, inside the run and before as_known");
        }
        model->origins[model->n_origins++] = day;
    }
}

static int root_read(struct exodus_reader *reader, const struct yaml_node *root,
                     struct ajar_err *err)
{
    static const char *const own[] = {"title",    "from",        "to",      "shown",   "order",
                                      "as_known", "parameters",  "classes", "regions", "doors",
                                      "what_if",  "shuts_a_day", "origins"};
    const char *known[sizeof own / sizeof *own + sizeof quantities / sizeof *quantities];
    size_t n = 0;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        known[n++] = own[i];
    }
    for (size_t i = 0; i < sizeof quantities / sizeof *quantities; i++) {
        known[n++] = quantities[i].key;
    }
    if (!exodus_only(reader, root, NULL, known, n)) {
        return 0;
    }
    exodus_text(reader, exodus_need(reader, root, "title", YAML_SCALAR), "title", EXODUS_TITLE_MOST,
                &reader->model.title);
    root_dates(reader, root);
    root_origins(reader, root);
    TRY(exodus_read_params(reader, root, err));
    root_quantities(reader, root);
    TRY(exodus_read_classes(reader, root, err));
    TRY(exodus_read_regions(reader, root, err));
    TRY(exodus_read_doors(reader, root, err));
    return exodus_read_what_ifs(reader, root, err);
}

static int model_read(struct exodus_reader *reader, struct text bytes, struct ajar_err *err)
{
    const struct yaml_node *root;
    struct ajar_err problem = {0};
    if (bytes.at == NULL) {
        err_at(faults_add(reader->faults), E_EXODUS_FILE, EXODUS_MODEL_FILE, 0, NULL,
               (struct text){"", 0}, "this file is missing");
        return 0;
    }
    int code = yaml_parse(reader->arena, EXODUS_MODEL_FILE, bytes, EXODUS_MODEL_FILE_MOST, &root,
                          &problem);
    if (code == E_MEMORY || code == E_CEILING) {
        return err_set(err, (enum err_code)code, "%s", problem.text);
    }
    if (code != 0) {
        *faults_add(reader->faults) = problem;
        return 0;
    }
    return root_read(reader, root, err);
}

static int words_fill(struct exodus_reader *reader, const name_id *ids, size_t n,
                      struct exodus_words *out, struct ajar_err *err)
{
    TRY_NEW(out->at, reader->scratch, n, err);
    for (; out->n < n; out->n++) {
        out->at[out->n] = scenario_name(reader->scenario, ids[out->n]);
    }
    return 0;
}

static int read_all(struct exodus_reader *reader, struct text model_bytes, struct text seen_bytes,
                    struct exodus_seen **seen, size_t *n_seen, struct ajar_err *err)
{
    const struct scenario *scenario = reader->scenario;
    TRY(words_fill(reader, scenario->places.id, scenario->places.n, &reader->places, err));
    TRY(words_fill(reader, scenario->sources.id, scenario->sources.n, &reader->sources, err));
    TRY(model_read(reader, model_bytes, err));
    TRY(exodus_read_seen(reader, seen_bytes, seen, n_seen, err));
    uint64_t found = reader->faults->total - reader->faults_before;
    return found == 0 ? 0
                      : err_set(err, E_EXODUS_FAULTS, "the files of the exodus have %llu fault%s",
                                (unsigned long long)found, found == 1 ? "" : "s");
}

int exodus_read(struct arena *arena, const struct scenario *scenario, struct text model_bytes,
                struct text observation_bytes, struct exodus_model *model,
                struct exodus_seen **seen, size_t *n_seen, struct faults *faults,
                struct ajar_err *err)
{
    struct arena scratch;
    struct exodus_seen *rows = NULL;
    size_t n = 0;
    arena_init(&scratch, "the reading of an exodus", SCRATCH);
    struct exodus_reader reader = {.arena = arena,
                                   .scratch = &scratch,
                                   .scenario = scenario,
                                   .faults = faults,
                                   .faults_before = faults->total};
    int code = read_all(&reader, model_bytes, observation_bytes, &rows, &n, err);
    if (code == 0) {
        *model = reader.model;
        *seen = rows;
        *n_seen = n;
    }
    arena_free(&scratch);
    return code;
}
