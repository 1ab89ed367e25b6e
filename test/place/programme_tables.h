/* A random programme as tables, its rows shuffled. */
#ifndef TEST_PROGRAMME_TABLES_H
#define TEST_PROGRAMME_TABLES_H

#include "programme_random.h"

struct programme_shuffle {
    struct {
        char row[ROWS * 4][64];
        int n;
    } table[PROGRAMME_TABLES];
    struct buf bytes[PROGRAMME_TABLES];
};

static inline void table_add(struct programme_shuffle *out, enum programme_table table,
                             const char *format, ...) __attribute__((format(printf, 3, 4)));

static inline void table_add(struct programme_shuffle *out, enum programme_table table,
                             const char *format, ...)
{
    va_list args;
    assert_true(out->table[table].n < ROWS * 4);
    va_start(args, format);
    vsnprintf(out->table[table].row[out->table[table].n++], 64, format, args);
    va_end(args);
}

static inline void table_place(char to[16], int place)
{
    snprintf(to, 16, place >= LOTS ? "l%d" : "p%d", place >= LOTS ? place - LOTS : place);
}

static inline bool table_has_place(const struct programme_random *at, int place)
{
    bool has = false;
    for (int l = 0; l < at->n_l; l++) {
        has = has || at->place[l] == place;
    }
    return has;
}

static inline void table_words(struct programme_shuffle *out, enum programme_table table,
                               const char *owner, const char *word, int set)
{
    for (int i = 0; i < WORDS; i++) {
        if ((set >> i & 1) != 0) {
            table_add(out, table, "%s,%s%d", owner, word, i);
        }
    }
}

static inline void table_lots(const struct programme_random *at, struct programme_shuffle *out)
{
    for (int l = 0; l < at->n_l; l++) {
        char place[16] = "", state[16] = "", until[24] = "", lot[16];
        snprintf(lot, sizeof lot, "l%d", l);
        if (at->place[l] != LOTS + l) {
            table_place(place, at->place[l]);
        }
        if (at->state[l] >= 0) {
            snprintf(state, sizeof state, "s%d", at->state[l]);
        }
        if (at->until[l] > 0) {
            snprintf(until, sizeof until, "2024-03-%02d", at->until[l]);
        }
        table_add(out, PROGRAMME_LOCALITIES, "%s,%d,%d,%s,%s,%d,%d,%s,%d,%d", lot,
                  at->capacity[l][0], at->capacity[l][1], place, state, at->lat[l], at->lon[l],
                  until, at->least[l][0], at->least[l][1]);
        table_words(out, PROGRAMME_FEATURES, lot, "f", at->features[l]);
        for (int t = 0; t < TRAITS; t++) {
            for (int i = 0; i < WORDS; i++) {
                if ((at->takes[l][t] >> i & 1) != 0) {
                    table_add(out, PROGRAMME_CONDITIONS, "%s,t%d,v%d,", lot, t, i);
                }
            }
        }
    }
    for (int p = 0; p < PLACES; p++) {
        char place[16];
        table_place(place, p);
        if (table_has_place(at, p)) {
            table_words(out, PROGRAMME_SPOKEN, place, "w", at->spoken[p]);
            table_words(out, PROGRAMME_SHORTAGES, place, "o", at->shortages[p]);
        }
    }
}

static inline void table_household_pairs(const struct programme_random *at,
                                         struct programme_shuffle *out, int h)
{
    for (int p = 0; p < PLACES; p++) {
        char place[16];
        table_place(place, p);
        if (table_has_place(at, p) && at->rank[h][p] > 0) {
            table_add(out, PROGRAMME_WISHES, "h%d,%s,%d", h, place, at->rank[h][p]);
        }
        if (table_has_place(at, p) && at->veto[h][p]) {
            table_add(out, PROGRAMME_VETOES, "h%d,%s,place,v%d_%d", h, place, h, p);
        }
    }
    for (int l = 0; l < at->n_l; l++) {
        if (at->forbid[h][l]) {
            table_add(out, PROGRAMME_LOCKS, "h%d,l%d,forbid,f%d_%d", h, l, h, l);
        }
        if (at->scored && at->score[h][l] != INT32_MIN) {
            table_add(out, PROGRAMME_SCORES, "h%d,l%d,%d", h, l, at->score[h][l]);
        }
    }
}

static inline void table_household(const struct programme_random *at, struct programme_shuffle *out,
                                   int h)
{
    static const char *const protected[] = {"nationality", "sex", "religion", "ethnicity"};
    char ready[24] = "", name[16];
    snprintf(name, sizeof name, "h%d", h);
    if (at->ready[h] > 0) {
        snprintf(ready, sizeof ready, "2024-03-%02d", at->ready[h]);
    }
    table_add(out, PROGRAMME_HOUSEHOLDS, "%s,%d,%d,%d,%.*s,%s", name, at->need[h][0],
              at->need[h][1], at->people[h], at->group[h], "xyz", ready);
    for (int k = 0; k < at->n_kin[h]; k++) {
        table_add(out, PROGRAMME_KIN, "%s,%d,%d", name, at->kin_lat[h][k], at->kin_lon[h][k]);
    }
    table_words(out, PROGRAMME_SPEAKS, name, "w", at->speaks[h]);
    table_words(out, PROGRAMME_SKILLS, name, "o", at->skills[h]);
    table_words(out, PROGRAMME_REQUIRES, name, "f", at->wants[h]);
    for (int t = 0; t < TRAITS; t++) {
        for (int i = 0; i < WORDS; i++) {
            if ((at->traits[h][t] >> i & 1) != 0) {
                table_add(out, PROGRAMME_TRAITS, "%s,t%d,v%d", name, t, i);
            }
        }
    }
    for (int i = 0; i < 4; i++) {
        table_add(out, PROGRAMME_TRAITS, "%s,%s,v%d", name, protected[i],
                  at -> protected_value[h][i]);
    }
    for (int s = 0; s < STATES; s++) {
        if (at->doors && (at->eligible[h] >> s & 1) != 0) {
            table_add(out, PROGRAMME_ELIGIBLE, "%s,s%d,work", name, s);
            table_add(out, PROGRAMME_ELIGIBLE, "%s,s%d,study", name, s);
        }
    }
    table_household_pairs(at, out, h);
    if (h % 2 == 1) {
        table_add(out, PROGRAMME_LINKS, "%s,h%d,%s", name, h - 1, h % 4 == 1 ? "250.5" : "");
    }
}

/* Shuffled by `seed`; the bytes are freed by tables_free. */
static inline void tables_make(const struct programme_random *at, struct programme_shuffle *out,
                               uint64_t seed, struct text bytes[PROGRAMME_TABLES])
{
    static const char *const heads[PROGRAMME_TABLES] = {
        "id,need_a,need_b,people,group,ready",
        "id,capacity_a,capacity_b,place,state,lat,lon,until,least_a,least_b",
        "household,locality,score_micro",
        "criterion,weight_micro",
        "household,lat,lon",
        "household,language",
        "place,language",
        "household,occupation",
        "place,occupation",
        "household,place,rank",
        "locality,feature",
        "household,feature",
        "household,trait,value",
        "locality,trait,value,basis",
        "household,state,door",
        "household,place,by,reason",
        "a,b,km",
        "household,locality,kind,reason",
        "state,resource,most"};
    static const char *const words[] = {"kin", "language", "skill", "wish", "placed"};
    struct rng rng = rng_at(seed, 2, 0, 0);
    memset(out->table, 0, sizeof out->table);
    table_lots(at, out);
    for (int h = 0; h < at->n_h; h++) {
        table_household(at, out, h);
    }
    for (int i = 0; i < 5; i++) {
        if (at->weight[i] != 0) {
            table_add(out, PROGRAMME_CRITERIA, "%s,%d", words[i], at->weight[i]);
        }
    }
    for (int s = 0; s < STATES; s++) {
        bool has = false;
        for (int l = 0; l < at->n_l; l++) {
            has = has || at->state[l] == s;
        }
        if (has) {
            table_add(out, PROGRAMME_QUOTAS, "s%d,b,%d", s, 3 + s);
            table_add(out, PROGRAMME_QUOTAS, "s%d,a,%d", s, 5 - s);
        }
    }
    for (int i = 0; i < PROGRAMME_TABLES; i++) {
        int n = out->table[i].n;
        buf_init(&out->bytes[i], (size_t)1 << 20);
        buf_printf(&out->bytes[i], "%s\n", heads[i]);
        for (int k = n - 1; k >= 0; k--) {
            int other = random_upto(&rng, k);
            buf_printf(&out->bytes[i], "%s\n", out->table[i].row[other]);
            memmove(out->table[i].row[other], out->table[i].row[k], 64);
        }
        bool absent = (i == PROGRAMME_SCORES && !at->scored) ||
                      (i == PROGRAMME_CRITERIA && at->scored) ||
                      (i == PROGRAMME_ELIGIBLE && !at->doors);
        bytes[i] = absent ? (struct text){NULL, 0} : buf_view(&out->bytes[i]);
    }
}

static inline void tables_free(struct programme_shuffle *out)
{
    for (int i = 0; i < PROGRAMME_TABLES; i++) {
        buf_free(&out->bytes[i]);
    }
}

#endif
