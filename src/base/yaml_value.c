/* Values of a node that was read: by key, and as numbers and dates. */
#include "num.h"
#include "yaml.h"

static int yaml_fail(struct ajar_err *err, enum err_code code, const struct yaml_node *node,
                     const char *file, const char *path, const char *text)
{
    err_at(err, code, file, node->row, path, node->text, "%s", text);
    if (err != NULL) {
        err->at = node->at;
    }
    return (int)code;
}

const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key)
{
    for (size_t i = 0; map->kind == YAML_MAP && i < map->n; i++) {
        if (text_is(map->keys[i].text, key)) {
            return &map->items[i];
        }
    }
    return NULL;
}

int yaml_number(const struct yaml_node *node, const char *file, const char *path, double *out,
                struct ajar_err *err)
{
    if (node->kind != YAML_SCALAR || !num_parse(node->text, out)) {
        return yaml_fail(err, E_NUMBER, node, file, path, "a number is expected here");
    }
    return 0;
}

int yaml_int(const struct yaml_node *node, const char *file, const char *path, int64_t *out,
             struct ajar_err *err)
{
    if (node->kind != YAML_SCALAR || !num_parse_int(node->text, out)) {
        return yaml_fail(err, E_NUMBER, node, file, path, "a whole number is expected here");
    }
    return 0;
}

int yaml_date(const struct yaml_node *node, const char *file, const char *path, date_days *out,
              struct ajar_err *err)
{
    struct date_partial partial;
    date_days guess;
    char word[DATE_TEXT];
    if (node->kind == YAML_SCALAR && date_parse(node->text, out)) {
        return 0;
    }
    if (node->kind == YAML_SCALAR && date_parse_partial(node->text, &partial)) {
        return yaml_fail(err, E_DATE_PARTIAL, node, file, path, "the date here needs its day");
    }
    int code = yaml_fail(err, E_DATE, node, file, path, "a date is expected here");
    if (node->kind == YAML_SCALAR && date_guess(node->text, &guess)) {
        err_hint(err, "Perhaps %s is meant.", date_format(guess, word));
    }
    return code;
}

int yaml_only(const struct yaml_node *map, const char *file, const char *path,
              const char *const *known, size_t n, struct ajar_err *err)
{
    if (map->kind != YAML_MAP) {
        return yaml_fail(err, E_YAML_KIND, map, file, path, "a map (key: value) is expected here");
    }
    for (size_t i = 0; i < map->n; i++) {
        const struct yaml_node *key = &map->keys[i];
        size_t k = 0;
        while (k < n && !text_is(key->text, known[k])) {
            k++;
        }
        if (k < n) {
            continue;
        }
        int code =
            yaml_fail(err, E_YAML_KEY_UNKNOWN, key, file, path, "this key is not known here");
        const char *nearest = text_nearest(key->text, known, n);
        if (nearest != NULL) {
            err_hint(err, "Perhaps %s is meant.", nearest);
        }
        return code;
    }
    return 0;
}
