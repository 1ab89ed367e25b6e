#include "settings.h"

#include "file.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

struct ajar_err *settings_fault(const struct settings *settings, enum err_code code,
                                const struct yaml_node *node, const char *path,
                                const char *sentence)
{
    return checker_file_fault(settings->checker, code, settings->file, node->row, path, node->text,
                              "%s", sentence);
}

const struct yaml_node *settings_get(const struct settings *settings, const struct yaml_node *map,
                                     const char *key, const char *path, enum yaml_kind kind,
                                     bool optional)
{
    static const char *const forms[] = {
        [YAML_SCALAR] = "a single value belongs here",
        [YAML_LIST] = "a list belongs here",
        [YAML_MAP] = "a map of keys and values belongs here",
    };
    const struct yaml_node *node = yaml_get(map, key);
    if (node == NULL) {
        if (!optional) {
            checker_file_fault(settings->checker, E_SCENARIO_SETTING_MISSING, settings->file,
                               map->row, path, (struct text){"", 0}, "the key '%s' is missing",
                               key);
        }
        return NULL;
    }
    bool empty = kind == YAML_SCALAR ? text_trim(node->text).n == 0 : node->n == 0;
    if (node->kind != kind || empty) {
        settings_fault(settings, E_SCENARIO_SETTING_FORM, node, path, forms[kind]);
        return NULL;
    }
    return node;
}

/* Key by key, so that every unknown one is reported and not only the first. */
int settings_only(const struct settings *settings, const struct yaml_node *map, const char *path,
                  const char *const *known, size_t n, struct ajar_err *err)
{
    for (size_t i = 0; i < map->n; i++) {
        struct yaml_node pair = *map;
        pair.n = 1;
        pair.keys = &map->keys[i];
        pair.items = &map->items[i];
        struct ajar_err problem = {0};
        int code = yaml_only(&pair, settings->file, path, known, n, &problem);
        if (code != 0) {
            TRY(checker_absorb(settings->checker, code, &problem, err));
        }
    }
    return 0;
}

bool settings_date(const struct settings *settings, const struct yaml_node *node, const char *path,
                   date_days *out)
{
    if (node == NULL || date_parse(node->text, out)) {
        return node != NULL;
    }
    struct date_partial partial;
    date_days guess;
    if (date_parse_partial(node->text, &partial)) {
        settings_fault(settings, E_DATE_PARTIAL, node, path, "this date needs a day");
        return false;
    }
    struct ajar_err *fault = settings_fault(settings, E_DATE, node, path, "this is not a date");
    if (date_guess(node->text, &guess)) {
        char date[DATE_TEXT];
        err_hint(fault, "Did you mean %s?", date_format(guess, date));
    }
    return false;
}

bool settings_country(const struct settings *settings, const struct yaml_node *node,
                      const char *path, name_id *out)
{
    if (node == NULL) {
        return false;
    }
    name_id id = names_find(settings->checker->names, node->text);
    if (!country_is_name(id)) {
        struct ajar_err *fault = settings_fault(settings, E_SCENARIO_COUNTRY, node, path,
                                                "this is not a country, ISO 3166-1 alpha-3");
        const char *meant = country_guess(node->text);
        if (meant != NULL) {
            err_hint(fault, "Did you mean '%s'?", meant);
        }
        return false;
    }
    if (country_is_group(id)) {
        settings_fault(settings, E_SCENARIO_COUNTRY_GROUP, node, path,
                       "this is a group of countries");
        return false;
    }
    *out = id;
    return true;
}

static int settings_text(const struct settings *settings, const struct yaml_node *node,
                         struct text *out, struct ajar_err *err)
{
    if (node == NULL) {
        return 0;
    }
    const char *copy;
    TRY(text_copy(settings->checker->arena, node->text, &copy, err));
    *out = (struct text){copy, node->text.n};
    return 0;
}

static int settings_top(const struct settings *settings, const struct yaml_node *root,
                        struct ajar_err *err)
{
    static const char *const known[] = {"title", "summary",  "subject", "from",
                                        "to",    "as_known", "aid"};
    struct scenario *scenario = settings->checker->scenario;
    TRY(settings_only(settings, root, "", known, COUNT_OF(known), err));
    TRY(settings_text(settings, settings_get(settings, root, "title", "title", YAML_SCALAR, false),
                      &scenario->title, err));
    TRY(settings_text(settings,
                      settings_get(settings, root, "summary", "summary", YAML_SCALAR, false),
                      &scenario->summary, err));
    settings_country(settings,
                     settings_get(settings, root, "subject", "subject", YAML_SCALAR, false),
                     "subject", &scenario->subject);
    const struct yaml_node *from = settings_get(settings, root, "from", "from", YAML_SCALAR, false);
    const struct yaml_node *to = settings_get(settings, root, "to", "to", YAML_SCALAR, false);
    bool dated = settings_date(settings, from, "from", &scenario->from);
    if (settings_date(settings, to, "to", &scenario->to) && dated &&
        scenario->to < scenario->from) {
        settings_fault(settings, E_SCENARIO_SPAN_REVERSED, to, "to",
                       "the scenario ends before it starts");
    }
    settings_date(settings, settings_get(settings, root, "as_known", "as_known", YAML_SCALAR, true),
                  "as_known", &scenario->as_known);
    const struct yaml_node *aid = settings_get(settings, root, "aid", "aid", YAML_MAP, true);
    return aid == NULL ? 0 : settings_aid_read(settings, aid, err);
}

int settings_parse(const struct settings *settings, struct text bytes, struct ajar_err *err)
{
    struct checker *checker = settings->checker;
    const struct yaml_node *root;
    struct ajar_err problem = {0};
    int code = yaml_parse(checker->scratch, settings->file, bytes, SCENARIO_SETTINGS_CEILING, &root,
                          &problem);
    if (code != 0) {
        return checker_absorb(checker, code, &problem, err);
    }
    if (root->kind != YAML_MAP) {
        settings_fault(settings, E_SCENARIO_SETTING_FORM, root, NULL,
                       "the settings are a map of keys and values");
        return 0;
    }
    return settings_top(settings, root, err);
}

int settings_read(struct checker *checker, const char *path, const struct arrivals_index *index,
                  struct ajar_err *err)
{
    struct settings settings = {checker, path, index};
    if (!file_exists(path)) {
        return checker_missing(checker, path, "scenario.yaml", err);
    }
    struct file_view view;
    struct ajar_err problem = {0};
    int code = file_open(&view, path, SCENARIO_SETTINGS_CEILING, &problem);
    if (code != 0) {
        return checker_absorb(checker, code, &problem, err);
    }
    code = settings_parse(&settings, view.bytes, err);
    file_close(&view);
    return code;
}
