#include "yaml.h"

#include <assert.h>
#include <libfyaml.h>
#include <stdlib.h>
#include <string.h>

#include "yaml_unsafe.h"

#define YAML_DEPTH 32

/* Nodes of open lists and maps, before their number is known.  At most one a byte, and one more for
 * a value that is left out. */
#define YAML_SCRATCH_FIXED    ((size_t)1024 * 1024)
#define YAML_SCRATCH_PER_BYTE (2 * sizeof(struct yaml_link))

static const struct text yaml_none = {"", 0};

struct yaml_link {
    struct yaml_node node;
    struct yaml_link *next;
};

/* A list or map that is still open; keys and values of a map take turns. */
struct yaml_open {
    struct yaml_node node;
    struct yaml_link *first, *last;
    size_t n_links;
};

struct yaml_reader {
    const char *file;
    struct text bytes;
    struct arena *arena;
    struct arena scratch;
    struct fy_diag *diag;
    struct fy_parser *parser;
    size_t offset; /* a byte of the input, and its line and character */
    long row, at;
    unsigned documents;
    int depth;
    struct yaml_open open[YAML_DEPTH];
    struct yaml_node root;
    struct ajar_err *err;
};

static bool yaml_inside(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* Back to a byte before the reader's place. */
static void yaml_move_back(struct yaml_reader *reader, size_t offset)
{
    const char *bytes = reader->bytes.at;
    bool other_line = false;
    while (reader->offset > offset) {
        char byte = bytes[--reader->offset];
        reader->row -= byte == '\n';
        reader->at -= !yaml_inside(byte);
        other_line = other_line || byte == '\n';
    }
    if (other_line) {
        reader->at = 1;
        for (size_t i = offset; i > 0 && bytes[i - 1] != '\n'; i--) {
            reader->at += !yaml_inside(bytes[i - 1]);
        }
    }
}

/* Moves the reader's place to a byte.  A map is marked at its first colon, which stands behind its
 * first key, so some steps go back; counting from the start again would take n^2 in a long list of
 * maps. */
static void yaml_move(struct yaml_reader *reader, size_t offset)
{
    if (offset < reader->offset) {
        yaml_move_back(reader, offset);
        return;
    }
    for (; reader->offset < offset && reader->offset < reader->bytes.n; reader->offset++) {
        char byte = reader->bytes.at[reader->offset];
        if (byte == '\n') {
            reader->row++;
            reader->at = 1;
        } else if (!yaml_inside(byte)) {
            reader->at++;
        }
    }
}

static int yaml_refuse(struct yaml_reader *reader, enum err_code code, const char *text)
{
    err_at(reader->err, code, reader->file, reader->row, NULL, yaml_none, "%s", text);
    if (reader->err != NULL) {
        reader->err->at = reader->at;
    }
    return (int)code;
}

/* What libfyaml collected: its first error is the cause, later ones follow from it. */
static int yaml_refuse_syntax(struct yaml_reader *reader)
{
    void *before = NULL;
    const struct fy_diag_error *error = fy_diag_errors_iterate(reader->diag, &before);
    if (error == NULL) {
        return yaml_refuse(reader, E_YAML_SYNTAX, "this is not YAML");
    }
    bool deep = strstr(error->msg, "depth limit") != NULL;
    enum err_code code = deep ? E_YAML_DEPTH : E_YAML_SYNTAX;
    err_at(reader->err, code, reader->file, error->line > 0 ? error->line : 0, NULL, yaml_none,
           "%s%s", deep ? "lists and maps are nested more than 32 deep" : "this is not YAML: ",
           deep ? "" : error->msg);
    if (reader->err != NULL) {
        reader->err->at = error->column > 0 ? error->column : 0;
    }
    return (int)code;
}

static int yaml_by_text(const void *a, const void *b)
{
    const struct yaml_node *x = *(const struct yaml_node *const *)a;
    const struct yaml_node *y = *(const struct yaml_node *const *)b;
    int order = text_cmp(x->text, y->text);
    return order != 0 ? order : (x > y) - (x < y);
}

/* The first key of the map that stands in it before. */
static int yaml_refuse_twice(struct yaml_reader *reader, const struct yaml_node *map)
{
    const struct yaml_node **sorted, *twice = NULL;
    TRY_NEW(sorted, &reader->scratch, map->n, reader->err);
    for (size_t i = 0; i < map->n; i++) {
        sorted[i] = &map->keys[i];
    }
    qsort(sorted, map->n, sizeof *sorted, yaml_by_text);
    for (size_t i = 1; i < map->n; i++) {
        if (text_eq(sorted[i - 1]->text, sorted[i]->text) && (twice == NULL || sorted[i] < twice)) {
            twice = sorted[i];
        }
    }
    if (twice == NULL) {
        return 0;
    }
    err_at(reader->err, E_YAML_KEY_DUPLICATE, reader->file, twice->row, NULL, twice->text,
           "a key stands in this map twice");
    if (reader->err != NULL) {
        reader->err->at = twice->at;
    }
    return E_YAML_KEY_DUPLICATE;
}

/* A finished node goes to the list or map that is open, or is the root. */
static int yaml_add(struct yaml_reader *reader, const struct yaml_node *node)
{
    if (reader->depth == 0) {
        reader->root = *node;
        return 0;
    }
    struct yaml_open *open = &reader->open[reader->depth - 1];
    struct yaml_link *link;
    TRY_NEW(link, &reader->scratch, 1, reader->err);
    link->node = *node;
    if (open->last == NULL) {
        open->first = link;
    } else {
        open->last->next = link;
    }
    open->last = link;
    open->n_links++;
    return 0;
}

static int yaml_begin(struct yaml_reader *reader, enum yaml_kind kind)
{
    struct yaml_open *open = reader->depth == 0 ? NULL : &reader->open[reader->depth - 1];
    if (open != NULL && open->node.kind == YAML_MAP && open->n_links % 2 == 0) {
        return yaml_refuse(reader, E_YAML_KEY_FORM, "a list or map stands here as a key");
    }
    if (reader->depth == YAML_DEPTH) {
        return yaml_refuse(reader, E_YAML_DEPTH,
                           "lists and maps are nested more than 32 deep here");
    }
    reader->open[reader->depth++] = (struct yaml_open){
        .node = {.kind = kind, .row = reader->row, .at = reader->at, .text = yaml_none}};
    return 0;
}

/* Closes the innermost list or map: its links become arrays. */
static int yaml_end(struct yaml_reader *reader)
{
    assert(reader->depth > 0);
    struct yaml_open *open = &reader->open[--reader->depth];
    struct yaml_node *node = &open->node;
    bool map = node->kind == YAML_MAP;
    assert(!map || open->n_links % 2 == 0);
    node->n = map ? open->n_links / 2 : open->n_links;
    TRY_NEW(node->items, reader->arena, node->n, reader->err);
    if (map) {
        TRY_NEW(node->keys, reader->arena, node->n, reader->err);
    }
    size_t i = 0;
    for (const struct yaml_link *link = open->first; link != NULL; link = link->next, i++) {
        struct yaml_node *to = !map         ? &node->items[i]
                               : i % 2 == 0 ? &node->keys[i / 2]
                                            : &node->items[i / 2];
        *to = link->node;
    }
    if (map && node->n > 0) {
        /* A map without braces starts with its first key; libfyaml marks some at the colon. */
        const struct yaml_node *key = &node->keys[0];
        if (key->row < node->row || (key->row == node->row && key->at < node->at)) {
            node->row = key->row;
            node->at = key->at;
        }
        TRY(yaml_refuse_twice(reader, node));
    }
    return yaml_add(reader, node);
}

static int yaml_refuse_memory(struct yaml_reader *reader)
{
    return err_set(reader->err, E_MEMORY, "no memory is left to read %s", reader->file);
}

static int yaml_text(struct yaml_reader *reader, struct fy_token *token, struct text *out)
{
    const struct fy_mark *start = fy_token_start_mark(token); /* behind the first quote */
    enum fy_scalar_style style = fy_token_scalar_style(token);
    if (start != NULL && (style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED)) {
        struct text rest = {reader->bytes.at + start->input_pos,
                            reader->bytes.n - start->input_pos};
        struct text raw = yaml_quoted(rest, style == FYSS_SINGLE_QUOTED ? '\'' : '"');
        if (style == FYSS_SINGLE_QUOTED && yaml_twins(raw)) {
            if (memchr(raw.at, '\n', raw.n) == NULL) {
                return yaml_read_twins(reader->arena, raw, out, reader->err);
            }
            yaml_refuse(reader, E_YAML_SYNTAX,
                        "two doubled quotes stand in a text of several lines");
            return err_hint(reader->err, "Put the text on one line, or into double quotes.");
        }
        if (yaml_ends_in_break(raw)) {
            yaml_refuse(reader, E_YAML_SYNTAX, "a text in quotes ends in a line break");
            return err_hint(reader->err, "Close the quotes behind the last word.");
        }
    }
    size_t n = 0;
    const char *at = fy_token_get_text(token, &n);
    if (at == NULL) {
        return yaml_refuse_memory(reader);
    }
    TRY(text_copy(reader->arena, (struct text){at, n}, &out->at, reader->err));
    out->n = n;
    return 0;
}

/* A value that is left out has no token: it stands where the reader is, behind its key. */
static int yaml_scalar(struct yaml_reader *reader, struct fy_token *token)
{
    enum fy_scalar_style style = token == NULL ? FYSS_PLAIN : fy_token_scalar_style(token);
    struct yaml_node node = {
        .kind = YAML_SCALAR,
        .row = reader->row,
        .at = reader->at,
        .text = yaml_none,
        .quoted = style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED,
    };
    if (token != NULL) {
        TRY(yaml_text(reader, token, &node.text));
    }
    return yaml_add(reader, &node);
}

/* Where an event starts.  libfyaml marks a quoted text behind its first quote. */
static void yaml_move_to(struct yaml_reader *reader, struct fy_event *event, struct fy_token *token)
{
    const struct fy_mark *mark =
        token != NULL ? fy_token_start_mark(token) : fy_event_start_mark(event);
    if (mark == NULL) {
        return;
    }
    size_t offset = mark->input_pos;
    if (event->type == FYET_SCALAR && token == event->scalar.value && token != NULL && offset > 0) {
        enum fy_scalar_style style = fy_token_scalar_style(token);
        offset -= style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED;
    }
    yaml_move(reader, offset);
}

/* Anchors and aliases are marked behind their & or *. */
static int yaml_refuse_marks(struct yaml_reader *reader, struct fy_event *event)
{
    struct fy_token *tag = fy_event_get_tag_token(event);
    bool alias = event->type == FYET_ALIAS;
    struct fy_token *anchor = alias ? event->alias.anchor : fy_event_get_anchor_token(event);
    if (anchor != NULL) {
        const struct fy_mark *mark = fy_token_start_mark(anchor);
        if (mark != NULL && mark->input_pos > 0) {
            yaml_move(reader, mark->input_pos - 1);
        }
        return yaml_refuse(reader, E_YAML_ALIAS,
                           alias ? "an alias (*) stands here" : "an anchor (&) stands here");
    }
    if (tag != NULL) {
        yaml_move_to(reader, event, tag);
        return yaml_refuse(reader, E_YAML_TAG, "a tag (!) stands here");
    }
    return 0;
}

static int yaml_event(struct yaml_reader *reader, struct fy_event *event)
{
    switch (event->type) {
    case FYET_DOCUMENT_START:
        yaml_move_to(reader, event, NULL);
        reader->documents++;
        return 0;
    case FYET_ALIAS:
    case FYET_SCALAR:
    case FYET_SEQUENCE_START:
    case FYET_MAPPING_START:
        TRY(yaml_refuse_marks(reader, event));
        yaml_move_to(reader, event, fy_event_get_token(event));
        if (reader->documents > 1) {
            return yaml_refuse(reader, E_YAML_DOCUMENTS, "a second document begins here");
        }
        if (event->type == FYET_SCALAR) {
            return yaml_scalar(reader, event->scalar.value);
        }
        return yaml_begin(reader, event->type == FYET_MAPPING_START ? YAML_MAP : YAML_LIST);
    case FYET_SEQUENCE_END:
    case FYET_MAPPING_END:
        return yaml_end(reader);
    default:
        return 0;
    }
}

static int yaml_read(struct yaml_reader *reader)
{
    struct fy_event *event;
    while ((event = fy_parser_parse(reader->parser)) != NULL) {
        int code = yaml_event(reader, event);
        fy_parser_event_free(reader->parser, event);
        TRY(code);
    }
    if (fy_parser_get_stream_error(reader->parser)) {
        return yaml_refuse_syntax(reader);
    }
    if (reader->documents == 0) {
        return yaml_refuse(reader, E_YAML_EMPTY, "the file has no content");
    }
    return 0;
}

/* The diagnostics have no stream and no callback, so that nothing can be printed. */
static bool yaml_parser(struct yaml_reader *reader)
{
    struct fy_diag_cfg diag = {.level = FYET_ERROR, .module_mask = ~0u};
    reader->diag = fy_diag_create(&diag);
    if (reader->diag == NULL) {
        return false;
    }
    fy_diag_set_collect_errors(reader->diag, true);
    struct fy_parse_cfg config = {
        .flags = FYPCF_COLLECT_DIAG | FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE,
        .diag = reader->diag,
    };
    reader->parser = fy_parser_create(&config);
    return reader->parser != NULL &&
           fy_parser_set_string(reader->parser, reader->bytes.at, reader->bytes.n) == 0;
}

/* What may not stand in a YAML file at all; libfyaml would take a zero for the end of the file. */
static int yaml_check_bytes(struct yaml_reader *reader)
{
    size_t bad;
    if (!text_utf8(reader->bytes, &bad)) {
        yaml_move(reader, bad);
        return yaml_refuse(reader, E_UTF8, "here is a byte that is not UTF-8");
    }
    for (size_t i = 0; i < reader->bytes.n; i++) {
        unsigned char byte = (unsigned char)reader->bytes.at[i];
        if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7f) {
            yaml_move(reader, i);
            return yaml_refuse(reader, E_YAML_SYNTAX,
                               "this is not YAML: a control character stands here");
        }
        if (yaml_explicit_key(reader->bytes, i)) {
            yaml_move(reader, i);
            return yaml_refuse(reader, E_YAML_KEY_FORM,
                               "a question mark with a blank behind it begins a key here");
        }
    }
    if (reader->bytes.n == 0) {
        return yaml_refuse(reader, E_YAML_EMPTY, "the file has no content");
    }
    return 0;
}

int yaml_parse(struct arena *arena, const char *file, struct text bytes, size_t ceiling_bytes,
               const struct yaml_node **out, struct ajar_err *err)
{
    if (bytes.n > ceiling_bytes) {
        return err_at(err, E_YAML_SIZE, file, 0, NULL, yaml_none,
                      "the file has %zu bytes; at most %zu are read here", bytes.n, ceiling_bytes);
    }
    if (text_starts(bytes, "\xef\xbb\xbf")) {
        bytes = (struct text){bytes.at + 3, bytes.n - 3};
    }
    struct yaml_reader *reader;
    struct yaml_node *root;
    TRY_NEW(reader, arena, 1, err);
    TRY_NEW(root, arena, 1, err);
    *reader = (struct yaml_reader){
        .file = file, .bytes = bytes, .arena = arena, .row = 1, .at = 1, .err = err};
    TRY(yaml_check_bytes(reader));
    arena_init(&reader->scratch, "the nodes of a YAML file",
               YAML_SCRATCH_FIXED + bytes.n * YAML_SCRATCH_PER_BYTE);
    int code = yaml_parser(reader) ? yaml_read(reader) : yaml_refuse_memory(reader);
    /* The errors hold tokens of the parser, so they go first. */
    fy_diag_destroy(reader->diag);
    fy_parser_destroy(reader->parser);
    arena_free(&reader->scratch);
    if (code == 0) {
        *root = reader->root;
        *out = root;
    }
    return code;
}
