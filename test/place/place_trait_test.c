/* Which columns speak of a protected trait. */
#include "place_trait.h"

#include "../base/unit.h"

static void traits(void **state)
{
    (void)state;
    static const char *const list[] = {
        "nationality",
        "NATIONALITY",
        "need_nationality",
        "score nationality_rus",
        "nationalities",
        "citizenship",
        "need_citizenship_eu",
        "sex",
        "Sex",
        "needSex",
        "score-sex",
        "need_sex_2",
        "gender",
        "genders",
        "religion",
        "religious_group",
        "religiosity",
        "ethnicity",
        "ethnic_group",
        "ethnos",
        "race",
        "score.race",
        "racial_group",
        "национальность",
        "Национальность",
        "НАЦИОНАЛЬНОСТЬ",
        "гражданство",
        "Гражданство заявителя",
        "пол",
        "ПОЛ",
        "Пол (м/ж)",
        "need_пол",
        "гендер",
        "религия",
        "вероисповедание",
        "конфессия",
        "этничность",
        "этническая группа",
        "раса",
        "Расовая группа",
        "Nationalit\xc3\xa4t",
        "NATIONALIT\xc3\x84T",
        "nationalitaet",
        "Staatsangeh\xc3\xb6rigkeit",
        "staatsangehoerigkeit",
        "Staatsb\xc3\xbcrgerschaft",
        "staatsbuergerschaft",
        "Geschlecht",
        "geschlechter",
        "Religion",
        "Konfession",
        "Ethnie",
        "Ethnizit\xc3\xa4t",
        "Rasse",
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        if (!place_trait(text_of(list[i]))) {
            fail_msg("'%s' is a trait", list[i]);
        }
    }
}

static void others(void **state)
{
    (void)state;
    static const char *const list[] = {
        "",
        "_",
        "id",
        "need_seats",
        "score_micro",
        "household",
        "locality",
        "international",
        "national_exam",
        "need_trace",
        "terrace",
        "grace_period",
        "sextant",
        "need_sussex",
        "sexual_health",
        "racecourse_flats",
        "polar",
        "need_medical",
        "citizens_office",
        "полка",
        "need_половина",
        "место",
        "Schule",
        "Krass",
        "wheelchair",
        "language_course",
        "engender",
        "irreligion_free",
        "\xd0",
        "\xd1",
        "sex\xd0",
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        if (place_trait(text_of(list[i]))) {
            fail_msg("'%s' is no trait", list[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(traits), cmocka_unit_test(others)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
