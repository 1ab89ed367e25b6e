/* What is wrong with the tables of a placement is told with file, row, column, value, rule and advice. */
#include "place_read.h"

#define HOUSEHOLDS "id,need_seats\nanna,2\nbela,3\n"
#define LOCALITIES "id,capacity_seats\nnorth,4\nsouth,4\n"
#define SCORES     "household,locality,score_micro\nanna,north,1\n"
#define AMOUNT     "Write a whole number from 0 to 1000000000; 0 for none."
#define SCORE                                                                                      \
    "Write a whole number of micro-units from -1000000000 to 1000000000; 0.5 is written 500000."
#define TRAIT                                                                                      \
    "this column speaks of nationality, sex, religion, ethnicity or race: such a trait is never "  \
    "part of a need or a score | Remove the column. Where the law asks for such a trait it may "   \
    "be a "                                                                                        \
    "condition of an offer, with its legal basis.\n"

struct wrong {
    const char *households, *localities, *scores; /* NULL: as above */
    const char *said;
};

static const struct wrong wrong_list[] = {
    /* ids */
    {.households = HOUSEHOLDS "anna,1\n",
     .said = "h:4 id 'anna' this household stands already in row 2 | \n"},
    {.localities = LOCALITIES "\"north\",1\n",
     .said = "l:4 id 'north' this locality stands already in row 2 | \n"},
    {.households = HOUSEHOLDS " ,1\n", .said = "h:4 id '' this row names no household | \n"},
    {.households = HOUSEHOLDS "\"a\nb\",1\n",
     .said = "h:4 id 'a\\x0Ab' a control character stands in this id | \n"},
    {.scores = SCORES "ana,north,1\n",
     .said = "s:3 household 'ana' no household has this id in h | Did you mean 'anna'?\n"},
    {.scores = SCORES "bela,west,1\n",
     .said =
         "s:3 locality 'west' no locality has this id in l | Correct the id, or add the locality "
         "to its table.\n"},
    {.scores = SCORES ",,1\n",
     .said = "s:3 household '' this row names no household | \n"
             "s:3 locality '' this row names no locality | \n"},
    {.scores = "household,locality,score_micro\n,north,1\n",
     .said = "s:2 household '' this row names no household | \n"},
    {.scores = "household,locality,score_micro\nanna,\"no\"\"\",1\n,north,1\n",
     .said =
         "s:2 locality 'no\"' no locality has this id in l | Correct the id, or add the locality "
         "to its table.\n"
         "s:3 household '' this row names no household | \n"},
    /* pairs */
    {.scores = SCORES "bela,north,1\nanna,north,2\n",
     .said = "s:4 household 'anna' the pair with locality 'north' stands already in row 2 | \n"},
    {.scores = SCORES "bela,north,1\n\nbela,south,1\nanna,north,2\nbela,north,2\nbela,north,3\n",
     .said = "s:6 household 'anna' the pair with locality 'north' stands already in row 2 | \n"
             "s:7 household 'bela' the pair with locality 'north' stands already in row 3 | \n"},
    /* numbers */
    {.households = "id,need_seats\nanna,-2\n",
     .said = "h:2 need_seats '-2' this number is negative | " AMOUNT "\n"},
    {.households = "id,need_seats\nanna,1.5\n",
     .said = "h:2 need_seats '1.5' this is not a whole number | " AMOUNT "\n"},
    {.households = "id,need_seats\nanna,2.0\n",
     .said = "h:2 need_seats '2.0' this is not a whole number | " AMOUNT "\n"},
    {.households = "id,need_seats\nanna,\n",
     .said = "h:2 need_seats '' this cell is empty | " AMOUNT "\n"},
    {.households = "id,need_seats\nanna,two\n",
     .said = "h:2 need_seats 'two' this is not a number | " AMOUNT "\n"},
    {.households = "id,need_seats\nanna,1000000001\n",
     .said = "h:2 need_seats '1000000001' this number is out of range | " AMOUNT "\n"},
    {.localities = "id,capacity_seats\nnorth,99999999999999999999\n",
     .said =
         "l:2 capacity_seats '99999999999999999999' this number is out of range | " AMOUNT "\n"},
    {.scores = SCORES "bela,north,0.5\n",
     .said = "s:3 score_micro '0.5' this is not a whole number | " SCORE "\n"},
    {.scores = "household;locality;score_micro\nbela;north;0,5\n",
     .said = "s:2 score_micro '0,5' this is not a number | " SCORE "\n"},
    {.scores = SCORES "bela,north,1000000001\nbela,south,-1000000001\n",
     .said = "s:3 score_micro '1000000001' this number is out of range | " SCORE "\n"
             "s:4 score_micro '-1000000001' this number is out of range | " SCORE "\n"},
    /* columns */
    {.households = "name,need_seats\nanna,2\n",
     .said =
         "h:1 id '' this column is missing | \n"
         "h:1 name '' this is no column of this table | Name it need_NAME when it is a resource, "
         "or remove it.\n"},
    {.households = "ids,need_seats\nanna,2\n",
     .said = "h:1 id '' this column is missing | \n"
             "h:1 ids '' this is no column of this table | Did you mean 'id'?\n"},
    {.households = "id,capacity_seats\nanna,2\n",
     .said = "h:1 capacity_seats '' this is no column of this table | Did you mean 'need_seats'?\n"
             "h:1 need_seats '' this column is missing: l has 'capacity_seats' | \n"},
    {.households = "id\nanna\n",
     .said = "h:1 need_RESOURCE '' this table has no column of a resource | \n"
             "h:1 need_seats '' this column is missing: l has 'capacity_seats' | \n"},
    {.households = "id,need_seats,need_seats\nanna,2,2\n",
     .said = "h:1 need_seats '' this column stands here a second time | \n"},
    {.households = "id,need_,need_a b\nanna,2,2\n",
     .said = "h:1 need_ '' a resource has a name of 1 to 48 bytes without blanks | \n"
             "h:1 need_a b '' a resource has a name of 1 to 48 bytes without blanks | \n"
             "h:1 need_seats '' this column is missing: l has 'capacity_seats' | \n"},
    {.scores = "household,locality,score\nanna,north,1\n",
     .said = "s:1 score_micro '' this column is missing | \n"
             "s:1 score '' this is no column of this table | \n"},
    {.scores = "household,locality,score_mikro\nanna,north,1\n",
     .said = "s:1 score_micro '' this column is missing | \n"
             "s:1 score_mikro '' this is no column of this table | Did you mean 'score_micro'?\n"},
    {.scores = "household,household,locality,score_micro\nanna,anna,north,1\n",
     .said = "s:1 household '' this column stands here a second time | \n"},
    /* resources of the two tables */
    {.localities = "id,capacity_seat,capacity_beds\nnorth,4,1\nsouth,4,1\n",
     .said =
         "l:1 capacity_seats '' this column is missing: h has 'need_seats' | Is 'capacity_seat' "
         "meant? Rename it in one of the two tables.\n"
         "h:1 need_seat '' this column is missing: l has 'capacity_seat' | Is 'need_seats' meant? "
         "Rename it in one of the two tables.\n"
         "h:1 need_beds '' this column is missing: l has 'capacity_beds' | \n"},
    /* rows and files */
    {.households = "id,need_seats\nanna\nbela,3,1\n",
     .scores = SCORES "bela,north,1\n",
     .said = "h:2 need_seats '' the row has 1 field, the header 2 | \n"
             "h:3 column 3 '1' the row has 3 fields, the header 2 | \n"},
    {.households = "", .said = "h:1  '' the file has no header line | \n"},
    {.households = "id,need_seats\n", .said = "h:0  '' this table has no household | \n"},
    {.localities = "id,capacity_seats\n", .said = "l:0  '' this table has no locality | \n"},
    {.scores = SCORES "bela,north\nbela,south,1,\n",
     .said = "s:3 score_micro '' the row has 2 fields, the header 3 | \n"
             "s:4 column 4 '' the row has 4 fields, the header 3 | \n"},
    {.scores = SCORES "bela,\"north,1\n",
     .said = "s:3 locality '\"north' the quote that opens this field is not closed before the end "
             "| \n"},
    /* traits */
    {.households = "id,need_seats,need_nationality\nanna,2,1\nbela,2,1\n",
     .localities = "id,capacity_seats,capacity_nationality\nnorth,4,1\nsouth,4,1\n",
     .said = "h:1 need_nationality '' " TRAIT "l:1 capacity_nationality '' " TRAIT},
    {.scores = "household,locality,score_micro,score_Religion\nanna,north,1,1\n",
     .said = "s:1 score_Religion '' " TRAIT},
};

static void told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrong_list / sizeof *wrong_list; i++) {
        const struct wrong *wrong = &wrong_list[i];
        struct read_back back;
        read_tables(&back, text_of(wrong->households == NULL ? HOUSEHOLDS : wrong->households),
                    text_of(wrong->localities == NULL ? LOCALITIES : wrong->localities),
                    text_of(wrong->scores == NULL ? SCORES : wrong->scores), NULL);
        assert_string_equal(back.said, wrong->said);
        arena_free(&back.arena);
    }
}

static void plan_faults(void **state)
{
    (void)state;
    static const struct {
        const char *plan, *said;
    } list[] = {
        {"household,locality\nana,north\nbela,noth\n",
         "p:2 household 'ana' no household has this id | Did you mean 'anna'?\n"
         "p:3 locality 'noth' no locality has this id | Did you mean 'north'?\n"},
        {"household,locality\nanna,north\nbela,\nanna,\n",
         "p:4 household 'anna' this household stands already in row 2 | \n"},
        {"household,locality\n,north\n", "p:2 household '' this row names no household | \n"},
        {"household,where\nanna,north\n", "p:1 locality '' this column is missing | \n"},
        {"", "p:1  '' the file has no header line | \n"},
        {"household,locality\nanna\n", "p:2 locality '' the row has 1 field, the header 2 | \n"},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        struct read_back back;
        uint32_t place[2] = {77, 77};
        read_tables(&back, text_of(HOUSEHOLDS), text_of(LOCALITIES), text_of(SCORES), NULL);
        const struct place_table table = {"p", text_of(list[i].plan)};
        assert_int_equal(place_plan_read(&back.tables.problem, &back.tables.names, &table,
                                         &back.faults, place, &back.err),
                         E_PLACE_FAULTS);
        read_said(&back);
        assert_string_equal(back.said, list[i].said);
        assert_int_equal(place[0], 77);
        arena_free(&back.arena);
    }
}

/* With the memory for everything but the last step, there is no result and no fault. */
static void short_of_memory(void **state)
{
    (void)state;
    size_t refusals = 0, results = 0;
    for (size_t ceiling = 16384; ceiling < 20000; ceiling += 64) {
        struct arena arena, own;
        struct faults faults;
        struct place_tables tables = {.n_rows = 77};
        const struct place_input input = {.households = {"h", text_of(HOUSEHOLDS)},
                                          .localities = {"l", text_of(LOCALITIES)},
                                          .scores = {"s", text_of(SCORES)}};
        arena_init(&own, "the test", (size_t)1 << 20);
        arena_init(&arena, "the test", ceiling - 16384);
        assert_int_equal(faults_init(&faults, &own, 20, NULL), 0);
        int code = place_tables_read(&arena, &input, NULL, NULL, &faults, &tables, NULL);
        assert_true(code == 0 || code == E_CEILING || code == E_MEMORY);
        assert_int_equal(code != 0, tables.n_rows == 77);
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
        cmocka_unit_test(told),
        cmocka_unit_test(plan_faults),
        cmocka_unit_test(short_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
