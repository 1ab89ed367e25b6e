/* The whole rule set: vocabulary first, then doors, then what holds between them. */
#include "rules_read.h"

#include <stdlib.h>
#include <string.h>

#include "country.h"
#include "rules_reader.h"
#include "units.h"

struct door_waiting { /* a door, and the doors that it names */
    struct door door;
    size_t n_protection;
    struct text *protection;
};

/* The order of the files: by kind, name and bytes, so that the caller's order does not matter. */
static int by_file(const void *a, const void *b)
{
    const struct rules_file *x = a, *y = b;
    if (x->kind != y->kind) {
        return x->kind < y->kind ? -1 : 1;
    }
    int order = strcmp(x->name, y->name);
    return order != 0 ? order : text_cmp(x->bytes, y->bytes);
}

/* Units and countries come first, in the order that units.h and country.h promise. */
static int first_words(struct names *names, struct ajar_err *err)
{
    name_id id;
    for (enum unit unit = UNIT_NONE + 1; unit < UNIT_COUNT; unit++) {
        TRY(names_put(names, text_of(unit_word(unit)), &id, err));
    }
    for (size_t i = 0; i < country_count(); i++) {
        TRY(names_put(names, text_of(country_at(i)->alpha3), &id, err));
    }
    return 0;
}

/* The trees of the YAML files; a file that is none is a fault. */
static int parse_files(struct reader *reader, size_t n, const struct rules_file files[],
                       struct rules_part parts[])
{
    for (size_t i = 0; i < n; i++) {
        struct ajar_err problem = {0};
        parts[i].file = &files[i];
        if (files[i].kind == RULES_LISTS || files[i].kind == RULES_PARAMS) {
            continue;
        }
        int code = yaml_parse(reader->arena, files[i].name, files[i].bytes, RULES_FILE_CEILING,
                              &parts[i].root, &problem);
        TRY(reader_absorb(reader, code, &problem));
    }
    return 0;
}

static int by_door(const void *a, const void *b)
{
    const struct door_waiting *x = a, *y = b;
    int order = text_cmp(x->door.id, y->door.id);
    return order != 0 ? order : strcmp(x->door.at.file, y->door.at.file);
}

/* Sorts the doors and leaves out those that stand twice. */
static void doors_sort(struct reader *reader, struct door_waiting doors[], size_t *n_doors)
{
    size_t n = 0;
    if (*n_doors > 0) {
        qsort(doors, *n_doors, sizeof *doors, by_door);
    }
    for (size_t i = 0; i < *n_doors; i++) {
        const struct door *door = &doors[i].door;
        if (n > 0 && text_eq(doors[n - 1].door.id, door->id)) {
            struct ajar_err *fault = faults_add(reader->faults);
            err_at(fault, E_DOORS_TWICE, door->at.file, door->at.row, "door", door->id,
                   "a door of this id stands already in %s", doors[n - 1].door.at.file);
            continue;
        }
        doors[n++] = doors[i];
    }
    *n_doors = n;
}

/* Doors of kind protection that a door names. */
static int door_protection(struct reader *reader, const struct door_waiting *waiting,
                           struct door *out)
{
    const struct rules *rules = reader->rules;
    TRY_NEW(out->protection, reader->arena, waiting->n_protection, reader->err);
    for (size_t i = 0; i < waiting->n_protection; i++) {
        struct text id = waiting->protection[i];
        uint32_t at = rules_door(rules, id);
        if (at != RULES_NONE && rules->doors[at].kind == DOOR_PROTECTION) {
            out->protection[out->n_protection++] = at;
            continue;
        }
        const char **ids;
        struct ajar_err *fault = faults_add(reader->faults);
        err_at(fault, E_DOORS_REFERENCE, out->at.file, out->at.row, "protection", id,
               at == RULES_NONE ? "there is no such door" : "this door is not of kind protection");
        TRY_NEW(ids, reader->arena, rules->n_doors, reader->err);
        for (size_t k = 0; k < rules->n_doors; k++) {
            ids[k] = rules->doors[k].id.at;
        }
        const char *nearest = at == RULES_NONE ? text_nearest(id, ids, rules->n_doors) : NULL;
        if (nearest != NULL) {
            err_hint(fault, "Did you mean %s?", nearest);
        }
    }
    return 0;
}

static int read_doors(struct reader *reader, size_t n, const struct rules_part parts[])
{
    struct rules *rules = reader->rules;
    struct door_waiting *doors;
    size_t n_doors = 0;
    TRY_NEW(doors, reader->arena, n, reader->err);
    for (size_t i = 0; i < n; i++) {
        bool kept;
        struct door_waiting *to = &doors[n_doors];
        if (parts[i].root == NULL) {
            continue;
        }
        reader->file = parts[i].file->name;
        TRY(read_door(reader, parts[i].root, &to->door, &to->n_protection, &to->protection, &kept));
        n_doors += kept;
    }
    doors_sort(reader, doors, &n_doors);
    TRY_NEW(rules->doors, reader->arena, n_doors, reader->err);
    for (size_t i = 0; i < n_doors; i++) {
        rules->doors[i] = doors[i].door;
    }
    rules->n_doors = n_doors;
    for (size_t i = 0; i < n_doors; i++) {
        TRY(door_protection(reader, &doors[i], &rules->doors[i]));
    }
    return 0;
}

static int check_doors(struct reader *reader)
{
    const struct rules *rules = reader->rules;
    struct cover *cover;
    TRY(cover_make(reader, &cover));
    for (size_t i = 0; i < rules->n_doors; i++) {
        TRY(check_spans(reader, &rules->doors[i]));
        TRY(check_overrides(reader, &rules->doors[i]));
        if (!reader->blind) {
            TRY(check_cover(reader, cover, &rules->doors[i]));
        }
    }
    return 0;
}

/* Parts of one kind: they stand beside each other. */
static const struct rules_part *parts_of(const struct rules_part parts[], size_t n,
                                         enum rules_file_kind kind, size_t *n_out)
{
    size_t from = 0, to;
    while (from < n && parts[from].file->kind < kind) {
        from++;
    }
    for (to = from; to < n && parts[to].file->kind == kind; to++) {
    }
    *n_out = to - from;
    return parts + from;
}

static int read_parts(struct reader *reader, size_t n, const struct rules_file files[])
{
    static int (*const readers[])(struct reader *, size_t, const struct rules_part[]) = {
        read_facts, read_params, read_lists, read_doors};
    struct rules_part *parts;
    TRY_NEW(parts, reader->arena, n, reader->err);
    TRY(parse_files(reader, n, files, parts));
    for (enum rules_file_kind kind = RULES_FACTS; kind <= RULES_DOOR; kind++) {
        size_t n_kind;
        const struct rules_part *of = parts_of(parts, n, kind, &n_kind);
        TRY(readers[kind](reader, n_kind, of));
    }
    return check_doors(reader);
}

/* The files in their order, with names that live as long as the rules. */
static int sort_files(struct arena *arena, size_t n, const struct rules_file *files,
                      struct rules_file **out, struct ajar_err *err)
{
    struct rules_file *sorted;
    TRY_NEW(sorted, arena, n, err);
    for (size_t i = 0; i < n; i++) {
        sorted[i] = files[i];
        TRY(text_copy(arena, text_of(files[i].name), &sorted[i].name, err));
    }
    if (n > 0) {
        qsort(sorted, n, sizeof *sorted, by_file);
    }
    *out = sorted;
    return 0;
}

int rules_read(struct arena *arena, size_t n_files, const struct rules_file *files,
               bool (*known_source)(void *arg, struct text id), void *arg, struct rules *out,
               struct faults *faults, struct ajar_err *err)
{
    struct rules rules = {.fact_crossing = RULES_NONE};
    struct rules_file *sorted = NULL;
    if (n_files > RULES_FILES_MAX) {
        return err_set(err, E_DOORS_TOO_LARGE, "a rule set has at most %d files", RULES_FILES_MAX);
    }
    TRY(sort_files(arena, n_files, files, &sorted, err));
    TRY_NEW(rules.names, arena, 1, err);
    TRY(names_init(rules.names, arena, err));
    TRY(first_words(rules.names, err));
    struct reader reader = {.arena = arena,
                            .faults = faults,
                            .rules = &rules,
                            .known_source = known_source,
                            .arg = arg,
                            .err = err};
    uint64_t before = faults->total;
    TRY(read_parts(&reader, n_files, sorted));
    faults_sort(faults);
    if (faults->total > before) {
        unsigned long long count = faults->total - before;
        return err_set(err, E_DOORS_FAULTS, "the rules have %llu fault%s", count,
                       count == 1 ? "" : "s");
    }
    *out = rules;
    return 0;
}

int rules_expr(struct arena *arena, const struct rules *rules, const char *file, struct text text,
               const struct expr **out, struct ajar_err *err)
{
    const struct expr *expr;
    const char **names;
    struct ajar_err first = {0};
    struct faults faults = {.at = &first, .limit = 1};
    TRY(expr_parse(arena, file, 0, 1, NULL, text, &expr, err));
    TRY_NEW(names, arena, rules->n_facts, err);
    for (size_t i = 0; i < rules->n_facts; i++) {
        names[i] = rules->facts[i].name.at;
    }
    TRY(rules_bind(arena, rules, names, expr, &faults, err));
    if (faults.total > 0) {
        if (err != NULL) {
            *err = first;
        }
        return first.code;
    }
    *out = expr;
    return 0;
}
