/* A lock stands only on a pair that is allowed; what is wrong elsewhere is not told twice; memory may end. */
#include "programme_back.h"

/* One table changed, and what the lock of x to k then meets. */
static const struct programme_texts plain = {
    .at = {[PROGRAMME_HOUSEHOLDS] = "id,need_a,need_b,ready\nx,1,2,2024-03-02\ny,1,1,\n",
           [PROGRAMME_LOCALITIES] = "id,capacity_a,capacity_b,state,until\nk,4,4,S,\nl,4,4,S,\n",
           [PROGRAMME_CRITERIA] = "criterion,weight_micro\nplaced,1\n",
           [PROGRAMME_LOCKS] = "household,locality,kind,reason\nx,k,lock,found\n"}};

static const struct {
    enum programme_table table;
    const char *text, *against; /* NULL: it stands */
} refused[] = {
    {PROGRAMME_LOCKS, "household,locality,kind\nx,k,lock\ny,l,forbid\n", NULL},
    {PROGRAMME_LOCALITIES, "id,capacity_a,capacity_b,state,until\nk,4,4,S,2024-03-01\nl,4,4,S,\n",
     "the offer ends before it can go there (2024-03-01)"},
    {PROGRAMME_ELIGIBLE, "household,state\ny,S\n", "no open pathway leads it to the state (S)"},
    {PROGRAMME_REQUIRES, "household,feature\nx,lift\nx,bath\n",
     "a feature that it requires is missing (bath)"},
    {PROGRAMME_CONDITIONS, "locality,trait,value\nk,size,small\n",
     "it does not meet a condition of the locality (size)"},
    {PROGRAMME_VETOES, "household,place,by,reason\nx,k,household,\n", "a veto stands against it"},
    {PROGRAMME_VETOES, "household,place,by,reason\nx,k,place,\"no, never\"\n",
     "a veto stands against it (no, never)"},
    {PROGRAMME_LOCKS, "household,locality,kind,reason\nx,k,lock,\nx,k,forbid,late\n",
     "the pair is forbidden (late)"},
    {PROGRAMME_LOCALITIES, "id,capacity_a,capacity_b\nk,4,1\nl,4,4\n",
     "a capacity is too small for it alone (b)"},
};

static void locks(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct programme_texts texts = plain;
        struct programme_back back;
        char said[300] = "";
        texts.at[refused[i].table] = refused[i].text;
        programme_texts(&back, &texts);
        if (refused[i].against != NULL) {
            snprintf(said, sizeof said,
                     "locks:2 household 'x' this household is locked to 'k', where it is not "
                     "allowed: %s | \n",
                     refused[i].against);
        }
        assert_string_equal(back.said, said);
        arena_free(&back.arena);
    }
}

static void lock_without_score(void **state)
{
    (void)state;
    struct programme_texts texts = plain;
    struct programme_back back;
    texts.at[PROGRAMME_CRITERIA] = NULL;
    texts.at[PROGRAMME_SCORES] = "household,locality,score_micro\nx,l,1\n";
    programme_texts(&back, &texts);
    assert_string_equal(back.said, "locks:2 household 'x' this household is locked to 'k', where "
                                   "it is not allowed: the scores have no such pair | \n");
    arena_free(&back.arena);
}

/* The day of placing: what ended before is shut, what ends on it is not. */
static void shut(void **state)
{
    (void)state;
    struct programme_texts texts = plain;
    struct programme_back back;
    texts.at[PROGRAMME_LOCKS] = NULL;
    texts.at[PROGRAMME_LOCALITIES] = "id,capacity_a,capacity_b,until\nk,4,4,2024-03-05\n"
                                     "l,4,4,2024-03-04\n";
    texts.on = date_from_civil(2024, 3, 5);
    programme_good(&back, &texts);
    for (uint32_t h = 0; h < 2; h++) {
        assert_int_equal(programme_why(&back.programme, h, 0).why, PROGRAMME_ALLOWED);
        assert_int_equal(programme_why(&back.programme, h, 1).why, PROGRAMME_EXPIRED);
    }
    arena_free(&back.arena);
}

/* A table that cannot be read, and many that name what stands in it: only the cause is told. */
static const struct {
    enum programme_table table;
    const char *text, *said;
} cause[] = {
    {PROGRAMME_HOUSEHOLDS, "name,need_a,need_b\nx,1,2\ny,1,1\n",
     "households:1 id '' this column is missing | \n"
     "households:1 name '' this is no column of this table | Name it need_NAME when it is a "
     "resource, or remove it.\n"},
    {PROGRAMME_HOUSEHOLDS, "", "households:1  '' the file has no header line | \n"},
    {PROGRAMME_HOUSEHOLDS, NULL, "households:0  '' this table is missing | \n"},
    {PROGRAMME_LOCALITIES, NULL, "localities:0  '' this table is missing | \n"},
    {PROGRAMME_LOCALITIES, "", "localities:1  '' the file has no header line | \n"},
    {PROGRAMME_LOCALITIES, "id,capacity_a,capacity_b,state,place\nk,4,4,\"S\a\",\nl,4,4,S,\"\a\"\n",
     "localities:2 state 'S\\x07' a control character stands in this id | \n"
     "localities:3 place '\\x07' a control character stands in this id | \n"},
    {PROGRAMME_LOCALITIES, "id,capacity_a,capacity_b,state\nk,4,4\nl,4,4,S\n",
     "localities:2 state '' the row has 3 fields, the header 4 | \n"},
    {PROGRAMME_LOCALITIES, "id,capacity_a,state\nk,4,S\nl,4,S\n",
     "localities:1 capacity_b '' this column is missing: households has 'need_b' | \n"},
};

static void causes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cause / sizeof *cause; i++) {
        struct programme_texts texts = plain;
        struct programme_back back;
        texts.at[PROGRAMME_KIN] = "household,lat,lon\nx,1,1\n";
        texts.at[PROGRAMME_SPEAKS] = "household,language\nx,de\n";
        texts.at[PROGRAMME_SPOKEN] = "place,language\nk,de\nl,de\n";
        texts.at[PROGRAMME_WISHES] = "household,place,rank\nx,k,1\n";
        texts.at[PROGRAMME_FEATURES] = "locality,feature\nk,lift\n";
        texts.at[PROGRAMME_REQUIRES] = "household,feature\nx,lift\n";
        texts.at[PROGRAMME_TRAITS] = "household,trait,value\nx,size,small\n";
        texts.at[PROGRAMME_CONDITIONS] = "locality,trait,value\nl,size,small\n";
        texts.at[PROGRAMME_ELIGIBLE] = "household,state\nx,S\n";
        texts.at[PROGRAMME_VETOES] = "household,place,by\ny,k,place\n";
        texts.at[PROGRAMME_LINKS] = "a,b,km\nx,y,\n";
        texts.at[PROGRAMME_QUOTAS] = "state,resource,most\nS,a,1\n";
        texts.at[cause[i].table] = cause[i].text;
        programme_texts(&back, &texts);
        assert_string_equal(back.said, cause[i].said);
        arena_free(&back.arena);
    }
}

/* More faults than are kept: all are counted. */
static void many(void **state)
{
    (void)state;
    struct programme_texts texts = plain;
    struct programme_back back;
    struct buf links;
    buf_init(&links, (size_t)1 << 16);
    buf_str(&links, "a,b\n");
    for (int i = 0; i < 100; i++) {
        buf_printf(&links, "x,z%d\n", i);
    }
    buf_char(&links, '\0');
    texts.at[PROGRAMME_LINKS] = links.at;
    texts.at[PROGRAMME_QUOTAS] = "state,resource,most\nT,c,x\n";
    programme_texts(&back, &texts);
    assert_int_equal(back.faults.total, 103);
    assert_int_equal(back.faults.kept, 30);
    buf_free(&links);
    arena_free(&back.arena);
}

static void short_of_memory(void **state)
{
    (void)state;
    size_t refusals = 0, results = 0;
    for (size_t ceiling = 0; ceiling < 8000; ceiling += 48) {
        struct arena arena, own;
        struct faults faults;
        struct programme programme = {.n_unfit = 77};
        struct programme_input input = {.on = DATE_NONE};
        for (enum programme_table table = 0; table < PROGRAMME_TABLES; table++) {
            if (plain.at[table] != NULL) {
                input.table[table] =
                    (struct place_table){programme_table_word(table), text_of(plain.at[table])};
            }
        }
        arena_init(&own, "the test", (size_t)1 << 20);
        arena_init(&arena, "the test", ceiling);
        assert_int_equal(faults_init(&faults, &own, 20, NULL), 0);
        int code = programme_read(&arena, &input, NULL, NULL, &faults, &programme, NULL);
        assert_true(code == 0 || code == E_CEILING || code == E_MEMORY);
        assert_int_equal(code != 0, programme.n_unfit == 77);
        assert_int_equal(faults.total, 0);
        refusals += code != 0;
        results += code == 0;
        arena_free(&arena);
        arena_free(&own);
    }
    assert_true(refusals > 0 && results > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(locks), cmocka_unit_test(lock_without_score),
        cmocka_unit_test(shut),  cmocka_unit_test(causes),
        cmocka_unit_test(many),  cmocka_unit_test(short_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
