#include "programme.h"

#include "programme_reader.h"

#define PROGRAMME_CEILING ((size_t)64 << 30)

static const char *const programme_words[PROGRAMME_TABLES] = {
    [PROGRAMME_HOUSEHOLDS] = "households",
    [PROGRAMME_LOCALITIES] = "localities",
    [PROGRAMME_SCORES] = "scores",
    [PROGRAMME_CRITERIA] = "criteria",
    [PROGRAMME_KIN] = "kin",
    [PROGRAMME_SPEAKS] = "speaks",
    [PROGRAMME_SPOKEN] = "spoken",
    [PROGRAMME_SKILLS] = "skills",
    [PROGRAMME_SHORTAGES] = "shortages",
    [PROGRAMME_WISHES] = "wishes",
    [PROGRAMME_FEATURES] = "features",
    [PROGRAMME_REQUIRES] = "requires",
    [PROGRAMME_TRAITS] = "traits",
    [PROGRAMME_CONDITIONS] = "conditions",
    [PROGRAMME_ELIGIBLE] = "eligible",
    [PROGRAMME_VETOES] = "vetoes",
    [PROGRAMME_LINKS] = "links",
    [PROGRAMME_LOCKS] = "locks",
    [PROGRAMME_QUOTAS] = "quotas",
};

const char *programme_table_word(enum programme_table table)
{
    return programme_words[table];
}

/* The two tables that nothing goes without. */
static int programme_main(struct programme_reader *reader, struct ajar_err *err)
{
    bool there = true;
    for (enum programme_table table = PROGRAMME_HOUSEHOLDS; table <= PROGRAMME_LOCALITIES;
         table++) {
        if (programme_table_of(reader, table)->name == NULL) {
            err_at(faults_add(reader->faults), E_PLACE_EMPTY, programme_words[table], 0, NULL,
                   (struct text){"", 0}, "this table is missing");
            there = false;
        }
    }
    if (!there) {
        return 0;
    }
    TRY(programme_households_read(reader, err));
    TRY(programme_lots_read(reader, err));
    reader->agree =
        reader->households.whole && reader->lots.whole &&
        place_list_agree(&reader->households, &reader->lots, reader->faults, reader->column);
    if (!reader->agree) {
        return 0;
    }
    return place_list_problem(reader->arena, &reader->households, &reader->lots, reader->column,
                              &reader->out.problem, &reader->out.names, err);
}

static int programme_compile(struct programme_reader *reader, struct ajar_err *err)
{
    TRY_NEW(reader->detail, reader->arena, 1, err);
    reader->out.detail = reader->detail;
    reader->detail->rules.on = reader->input->on;
    TRY(programme_main(reader, err));
    TRY(programme_conditions_read(reader, err));
    TRY(programme_orders_read(reader, err));
    TRY(programme_criteria_read(reader, err));
    TRY(programme_side_read(reader, err));
    TRY(programme_pairs_make(reader, err));
    if (reader->faults->total != reader->before) {
        return 0;
    }
    TRY(programme_nowhere_make(reader, err));
    return programme_locks_make(reader, err);
}

int programme_read(struct arena *arena, const struct programme_input *input, struct pool *pool,
                   const struct watch *watch, struct faults *faults, struct programme *out,
                   struct ajar_err *err)
{
    struct arena scratch;
    struct programme_reader reader = {.arena = arena,
                                      .scratch = &scratch,
                                      .input = input,
                                      .pool = pool,
                                      .watch = watch,
                                      .faults = faults,
                                      .before = faults->total};
    arena_init(&scratch, "reading a placement", PROGRAMME_CEILING);
    int code = programme_compile(&reader, err);
    arena_free(&scratch);
    TRY(code);
    uint64_t n = faults->total - reader.before;
    if (n > 0) {
        return err_set(err, E_PLACE_FAULTS, "%llu fault%s in the tables of the placement",
                       (unsigned long long)n, n == 1 ? "" : "s");
    }
    *out = reader.out;
    return 0;
}
