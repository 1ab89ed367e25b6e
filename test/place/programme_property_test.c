/* Random programmes: what is compiled is what the rules say, worked out anew; and neither the order of the rows,
 * nor the number of threads, nor a trait that no condition names changes a byte of it. */
#include "programme_tables.h"

#include <math.h>
#include <stdlib.h>

#define SEEDS 400
#define ON    9 /* the day of March */

static date_days march(int day)
{
    return date_from_civil(2024, 3, day);
}

/* The rules in their order, by plain loops. */
static enum programme_why naive_why(const struct programme_random *at, int h, int l)
{
    int state = at->state[l], until = at->until[l];
    if (at->scored && at->score[h][l] == INT32_MIN) {
        return PROGRAMME_NO_SCORE;
    }
    if (until > 0 && (until < ON || until < at->ready[h])) {
        return PROGRAMME_EXPIRED;
    }
    if (at->doors && (state < 0 || (at->eligible[h] >> state & 1) == 0)) {
        return PROGRAMME_DOOR;
    }
    if ((at->wants[h] & ~at->features[l]) != 0) {
        return PROGRAMME_FEATURE;
    }
    for (int t = 0; t < TRAITS; t++) {
        if (at->takes[l][t] != 0 && (at->takes[l][t] & at->traits[h][t]) == 0) {
            return PROGRAMME_CONDITION;
        }
    }
    if (at->veto[h][at->place[l]]) {
        return PROGRAMME_VETO;
    }
    if (at->forbid[h][l]) {
        return PROGRAMME_FORBID;
    }
    bool small = at->need[h][0] > at->capacity[l][0] || at->need[h][1] > at->capacity[l][1];
    return small ? PROGRAMME_SMALL : PROGRAMME_ALLOWED;
}

static double naive_kin(const struct programme_random *at, int h, int l)
{
    const double degree = 3.14159265358979323846 / 180;
    double best = 0;
    for (int k = 0; k < at->n_kin[h]; k++) {
        double lat = at->lat[l] * degree, other = at->kin_lat[h][k] * degree;
        double s = sin((lat - other) / 2);
        double t = sin((at->lon[l] - at->kin_lon[h][k]) * degree / 2);
        double half = s * s + cos(lat) * cos(other) * t * t;
        double km = 2 * 6371 * asin(sqrt(half > 1 ? 1 : half));
        best = fmax(best, 1 - km / 500);
    }
    return best;
}

static double naive_score(const struct programme_random *at, int h, int l)
{
    int place = at->place[l];
    double sum = at->weight[0] * naive_kin(at, h, l) + at->weight[4];
    sum += (at->speaks[h] & at->spoken[place]) != 0 ? at->weight[1] : 0;
    sum += (at->skills[h] & at->shortages[place]) != 0 ? at->weight[2] : 0;
    sum += at->rank[h][place] > 0 ? (double)at->weight[3] / at->rank[h][place] : 0;
    return sum;
}

static void naive_pair(const struct programme_random *at, struct programme_back *back, int h, int l,
                       uint64_t *pair)
{
    const struct programme *programme = &back->programme;
    enum programme_why why = naive_why(at, h, l);
    assert_int_equal(programme_why(programme, (uint32_t)h, (uint32_t)l).why, why);
    if (why != PROGRAMME_ALLOWED) {
        return;
    }
    struct programme_part *parts;
    size_t n;
    int64_t sum = 0;
    int32_t score = programme->problem.score[*pair];
    assert_true(*pair < programme->problem.first[h + 1]);
    assert_int_equal(programme->problem.locality[*pair], l);
    assert_int_equal(
        programme_parts(&back->arena, programme, (uint32_t)h, (uint32_t)l, &parts, &n, NULL), 0);
    for (size_t i = 0; i < n; i++) {
        sum += parts[i].micro;
    }
    if (at->scored) {
        assert_int_equal(score, at->score[h][l]);
        assert_int_equal(n, 0);
    } else {
        assert_true(fabs(score - naive_score(at, h, l)) <= 0.5 + 1e-6);
        assert_int_equal(score, sum);
    }
    ++*pair;
}

static void naive(void **state)
{
    (void)state;
    struct programme_shuffle *shuffle = malloc(sizeof *shuffle);
    uint64_t seen[PROGRAMME_SMALL + 1] = {0};
    assert_non_null(shuffle);
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct programme_random at;
        struct programme_back back;
        struct text bytes[PROGRAMME_TABLES];
        uint64_t pair = 0, unfit = 0;
        random_programme(&at, seed);
        tables_make(&at, shuffle, seed, bytes);
        programme_bytes(&back, bytes, march(ON), NULL);
        if (back.code != 0) {
            fail_msg("seed %d: %s", (int)seed, back.said);
        }
        for (int h = 0; h < at.n_h; h++) {
            assert_int_equal(back.programme.problem.first[h], pair);
            for (int l = 0; l < at.n_l; l++) {
                naive_pair(&at, &back, h, l, &pair);
                unfit += naive_why(&at, h, l) == PROGRAMME_SMALL;
                seen[naive_why(&at, h, l)]++;
            }
        }
        assert_int_equal(back.programme.n_unfit, unfit);
        tables_free(shuffle);
        arena_free(&back.arena);
    }
    for (int why = 0; why <= PROGRAMME_SMALL; why++) {
        assert_true(seen[why] > 30);
    }
    free(shuffle);
}

static void dump_side(struct buf *buf, const struct programme *programme)
{
    const struct place_side *side = &programme->side;
    for (uint32_t i = 0; i < side->n_locks; i++) {
        buf_printf(buf, "lock %u %llu\n", side->locks[i].household,
                   (unsigned long long)side->locks[i].pair);
    }
    for (uint32_t i = 0; i < side->n_quotas; i++) {
        const struct side_quota *quota = &side->quotas[i];
        buf_printf(buf, "quota %u %d:", quota->resource, (int)quota->most);
        for (uint32_t k = 0; k < quota->n_localities; k++) {
            buf_printf(buf, " %u", quota->locality[k]);
        }
        buf_char(buf, '\n');
    }
    for (uint32_t i = 0; i < side->n_leasts; i++) {
        buf_printf(buf, "least %u %u %d\n", side->leasts[i].locality, side->leasts[i].resource,
                   side->leasts[i].least);
    }
    for (uint32_t i = 0; i < side->n_links; i++) {
        buf_printf(buf, "link %u %u %d\n", side->links[i].a, side->links[i].b,
                   (int)side->links[i].chord_m);
    }
}

/* All that is compiled, as text. */
static void dump(struct buf *buf, const struct programme *programme)
{
    const struct place_problem *problem = &programme->problem;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        buf_printf(buf, "%s %d %u %d\n", programme->names.household[h].at, programme->people[h],
                   programme->group[h], programme->ready[h]);
        for (uint64_t i = problem->first[h]; i < problem->first[h + 1]; i++) {
            buf_printf(buf, " %u %d\n", problem->locality[i], problem->score[i]);
        }
        for (uint32_t l = 0; l < problem->n_localities; l++) {
            struct programme_reason reason = programme_why(programme, h, l);
            buf_printf(buf, " %s %.*s\n", programme_why_word(reason.why), (int)reason.what.n,
                       reason.what.at);
        }
    }
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        buf_printf(buf, "%s %.*s %.*s %d %g %g %u\n", programme->names.locality[l].at,
                   (int)programme->place[l].n, programme->place[l].at, (int)programme->state[l].n,
                   programme->state[l].at, programme->until[l], programme->lat[l],
                   programme->lon[l],
                   programme->side.place_of == NULL ? 0 : programme->side.place_of[l]);
    }
    for (uint32_t i = 0; i < programme->n_nowhere; i++) {
        const struct place_nowhere *nowhere = &programme->nowhere[i];
        const struct programme_reason *reason = &programme->nowhere_reason[i];
        buf_printf(buf, "nowhere %u %u %u %u %d %d %s %.*s\n", nowhere->household, nowhere->pairs,
                   nowhere->resource, nowhere->short_of, nowhere->need, nowhere->most,
                   programme_why_word(reason->why), (int)reason->what.n, reason->what.at);
    }
    dump_side(buf, programme);
    buf_printf(buf, "%u %llu\n", programme->n_groups, (unsigned long long)programme->n_unfit);
}

static void dump_of(const struct programme_random *at, struct programme_shuffle *shuffle,
                    uint64_t seed, struct pool *pool, struct buf *out)
{
    struct programme_back back;
    struct text bytes[PROGRAMME_TABLES];
    tables_make(at, shuffle, seed, bytes);
    programme_bytes(&back, bytes, march(ON), pool);
    assert_int_equal(back.code, 0);
    buf_init(out, (size_t)1 << 20);
    dump(out, &back.programme);
    assert_int_equal(buf_ok(out, NULL), 0);
    tables_free(shuffle);
    arena_free(&back.arena);
}

/* The order of the rows of every table, and threads. */
static void order(void **state)
{
    (void)state;
    struct programme_shuffle *shuffle = malloc(sizeof *shuffle);
    struct pool *pool;
    assert_non_null(shuffle);
    assert_int_equal(pool_open(&pool, 3, NULL), 0);
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct programme_random at;
        struct buf a, b;
        random_programme(&at, seed);
        dump_of(&at, shuffle, seed, NULL, &a);
        dump_of(&at, shuffle, seed + SEEDS, pool, &b);
        assert_true(text_eq(buf_view(&a), buf_view(&b)));
        buf_free(&a);
        buf_free(&b);
    }
    pool_close(pool);
    free(shuffle);
}

/* Nationality, sex, religion and ethnicity given to other households, where no condition names them; and language,
 * say, where one does. */
static void traits(void **state)
{
    (void)state;
    struct programme_shuffle *shuffle = malloc(sizeof *shuffle);
    uint64_t changed = 0;
    assert_non_null(shuffle);
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct programme_random at, other;
        struct buf a, b, c;
        random_programme(&at, seed);
        other = at;
        for (int h = 0; h < at.n_h; h++) {
            memcpy(other.protected_value[h], at.protected_value[(h + 1) % at.n_h],
                   sizeof at.protected_value[h]);
        }
        dump_of(&at, shuffle, seed, NULL, &a);
        dump_of(&other, shuffle, seed, NULL, &b);
        assert_true(text_eq(buf_view(&a), buf_view(&b)));
        for (int h = 0; h < at.n_h; h++) {
            memcpy(other.traits[h], at.traits[(h + 1) % at.n_h], sizeof at.traits[h]);
        }
        dump_of(&other, shuffle, seed, NULL, &c);
        changed += !text_eq(buf_view(&a), buf_view(&c));
        buf_free(&a);
        buf_free(&b);
        buf_free(&c);
    }
    assert_true(changed > SEEDS / 4);
    free(shuffle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(naive),
        cmocka_unit_test(order),
        cmocka_unit_test(traits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
