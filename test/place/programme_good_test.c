/* A programme with every table, compiled by hand and compared. */
#include "programme_back.h"

#include <math.h>

/* a1, a2, a10, b, c, d; lots k1 and k2 of one town, m, n, o. */
static const struct programme_texts all = {
    .at =
        {
            [PROGRAMME_HOUSEHOLDS] = "id,need_beds,need_school,people,group,ready\n"
                                     "b,2,0,2,young,\n"
                                     "a10,3,1,3,old,2024-03-01\n"
                                     "a2,1,0,1,young,2024-02-01\n"
                                     "a1,4,2,5,,\n"
                                     "d,9,0,9,old,\n"
                                     "c,1,0,1,old,\n",
            [PROGRAMME_LOCALITIES] =
                "id;capacity_school;capacity_beds;place;state;lat;lon;until;least_beds\n"
                "k2;1;4;town;Nord;54;10;2024-02-15;2\n"
                "k1;5;6;town;Nord;54;10;;\n"
                "o;9;8;;;0;-90;2024-01-31;0\n"
                "m;2;5;;Sued;48;11;;3\n"
                "n;0;4;;Nord;0;0;;\n",
            [PROGRAMME_CRITERIA] = "criterion,weight_micro\nplaced,100000\nkin,400000\n"
                                   "wish,300001\nskill,20000\nlanguage,50000\n",
            [PROGRAMME_KIN] = "household,lat,lon\nb,0,0\nb,48,11\nc,54,10\n",
            [PROGRAMME_SPEAKS] = "household,language\nb,de\nb,ru\na1,en\n",
            [PROGRAMME_SPOKEN] = "place,language\ntown,ru\ntown,en\nm,de\n",
            [PROGRAMME_SKILLS] = "household,occupation\nc,nurse\nb,cook\n",
            [PROGRAMME_SHORTAGES] = "place,occupation\nm,nurse\nn,baker\n",
            [PROGRAMME_WISHES] = "household,place,rank\nc,town,1\nc,n,2\nb,n,3\n",
            [PROGRAMME_FEATURES] = "locality,feature\nk1,step_free\nk1,clinic\nm,clinic\n",
            [PROGRAMME_REQUIRES] = "household,feature\na1,step_free\na1,clinic\n",
            [PROGRAMME_TRAITS] = "household,trait,value\nb,language,ru\nc,language,de\n"
                                 "a2,sex,f\nc,sex,f\nb,sex,f\n",
            [PROGRAMME_CONDITIONS] = "locality,trait,value,basis\nn,language,ru,\nn,language,uk,\n"
                                     "n,sex,f,\"Law 1, section 2\"\n",
            [PROGRAMME_ELIGIBLE] = "household,state,door\nb,Nord,work\nb,Nord,study\nb,Sued,work\n"
                                   "a10,Nord,kin\na2,Nord,kin\na1,Nord,kin\nd,Nord,kin\n"
                                   "c,Sued,kin\nc,Nord,kin\nc,Elsewhere,kin\n",
            [PROGRAMME_VETOES] = "household,place,by,reason\na2,town,place,\"a case is open\"\n",
            [PROGRAMME_LINKS] = "a,b,km\nc,b,\na2,a10,100\n",
            [PROGRAMME_LOCKS] = "household,locality,kind,reason\nc,m,lock,work found\n"
                                "b,k1,forbid,as asked\nb,m,lock,\n",
            [PROGRAMME_QUOTAS] = "state,resource,most\nSued,beds,7\nNord,school,3\nNord,beds,9\n",
        },
    .on = 19750, /* 2024-01-28 */
};

enum { A1, A2, A10, B, C, D };
enum { K1, K2, M, N, O };

static void problem(void **state)
{
    (void)state;
    static const int32_t need[] = {4, 2, 1, 0, 3, 1, 2, 0, 1, 0, 9, 0};
    static const int32_t capacity[] = {6, 5, 4, 1, 5, 2, 4, 0, 8, 9};
    static const uint64_t first[] = {0, 1, 1, 2, 5, 8, 8};
    static const uint32_t locality[] = {K1, K1, K2, M, N, K1, K2, M};
    /* b: k2 100000 + language 50000; m beside its kin 100000 + 400000 + 50000; n, where its other kin are, 100000
       + 400000 + 300001 / 3.  c: its town is wished first and has its kin; m looks for nurses. */
    static const int32_t score[] = {150000, 100000, 150000, 550000, 600000, 800001, 800001, 120000};
    struct programme_back back;
    programme_good(&back, &all);
    const struct place_problem *found = &back.programme.problem;
    assert_int_equal(found->n_households, 6);
    assert_int_equal(found->n_localities, 5);
    assert_int_equal(found->n_resources, 2);
    assert_memory_equal(found->need, need, sizeof need);
    assert_memory_equal(found->capacity, capacity, sizeof capacity);
    assert_memory_equal(found->first, first, sizeof first);
    assert_memory_equal(found->locality, locality, sizeof locality);
    assert_memory_equal(found->score, score, sizeof score);
    assert_string_equal(back.programme.names.household[A10].at, "a10");
    assert_string_equal(back.programme.names.locality[K2].at, "k2");
    assert_string_equal(back.programme.names.resource[1].at, "school");
    arena_free(&back.arena);
}

static void labels(void **state)
{
    (void)state;
    static const int32_t people[] = {5, 1, 3, 2, 1, 9};
    static const uint32_t group[] = {0, 2, 1, 2, 1, 1};
    static const char *const place[] = {"town", "town", "m", "n", "o"};
    static const char *const land[] = {"Nord", "Nord", "Sued", "Nord", ""};
    struct programme_back back;
    programme_good(&back, &all);
    const struct programme *programme = &back.programme;
    assert_memory_equal(programme->people, people, sizeof people);
    assert_memory_equal(programme->group, group, sizeof group);
    assert_int_equal(programme->n_groups, 3);
    assert_string_equal(programme->group_name[0].at, "");
    assert_string_equal(programme->group_name[1].at, "old");
    assert_string_equal(programme->group_name[2].at, "young");
    assert_int_equal(programme->ready[A10], date_from_civil(2024, 3, 1));
    assert_int_equal(programme->ready[B], DATE_NONE);
    for (int l = 0; l < 5; l++) {
        assert_true(text_is(programme->place[l], place[l]));
        assert_true(text_is(programme->state[l], land[l]));
    }
    assert_int_equal(programme->until[K2], date_from_civil(2024, 2, 15));
    assert_int_equal(programme->until[M], DATE_NONE);
    assert_true(programme->lat[M] == 48.0 && programme->lon[M] == 11.0);
    assert_true(programme->lat[O] == 0.0 && programme->lon[O] == -90.0);
    arena_free(&back.arena);
}

static void side(void **state)
{
    (void)state;
    static const uint32_t place_of[] = {3, 3, 0, 1, 2}; /* m, n, o, town */
    static const uint32_t nord[] = {K1, K2, N};
    struct programme_back back;
    programme_good(&back, &all);
    const struct place_side *side = &back.programme.side;
    assert_memory_equal(side->place_of, place_of, sizeof place_of);
    assert_int_equal(side->n_locks, 2);
    assert_int_equal(side->locks[0].household, B);
    assert_int_equal(side->locks[0].pair, 3);
    assert_int_equal(side->locks[1].household, C);
    assert_int_equal(side->locks[1].pair, 7);
    assert_true(text_is(back.programme.lock_reason[0], ""));
    assert_true(text_is(back.programme.lock_reason[1], "work found"));
    assert_int_equal(side->n_quotas, 3);
    assert_int_equal(side->quotas[0].resource, 0);
    assert_int_equal(side->quotas[0].most, 9);
    assert_int_equal(side->quotas[0].n_localities, 3);
    assert_memory_equal(side->quotas[0].locality, nord, sizeof nord);
    assert_int_equal(side->quotas[1].resource, 1);
    assert_int_equal(side->quotas[1].most, 3);
    assert_int_equal(side->quotas[2].most, 7);
    assert_int_equal(side->quotas[2].n_localities, 1);
    assert_int_equal(side->quotas[2].locality[0], M);
    assert_int_equal(side->n_leasts, 2);
    assert_int_equal(side->leasts[0].locality, K2);
    assert_int_equal(side->leasts[0].resource, 0);
    assert_int_equal(side->leasts[0].least, 2);
    assert_int_equal(side->leasts[1].locality, M);
    assert_int_equal(side->leasts[1].least, 3);
    assert_int_equal(side->n_links, 2);
    assert_int_equal(side->links[0].a, A2);
    assert_int_equal(side->links[0].b, A10);
    assert_int_equal(side->links[0].chord_m, 99999); /* 2 * 6371000 * sin(100 / 12742) = 99998.97 */
    assert_int_equal(side->links[1].a, B);
    assert_int_equal(side->links[1].b, C);
    assert_int_equal(side->links[1].chord_m, SIDE_SAME);
    const int32_t *n = side->position_m + 3 * N, *o = side->position_m + 3 * O;
    assert_true(n[0] == 6371000 && n[1] == 0 && n[2] == 0);
    assert_true(o[0] == 0 && o[1] == -6371000 && o[2] == 0);
    arena_free(&back.arena);
}

/* Rows: households; columns: k1, k2, m, n, o. */
static void reasons(void **state)
{
    (void)state;
    static const char *const expected[6][5] = {
        {"allowed", "feature clinic", "door Sued", "feature clinic", "door"},
        {"veto a case is open", "veto a case is open", "door Sued", "condition language", "door"},
        {"allowed", "expired 2024-02-15", "door Sued", "condition language", "expired 2024-01-31"},
        {"forbid as asked", "allowed", "allowed", "allowed", "door"},
        {"allowed", "allowed", "allowed", "condition language", "door"},
        {"small beds", "small beds", "door Sued", "condition language", "door"},
    };
    struct programme_texts texts = all;
    struct programme_back back;
    texts.at[PROGRAMME_HOUSEHOLDS] = "id,need_beds,need_school,ready\nb,2,0,\na10,3,1,2024-03-01\n"
                                     "a2,1,0,\na1,4,2,\nd,9,0,\nc,1,0,\n";
    programme_good(&back, &texts);
    for (uint32_t h = 0; h < 6; h++) {
        for (uint32_t l = 0; l < 5; l++) {
            struct programme_reason reason = programme_why(&back.programme, h, l);
            char said[80];
            snprintf(said, sizeof said, "%s%s%.*s", programme_why_word(reason.why),
                     reason.what.n > 0 ? " " : "", (int)reason.what.n, reason.what.at);
            assert_string_equal(said, expected[h][l]);
        }
    }
    arena_free(&back.arena);
}

/* Who can go nowhere is listed with what stands against it at most lots. */
static void nowhere(void **state)
{
    (void)state;
    struct programme_back back;
    programme_good(&back, &all);
    const struct programme *programme = &back.programme;
    assert_int_equal(programme->n_nowhere, 2);
    assert_int_equal(programme->nowhere[0].household, A2);
    assert_int_equal(programme->nowhere[0].pairs, 0);
    assert_int_equal(programme->nowhere[0].resource, PLACE_NONE);
    assert_int_equal(programme->nowhere_reason[0].why, PROGRAMME_VETO);
    assert_string_equal(programme->nowhere_reason[0].what.at, "a case is open");
    assert_int_equal(programme->nowhere[1].household, D);
    assert_int_equal(programme->nowhere[1].pairs, 2);
    assert_int_equal(programme->nowhere[1].resource, 0);
    assert_int_equal(programme->nowhere[1].short_of, 2);
    assert_int_equal(programme->nowhere[1].need, 9);
    assert_int_equal(programme->nowhere[1].most, 6);
    /* at k1 and k2 it is too large, at m and o no door is open */
    assert_int_equal(programme->nowhere_reason[1].why, PROGRAMME_DOOR);
    assert_int_equal(programme->n_unfit, 2);
    arena_free(&back.arena);
}

static void parts_are(struct programme_back *back, uint32_t household, uint32_t lot,
                      const int32_t expected[5])
{
    static const char *const words[] = {"kin", "language", "skill", "wish", "placed"};
    struct programme_part *parts;
    size_t n;
    assert_int_equal(
        programme_parts(&back->arena, &back->programme, household, lot, &parts, &n, NULL), 0);
    assert_int_equal(n, 5);
    for (size_t i = 0; i < n; i++) {
        assert_true(text_is(parts[i].criterion, words[i]));
        assert_int_equal(parts[i].micro, expected[i]);
    }
}

static void parts(void **state)
{
    (void)state;
    struct programme_back back;
    programme_good(&back, &all);
    parts_are(&back, B, N, (const int32_t[]){400000, 0, 0, 100000, 100000});
    parts_are(&back, C, K1, (const int32_t[]){400000, 0, 0, 300001, 100000});
    parts_are(&back, C, M, (const int32_t[]){0, 0, 20000, 0, 100000});
    parts_are(&back, C, N, (const int32_t[]){0, 0, 0, 150001, 99999 + 1}); /* 300001 / 2 */
    arena_free(&back.arena);
}

/* With scores: what has no row is not allowed, what has one still must keep the rest. */
static void scores(void **state)
{
    (void)state;
    static const uint64_t first[] = {0, 1, 1, 1};
    struct programme_back back;
    struct programme_part *parts;
    size_t n;
    programme_good(&back,
                   &(struct programme_texts){
                       .at = {[PROGRAMME_HOUSEHOLDS] = "id,need_a\nx,1\ny,1\nz,3\n",
                              [PROGRAMME_LOCALITIES] = "id,capacity_a\nk,2\nl,2\nm,2\n",
                              [PROGRAMME_SCORES] = "household,locality,score_micro\nz,k,4\nx,l,-7\n"
                                                   "x,k,9\ny,m,1\nz,m,1\n",
                              [PROGRAMME_VETOES] = "household,place,by\nx,k,household\n"
                                                   "y,m,household\ny,m,place\n"}});
    const struct programme *programme = &back.programme;
    assert_memory_equal(programme->problem.first, first, sizeof first);
    assert_int_equal(programme->problem.locality[0], 1);
    assert_int_equal(programme->problem.score[0], -7);
    assert_int_equal(programme_why(programme, 0, 0).why, PROGRAMME_VETO);
    assert_int_equal(programme_why(programme, 0, 1).why, PROGRAMME_ALLOWED);
    assert_int_equal(programme_why(programme, 0, 2).why, PROGRAMME_NO_SCORE);
    assert_int_equal(programme_why(programme, 2, 0).why, PROGRAMME_SMALL);
    assert_int_equal(programme_why(programme, 2, 1).why, PROGRAMME_NO_SCORE);
    assert_int_equal(programme->n_nowhere, 2);
    assert_int_equal(programme->nowhere[0].pairs, 0);
    assert_int_equal(programme->nowhere_reason[0].why, PROGRAMME_NO_SCORE);
    assert_int_equal(programme->nowhere[1].pairs, 2);
    assert_int_equal(programme->nowhere_reason[1].why, PROGRAMME_SMALL);
    assert_string_equal(programme->nowhere_reason[1].what.at, "a");
    assert_int_equal(programme->n_unfit, 2);
    assert_null(programme->group);
    assert_int_equal(programme->people[2], 1);
    assert_null(programme->side.place_of);
    assert_null(programme->side.position_m);
    assert_int_equal(programme_parts(&back.arena, programme, 0, 1, &parts, &n, NULL), 0);
    assert_int_equal(n, 0);
    arena_free(&back.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(problem), cmocka_unit_test(labels),  cmocka_unit_test(side),
        cmocka_unit_test(reasons), cmocka_unit_test(nowhere), cmocka_unit_test(parts),
        cmocka_unit_test(scores),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
