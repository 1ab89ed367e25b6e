/* The drawn households and the lots as the tables of a placement. */
#include <math.h>
#include <stdio.h>

#include "csv.h"
#include "place_cohort_parts.h"

#define TABLES_CEILING ((size_t)256 << 20)
#define TABLES_NAME    64

void cohort_put_heads(struct tabling *it, const char *const *heads)
{
    for (; *heads != NULL; heads++) {
        csv_put_str(&it->csv, *heads);
    }
    csv_end_row(&it->csv);
}

void cohort_put_end(struct tabling *it)
{
    csv_end_row(&it->csv);
    it->rows++;
}

void cohort_put_day(struct csv_out *csv, date_days day)
{
    char text[DATE_TEXT];
    csv_put_str(csv, day == DATE_NONE ? "" : date_format(day, text));
}

void cohort_put_pair(struct tabling *it, struct text a, struct text b)
{
    csv_put_text(&it->csv, a);
    csv_put_text(&it->csv, b);
    cohort_put_end(it);
}

void cohort_put_words(struct tabling *it, struct text key, struct text words)
{
    struct text rest = words;
    while (rest.n > 0) {
        struct text word = text_split(rest, ';', &rest);
        if (word.n > 0) {
            cohort_put_pair(it, key, word);
        }
    }
}

void cohort_put_flat(struct tabling *it, struct text id, uint32_t beds)
{
    char feature[TABLES_NAME];
    snprintf(feature, sizeof feature, "flat_%u", beds);
    cohort_put_pair(it, id, text_of(feature));
}

static void put_households(struct tabling *it)
{
    static const char *const heads[] = {"id",           "people",      "group",       "ready",
                                        "need_flats",   "need_people", "need_school", "need_course",
                                        "need_support", NULL};
    cohort_put_heads(it, heads);
    for (uint32_t h = 0; h < it->cohort->n_households; h++) {
        const struct place_drawn *one = &it->drawn[h];
        csv_put_text(&it->csv, it->ids[h]);
        csv_put_int(&it->csv, one->people);
        csv_put_text(&it->csv, it->cohort->waits[one->wait].country);
        cohort_put_day(&it->csv, it->cohort->on + (date_days)one->late_days);
        csv_put_int(&it->csv, 1);
        csv_put_int(&it->csv, one->people);
        csv_put_int(&it->csv, one->school);
        csv_put_int(&it->csv, one->course);
        csv_put_int(&it->csv, one->support);
        cohort_put_end(it);
    }
}

/* ---- What households have and ask for ---- */

static void put_criteria(struct tabling *it)
{
    static const char *const heads[] = {"criterion", "weight_micro", NULL};
    cohort_put_heads(it, heads);
    for (size_t i = 0; i < it->cohort->n_criteria; i++) {
        csv_put_text(&it->csv, it->cohort->criteria[i].word);
        csv_put_int(&it->csv, (int64_t)floor(it->cohort->criteria[i].share * 1e6 + 0.5));
        cohort_put_end(it);
    }
}

static void put_kin(struct tabling *it)
{
    static const char *const heads[] = {"household", "lat", "lon", NULL};
    cohort_put_heads(it, heads);
    for (uint32_t h = 0; h < it->cohort->n_households; h++) {
        if (it->drawn[h].kin != PLACE_COHORT_NOBODY) {
            const struct place_cohort_site *site = &it->cohort->sites[it->drawn[h].kin];
            csv_put_text(&it->csv, it->ids[h]);
            csv_put_number(&it->csv, site->lat);
            csv_put_number(&it->csv, site->lon);
            cohort_put_end(it);
        }
    }
}

static void put_speaks(struct tabling *it)
{
    static const char *const heads[] = {"household", "language", NULL};
    cohort_put_heads(it, heads);
    for (uint32_t h = 0; h < it->cohort->n_households; h++) {
        for (size_t k = 0; k < it->cohort->n_languages; k++) {
            if ((it->drawn[h].languages >> k & 1) != 0) {
                cohort_put_pair(it, it->ids[h], it->cohort->languages[k].word);
            }
        }
    }
}

static void put_skills(struct tabling *it)
{
    static const char *const heads[] = {"household", "occupation", NULL};
    cohort_put_heads(it, heads);
    for (uint32_t h = 0; h < it->cohort->n_households; h++) {
        cohort_put_words(it, it->ids[h], it->cohort->profiles[it->drawn[h].profile].occupation);
    }
}

static void put_wishes(struct tabling *it)
{
    static const char *const heads[] = {"household", "place", "rank", NULL};
    cohort_put_heads(it, heads);
    for (uint32_t h = 0; h < it->cohort->n_households; h++) {
        for (uint32_t w = 0; w < PLACE_COHORT_WISHES; w++) {
            if (it->drawn[h].wish[w] != PLACE_COHORT_NOBODY) {
                csv_put_text(&it->csv, it->ids[h]);
                csv_put_text(&it->csv, it->cohort->sites[it->drawn[h].wish[w]].place);
                csv_put_int(&it->csv, w + 1);
                cohort_put_end(it);
            }
        }
    }
}

static void put_requires(struct tabling *it)
{
    static const char *const heads[] = {"household", "feature", NULL};
    const struct place_cohort *cohort = it->cohort;
    cohort_put_heads(it, heads);
    for (uint32_t h = 0; h < cohort->n_households; h++) {
        size_t u = 0;
        while (u < cohort->n_units && cohort->units[u].beds < it->drawn[h].people) {
            u++;
        }
        cohort_put_flat(it, it->ids[h],
                        u < cohort->n_units ? cohort->units[u].beds : it->drawn[h].people);
        if (it->drawn[h].step_free) {
            cohort_put_pair(it, it->ids[h], TEXT_LIT("step_free"));
        }
        if (it->drawn[h].clinic) {
            cohort_put_pair(it, it->ids[h], TEXT_LIT("clinic"));
        }
    }
}

static void put_traits(struct tabling *it)
{
    static const char *const heads[] = {"household", "trait", "value", NULL};
    cohort_put_heads(it, heads);
    for (uint32_t h = 0; h < it->cohort->n_households; h++) {
        csv_put_text(&it->csv, it->ids[h]);
        csv_put_str(&it->csv, "children");
        csv_put_str(&it->csv, it->drawn[h].children > 0 ? "yes" : "no");
        cohort_put_end(it);
    }
}

static void put_state_doors(struct tabling *it, uint32_t h, size_t state)
{
    const struct place_opens *open =
        &it->opens[place_opens_at(it->cohort, it->drawn[h].wait, it->drawn[h].profile, state)];
    for (size_t i = 0; i < open->n_doors; i++) {
        csv_put_text(&it->csv, it->ids[h]);
        csv_put_text(&it->csv, it->cohort->states[state].state);
        csv_put_text(&it->csv, it->rules->doors[open->doors[i]].id);
        cohort_put_end(it);
    }
}

static void put_eligible(struct tabling *it)
{
    static const char *const heads[] = {"household", "state", "door", NULL};
    cohort_put_heads(it, heads);
    for (uint32_t h = 0; h < it->cohort->n_households; h++) {
        for (size_t s = 0; s < it->cohort->n_states; s++) {
            put_state_doors(it, h, s);
        }
    }
}

static void put_vetoes(struct tabling *it)
{
    static const char *const heads[] = {"household", "place", "by", "reason", NULL};
    cohort_put_heads(it, heads);
    for (uint32_t h = 0; h < it->cohort->n_households; h++) {
        if (it->drawn[h].veto != PLACE_COHORT_NOBODY) {
            csv_put_text(&it->csv, it->ids[h]);
            csv_put_text(&it->csv, it->cohort->sites[it->drawn[h].veto].place);
            csv_put_str(&it->csv, "household");
            csv_put_str(&it->csv, "made up");
            cohort_put_end(it);
        }
    }
}

static void put_links(struct tabling *it)
{
    static const char *const heads[] = {"a", "b", "km", NULL};
    cohort_put_heads(it, heads);
    for (uint32_t h = 0; h < it->cohort->n_households; h++) {
        const struct place_drawn *one = &it->drawn[h];
        if (one->link != PLACE_COHORT_NOBODY) {
            csv_put_text(&it->csv, it->ids[h]);
            csv_put_text(&it->csv, it->ids[one->link]);
            csv_put_number(&it->csv, one->link_same ? (double)NAN : it->cohort->link_km);
            cohort_put_end(it);
        }
    }
}

static int make_table(struct arena *arena, struct tabling *it, const char *word,
                      void (*put)(struct tabling *it), struct place_table *out,
                      struct ajar_err *err)
{
    struct buf buf;
    const char *copy = NULL, *name = NULL;
    char file[TABLES_NAME];
    buf_init(&buf, TABLES_CEILING);
    csv_out_init(&it->csv, &buf);
    it->rows = 0;
    put(it);
    snprintf(file, sizeof file, "place_%s.csv", word);
    int code = buf_ok(&buf, err);
    code = code != 0 ? code : text_copy(arena, buf_view(&buf), &copy, err);
    code = code != 0 ? code : text_copy(arena, text_of(file), &name, err);
    if (code == 0 && it->rows > 0) {
        *out = (struct place_table){.name = name, .bytes = {copy, buf.n}};
    }
    buf_free(&buf);
    return code;
}

int place_cohort_tables(struct arena *arena, const struct place_cohort *cohort,
                        const struct place_drawn *drawn, const struct text *ids,
                        const struct rules *rules, const struct place_opens *opens,
                        struct programme_input *out, struct ajar_err *err)
{
    static void (*const puts[PROGRAMME_TABLES])(struct tabling * it) = {
        [PROGRAMME_HOUSEHOLDS] = put_households,
        [PROGRAMME_LOCALITIES] = cohort_put_localities,
        [PROGRAMME_CRITERIA] = put_criteria,
        [PROGRAMME_KIN] = put_kin,
        [PROGRAMME_SPEAKS] = put_speaks,
        [PROGRAMME_SPOKEN] = cohort_put_spoken,
        [PROGRAMME_SKILLS] = put_skills,
        [PROGRAMME_SHORTAGES] = cohort_put_shortages,
        [PROGRAMME_WISHES] = put_wishes,
        [PROGRAMME_FEATURES] = cohort_put_features,
        [PROGRAMME_REQUIRES] = put_requires,
        [PROGRAMME_TRAITS] = put_traits,
        [PROGRAMME_CONDITIONS] = cohort_put_conditions,
        [PROGRAMME_ELIGIBLE] = put_eligible,
        [PROGRAMME_VETOES] = put_vetoes,
        [PROGRAMME_LINKS] = put_links,
        [PROGRAMME_QUOTAS] = cohort_put_quotas};
    struct tabling it = {
        .cohort = cohort, .drawn = drawn, .ids = ids, .rules = rules, .opens = opens};
    struct programme_input input = {.on = cohort->on};
    for (int t = 0; t < PROGRAMME_TABLES; t++) {
        if (puts[t] != NULL) {
            TRY(make_table(arena, &it, programme_table_word((enum programme_table)t), puts[t],
                           &input.table[t], err));
        }
    }
    *out = input;
    return 0;
}
