#include "flat.h"

#include <string.h>

#include "flat_dag.h"

/* What is compiled, until it stands. */
struct compiler {
    struct arena *arena, *scratch;
    const struct instance *instance;
    struct flat *flat;
    struct flat_dag dag;
    struct flat_roots roots;
    uint8_t *part;        /* of each atom: 1 read by `decide`, 2 by `answer` alone, 0 by neither */
    bool *known;          /* of each variable: is it read as "no"? */
    uint16_t *atom_slot;  /* of each atom */
    uint16_t *known_slot; /* of each variable */
    uint32_t *column;     /* of each variable; RULES_NONE: not read */
    size_t n_slots;
};

static void compile_mark(struct compiler *it, bool seen[], flat_ref ref, uint8_t part)
{
    if (ref == FLAT_NEVER || ref == FLAT_ALWAYS) {
        return;
    }
    if (!flat_is_node(ref)) {
        size_t a = flat_atom_of(ref);
        it->part[a] = it->part[a] == 0 ? part : it->part[a];
        it->known[it->dag.atoms[a].var] |= flat_is_no(ref);
        return;
    }
    const struct flat_node *node = &it->dag.nodes[ref - FLAT_NODE];
    for (size_t k = 0; !seen[ref - FLAT_NODE] && k < node->n; k++) {
        compile_mark(it, seen, node->kids[k], part);
    }
    seen[ref - FLAT_NODE] = true;
}

static int compile_marks(struct compiler *it, struct ajar_err *err)
{
    bool *seen;
    TRY_NEW(seen, it->scratch, it->dag.n_nodes, err);
    TRY_NEW(it->part, it->scratch, it->dag.n_atoms, err);
    TRY_NEW(it->known, it->scratch, it->instance->n_vars, err);
    for (size_t r = 0; r < 2; r++) {
        compile_mark(it, seen, it->roots.decide[r], 1);
    }
    for (size_t r = 0; r < it->roots.n_answer; r++) {
        compile_mark(it, seen, it->roots.answer[r], 2);
    }
    return 0;
}

static int compile_columns(struct compiler *it, struct ajar_err *err)
{
    size_t n_vars = it->instance->n_vars;
    TRY_NEW(it->column, it->scratch, n_vars, err);
    TRY_NEW(it->flat->var, it->arena, n_vars, err);
    memset(it->column, 0xFF, n_vars * sizeof *it->column);
    for (size_t a = 0; a < it->dag.n_atoms; a++) {
        if (it->part[a] != 0) {
            it->column[it->dag.atoms[a].var] = 0;
        }
    }
    for (uint32_t v = 0; v < n_vars; v++) {
        if (it->column[v] != RULES_NONE) {
            it->column[v] = (uint32_t)it->flat->n_columns;
            it->flat->var[it->flat->n_columns++] = v;
        }
    }
    return 0;
}

/* What a table says of a class: which of its conditions hold. */
static void table_add(struct flat_table *table, unsigned n_classes, uint64_t mask)
{
    unsigned bit = FLAT_ATOMS - 1 - (unsigned)table->n_atoms++;
    for (unsigned c = 0; c < n_classes; c++) {
        table->any[c] |= (uint8_t)((mask >> c & 1) << bit);
    }
}

static void table_finish(struct flat_table *table, unsigned n_classes)
{
    for (unsigned c = 0; c < n_classes; c++) {
        table->any[c] |= 0x80;
        table->near[c / 16][c % 16] = table->any[c];
    }
    table->n_near = (n_classes + 15) / 16;
}

/* Tables of one variable for the conditions of one part. */
static void compile_var(struct compiler *it, uint32_t v, uint8_t part)
{
    unsigned n_classes = it->instance->vars[v].n_classes;
    struct flat_table *table = NULL;
    for (size_t a = 0; a < it->dag.n_atoms; a++) {
        if (it->dag.atoms[a].var != v || it->part[a] != part) {
            continue;
        }
        if (table == NULL || table->n_atoms == FLAT_ATOMS) {
            table = &it->flat->tables[it->flat->n_tables++];
            *table = (struct flat_table){.column = it->column[v], .known = it->known[v]};
            if (table->known) {
                it->known_slot[v] = (uint16_t)it->n_slots;
                table->known_slot = it->n_slots++;
                it->known[v] = false;
            }
            table->at = it->n_slots;
        }
        it->atom_slot[a] = (uint16_t)it->n_slots++;
        table_add(table, n_classes, it->dag.atoms[a].mask);
    }
    for (size_t t = 0; t < it->flat->n_tables; t++) {
        if (it->flat->tables[t].column == it->column[v]) {
            table_finish(&it->flat->tables[t], n_classes);
        }
    }
}

static int compile_tables(struct compiler *it, struct ajar_err *err)
{
    struct flat *flat = it->flat;
    TRY_NEW(flat->tables, it->arena, it->dag.n_atoms, err);
    TRY_NEW(it->atom_slot, it->scratch, it->dag.n_atoms, err);
    TRY_NEW(it->known_slot, it->scratch, it->instance->n_vars, err);
    for (uint8_t part = 1; part <= 2; part++) {
        struct flat_program *program = part == 1 ? &flat->decide : &flat->answer;
        for (size_t c = 0; c < flat->n_columns; c++) {
            compile_var(it, flat->var[c], part);
        }
        program->n_tables = flat->n_tables;
        program->n_planes = it->n_slots;
    }
    return 0;
}

static int compile_rules(struct compiler *it, struct ajar_err *err)
{
    struct flat *flat = it->flat;
    const struct instance *instance = it->instance;
    size_t n = 0;
    for (uint32_t a = 0; a < instance->n_arms; a++) {
        const struct version *version = instance->arms[a].version;
        n += version == NULL ? 0 : version->n_rules + version->n_superior;
    }
    TRY_NEW(flat->rules, it->arena, n, err);
    for (uint32_t a = 0; a < instance->n_arms; a++) {
        const struct version *version = instance->arms[a].version;
        for (uint32_t r = 0; version != NULL && r < version->n_rules; r++) {
            flat->rules[flat->n_rules++] = (struct flat_rule){a, r, false};
        }
        for (uint32_t s = 0; version != NULL && s < version->n_superior; s++) {
            flat->rules[flat->n_rules++] = (struct flat_rule){a, s, true};
        }
    }
    return 0;
}

static size_t program_slots(const struct flat_program *program)
{
    return program->n_planes + program->n_temps + program->n_outs;
}

/* From slots to words. */
static void program_scale(struct flat_program *program, size_t words)
{
    for (size_t i = 0; i < program->n_ops; i++) {
        struct flat_op *op = &program->ops[i];
        bool no = op->what == FLAT_SET_NO || op->what == FLAT_AND_NO || op->what == FLAT_OR_NO;
        op->at = (uint16_t)(op->at * words);
        op->known = no ? (uint16_t)(op->known * words) : 0;
    }
}

static int compile_programs(struct compiler *it, struct ajar_err *err)
{
    struct flat *flat = it->flat;
    TRY(flat_emit(it->arena, &it->dag, 2, it->roots.decide, it->atom_slot, it->known_slot,
                  &flat->decide, err));
    TRY(flat_emit(it->arena, &it->dag, it->roots.n_answer, it->roots.answer, it->atom_slot,
                  it->known_slot, &flat->answer, err));
    size_t decide = program_slots(&flat->decide), answer = program_slots(&flat->answer);
    size_t slots = decide > answer ? decide : answer;
    flat->words = FLAT_WORDS;
    while (slots * flat->words > FLAT_ROOM && flat->words > FLAT_WORDS_LEAST) {
        flat->words /= 2;
    }
    if (slots * flat->words > FLAT_ROOM) {
        return err_set(err, E_DOORS_TOO_LARGE,
                       "the door needs %zu planes at a time for many people at once; %d at most",
                       slots, FLAT_ROOM / FLAT_WORDS_LEAST);
    }
    program_scale(&flat->decide, flat->words);
    program_scale(&flat->answer, flat->words);
    return 0;
}

int flat_compile(struct arena *arena, struct arena *scratch, const struct instance *instance,
                 struct flat **out, struct ajar_err *err)
{
    struct compiler it = {.arena = arena, .scratch = scratch, .instance = instance};
    TRY_NEW(it.flat, arena, 1, err);
    TRY(compile_rules(&it, err));
    TRY(flat_dag_open(&it.dag, scratch, instance, err));
    TRY(flat_rails(&it.dag, it.flat->n_rules, &it.roots, err));
    TRY(compile_marks(&it, err));
    TRY(compile_columns(&it, err));
    TRY(compile_tables(&it, err));
    TRY(compile_programs(&it, err));
    *out = it.flat;
    return 0;
}

size_t flat_columns(const struct flat *flat)
{
    return flat->n_columns;
}

uint32_t flat_column_var(const struct flat *flat, size_t column)
{
    return flat->var[column];
}

bool flat_decides(const struct flat *flat, size_t column)
{
    for (size_t t = 0; t < flat->decide.n_tables; t++) {
        if (flat->tables[t].column == column) {
            return true;
        }
    }
    return false;
}

size_t flat_rules(const struct flat *flat)
{
    return flat->n_rules;
}

struct flat_rule flat_rule(const struct flat *flat, size_t rule)
{
    return flat->rules[rule];
}
