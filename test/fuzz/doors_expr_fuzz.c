/* Any bytes as a condition: what is read prints as what reads back, and is held against the shipped
 * facts and lists. */
#include "fuzz.h"

#include "file.h"
#include "rules_read.h"

#define FUZZ_MEMORY ((size_t)256 * 1024 * 1024)
#define FUZZ_FOLDER "scenarios/exodus2022/doors/"

static void fuzz_vocabulary(struct arena *arena, struct rules *out)
{
    static const char *const names[] = {FUZZ_FOLDER "facts.yaml", FUZZ_FOLDER "lists.csv"};
    static const enum rules_file_kind kinds[] = {RULES_FACTS, RULES_LISTS};
    struct rules_file files[2];
    struct file_view views[2];
    struct faults faults;
    arena_init(arena, "the fuzz target", FUZZ_MEMORY);
    fuzz_demand(faults_init(&faults, arena, 20, NULL) == 0);
    for (size_t i = 0; i < 2; i++) {
        fuzz_demand(file_open(&views[i], names[i], RULES_FILE_CEILING, NULL) == 0);
        files[i] = (struct rules_file){kinds[i], names[i], views[i].bytes};
    }
    fuzz_demand(rules_read(arena, 2, files, NULL, NULL, out, &faults, NULL) == 0);
    file_close(&views[0]);
    file_close(&views[1]);
}

static void fuzz_node(const struct expr *node, size_t size)
{
    fuzz_demand(node->at >= 1 && node->at < node->end && node->end <= size + 1);
    bool series = node->kind == EXPR_AND || node->kind == EXPR_OR;
    fuzz_demand(!series || node->n >= 2);
    for (size_t i = 0; i < node->n; i++) {
        fuzz_demand(!series || node->kids[i]->kind != node->kind);
        fuzz_node(node->kids[i], size);
    }
}

static void fuzz_print(struct arena *arena, const struct expr *expr)
{
    const struct expr *back;
    struct buf one, two;
    struct ajar_err err = {0};
    buf_init(&one, (size_t)1 << 20);
    buf_init(&two, (size_t)1 << 20);
    expr_print(&one, expr);
    fuzz_demand(buf_ok(&one, NULL) == 0);
    int code = expr_parse(arena, NULL, 0, 1, NULL, buf_view(&one), &back, &err);
    fuzz_demand(code == 0 || (code == E_DOORS_EXPR_LIMIT && one.n > EXPR_TEXT_MAX));
    if (code == 0) {
        expr_print(&two, back);
        fuzz_demand(text_eq(buf_view(&one), buf_view(&two)));
    }
    buf_free(&one);
    buf_free(&two);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena kept;
    static struct rules rules;
    if (rules.names == NULL) {
        fuzz_vocabulary(&kept, &rules);
    }
    struct arena arena;
    struct ajar_err err = {0};
    const struct expr *expr = NULL;
    char *copy = fuzz_copy(data, size);
    struct text text = {copy, size};
    arena_init(&arena, "the condition", FUZZ_MEMORY);
    int code = expr_parse(&arena, "f", 1, 1, "when", text, &expr, &err);
    if (code == 0) {
        fuzz_node(expr, size);
        fuzz_print(&arena, expr);
        code = rules_expr(&arena, &rules, "f", text, &expr, &err);
    } else {
        fuzz_demand(expr == NULL);
        fuzz_demand(code == E_DOORS_EXPR_SYNTAX || code == E_DOORS_EXPR_LIMIT);
    }
    if (code != 0) {
        fuzz_demand(code >= E_DOORS_EXPR_SYNTAX && code <= E_DOORS_EXPR_ROLE);
        fuzz_demand(err.code == code && err.at >= 1 && (size_t)err.at <= size + 1);
    }
    arena_free(&arena);
    free(copy);
    return 0;
}
