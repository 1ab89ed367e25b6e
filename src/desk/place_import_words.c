#include <string.h>

#include "place_import_parts.h"
#include "series_words.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

enum { OF_HOUSEHOLDS = 1 << PLACE_IMPORT_HOUSEHOLDS, OF_LOCALITIES = 1 << PLACE_IMPORT_LOCALITIES };
enum { OF_BOTH = OF_HOUSEHOLDS | OF_LOCALITIES };

/* Folded headings.  Of a resource: a need of households, a capacity of localities. */
struct known_word {
    const char *word;
    unsigned of;
    enum place_import_role role;
    const char *name;
};
static const struct known_word known_words[] = {
    {"id", OF_BOTH, PLACE_IMPORT_ID, ""},
    {"№", OF_BOTH, PLACE_IMPORT_ID, ""},
    {"номер", OF_BOTH, PLACE_IMPORT_ID, ""},
    {"код", OF_BOTH, PLACE_IMPORT_ID, ""},
    {"№_дела", OF_HOUSEHOLDS, PLACE_IMPORT_ID, ""},
    {"номер_дела", OF_HOUSEHOLDS, PLACE_IMPORT_ID, ""},
    {"дело", OF_HOUSEHOLDS, PLACE_IMPORT_ID, ""},
    {"семья", OF_HOUSEHOLDS, PLACE_IMPORT_ID, ""},
    {"case", OF_HOUSEHOLDS, PLACE_IMPORT_ID, ""},
    {"case_number", OF_HOUSEHOLDS, PLACE_IMPORT_ID, ""},
    {"household", OF_HOUSEHOLDS, PLACE_IMPORT_ID, ""},
    {"fall", OF_HOUSEHOLDS, PLACE_IMPORT_ID, ""},
    {"fallnummer", OF_HOUSEHOLDS, PLACE_IMPORT_ID, ""},
    {"aktenzeichen", OF_HOUSEHOLDS, PLACE_IMPORT_ID, ""},
    {"haushalt", OF_HOUSEHOLDS, PLACE_IMPORT_ID, ""},
    {"предложение", OF_LOCALITIES, PLACE_IMPORT_ID, ""},
    {"offer", OF_LOCALITIES, PLACE_IMPORT_ID, ""},
    {"lot", OF_LOCALITIES, PLACE_IMPORT_ID, ""},
    {"angebot", OF_LOCALITIES, PLACE_IMPORT_ID, ""},
    {"people", OF_HOUSEHOLDS, PLACE_IMPORT_PEOPLE, ""},
    {"size", OF_HOUSEHOLDS, PLACE_IMPORT_PEOPLE, ""},
    {"personen", OF_HOUSEHOLDS, PLACE_IMPORT_PEOPLE, ""},
    {"человек", OF_HOUSEHOLDS, PLACE_IMPORT_PEOPLE, ""},
    {"чел", OF_HOUSEHOLDS, PLACE_IMPORT_PEOPLE, ""},
    {"кол_во_чел", OF_HOUSEHOLDS, PLACE_IMPORT_PEOPLE, ""},
    {"кол_во_человек", OF_HOUSEHOLDS, PLACE_IMPORT_PEOPLE, ""},
    {"количество_человек", OF_HOUSEHOLDS, PLACE_IMPORT_PEOPLE, ""},
    {"состав_семьи", OF_HOUSEHOLDS, PLACE_IMPORT_PEOPLE, ""},
    {"group", OF_HOUSEHOLDS, PLACE_IMPORT_GROUP, ""},
    {"gruppe", OF_HOUSEHOLDS, PLACE_IMPORT_GROUP, ""},
    {"группа", OF_HOUSEHOLDS, PLACE_IMPORT_GROUP, ""},
    {"категория", OF_HOUSEHOLDS, PLACE_IMPORT_GROUP, ""},
    {"ready", OF_HOUSEHOLDS, PLACE_IMPORT_READY, ""},
    {"bereit_ab", OF_HOUSEHOLDS, PLACE_IMPORT_READY, ""},
    {"готовы_с", OF_HOUSEHOLDS, PLACE_IMPORT_READY, ""},
    {"готовы_к_выезду", OF_HOUSEHOLDS, PLACE_IMPORT_READY, ""},
    {"дата_готовности", OF_HOUSEHOLDS, PLACE_IMPORT_READY, ""},
    {"wish", OF_HOUSEHOLDS, PLACE_IMPORT_WISH, ""},
    {"wishes", OF_HOUSEHOLDS, PLACE_IMPORT_WISH, ""},
    {"wunsch", OF_HOUSEHOLDS, PLACE_IMPORT_WISH, ""},
    {"wunschort", OF_HOUSEHOLDS, PLACE_IMPORT_WISH, ""},
    {"пожелания", OF_HOUSEHOLDS, PLACE_IMPORT_WISH, ""},
    {"желаемый_город", OF_HOUSEHOLDS, PLACE_IMPORT_WISH, ""},
    {"куда_хотят", OF_HOUSEHOLDS, PLACE_IMPORT_WISH, ""},
    {"place", OF_LOCALITIES, PLACE_IMPORT_PLACE, ""},
    {"ort", OF_LOCALITIES, PLACE_IMPORT_PLACE, ""},
    {"gemeinde", OF_LOCALITIES, PLACE_IMPORT_PLACE, ""},
    {"город", OF_LOCALITIES, PLACE_IMPORT_PLACE, ""},
    {"пункт", OF_LOCALITIES, PLACE_IMPORT_PLACE, ""},
    {"населенный_пункт", OF_LOCALITIES, PLACE_IMPORT_PLACE, ""},
    {"state", OF_LOCALITIES, PLACE_IMPORT_STATE, ""},
    {"land", OF_LOCALITIES, PLACE_IMPORT_STATE, ""},
    {"bundesland", OF_LOCALITIES, PLACE_IMPORT_STATE, ""},
    {"земля", OF_LOCALITIES, PLACE_IMPORT_STATE, ""},
    {"страна", OF_LOCALITIES, PLACE_IMPORT_STATE, ""},
    {"until", OF_LOCALITIES, PLACE_IMPORT_UNTIL, ""},
    {"bis", OF_LOCALITIES, PLACE_IMPORT_UNTIL, ""},
    {"gültig_bis", OF_LOCALITIES, PLACE_IMPORT_UNTIL, ""},
    {"до", OF_LOCALITIES, PLACE_IMPORT_UNTIL, ""},
    {"действует_до", OF_LOCALITIES, PLACE_IMPORT_UNTIL, ""},
    {"срок", OF_LOCALITIES, PLACE_IMPORT_UNTIL, ""},
    {"lat", OF_LOCALITIES, PLACE_IMPORT_LAT, ""},
    {"latitude", OF_LOCALITIES, PLACE_IMPORT_LAT, ""},
    {"breite", OF_LOCALITIES, PLACE_IMPORT_LAT, ""},
    {"широта", OF_LOCALITIES, PLACE_IMPORT_LAT, ""},
    {"lon", OF_LOCALITIES, PLACE_IMPORT_LON, ""},
    {"longitude", OF_LOCALITIES, PLACE_IMPORT_LON, ""},
    {"länge", OF_LOCALITIES, PLACE_IMPORT_LON, ""},
    {"долгота", OF_LOCALITIES, PLACE_IMPORT_LON, ""},
    {"least", OF_LOCALITIES, PLACE_IMPORT_LEAST, "beds"},
    {"mindestens", OF_LOCALITIES, PLACE_IMPORT_LEAST, "beds"},
    {"минимум", OF_LOCALITIES, PLACE_IMPORT_LEAST, "beds"},
    {"не_менее", OF_LOCALITIES, PLACE_IMPORT_LEAST, "beds"},
    {"beds", OF_BOTH, PLACE_IMPORT_NEED, "beds"},
    {"betten", OF_BOTH, PLACE_IMPORT_NEED, "beds"},
    {"plätze", OF_BOTH, PLACE_IMPORT_NEED, "beds"},
    {"мест", OF_BOTH, PLACE_IMPORT_NEED, "beds"},
    {"места", OF_BOTH, PLACE_IMPORT_NEED, "beds"},
    {"койко_мест", OF_BOTH, PLACE_IMPORT_NEED, "beds"},
    {"спальных_мест", OF_BOTH, PLACE_IMPORT_NEED, "beds"},
    {"school", OF_BOTH, PLACE_IMPORT_NEED, "school"},
    {"school_places", OF_BOTH, PLACE_IMPORT_NEED, "school"},
    {"schulplätze", OF_BOTH, PLACE_IMPORT_NEED, "school"},
    {"школа", OF_BOTH, PLACE_IMPORT_NEED, "school"},
    {"школьных_мест", OF_BOTH, PLACE_IMPORT_NEED, "school"},
    {"детей_школьного_возраста", OF_HOUSEHOLDS, PLACE_IMPORT_NEED, "school"},
    {"language_course", OF_BOTH, PLACE_IMPORT_NEED, "course"},
    {"course", OF_BOTH, PLACE_IMPORT_NEED, "course"},
    {"sprachkurs", OF_BOTH, PLACE_IMPORT_NEED, "course"},
    {"языковые_курсы", OF_BOTH, PLACE_IMPORT_NEED, "course"},
    {"курсы_языка", OF_BOTH, PLACE_IMPORT_NEED, "course"},
    {"курсы", OF_BOTH, PLACE_IMPORT_NEED, "course"},
    {"курс_немецкого", OF_BOTH, PLACE_IMPORT_NEED, "course"},
    {"support", OF_BOTH, PLACE_IMPORT_NEED, "support"},
    {"betreuung", OF_BOTH, PLACE_IMPORT_NEED, "support"},
    {"сопровождение", OF_BOTH, PLACE_IMPORT_NEED, "support"},
    {"соцработник", OF_BOTH, PLACE_IMPORT_NEED, "support"},
    {"step_free", OF_BOTH, PLACE_IMPORT_REQUIRE, "step_free"},
    {"wheelchair", OF_BOTH, PLACE_IMPORT_REQUIRE, "step_free"},
    {"rollstuhl", OF_BOTH, PLACE_IMPORT_REQUIRE, "step_free"},
    {"barrierefrei", OF_BOTH, PLACE_IMPORT_REQUIRE, "step_free"},
    {"коляска", OF_BOTH, PLACE_IMPORT_REQUIRE, "step_free"},
    {"инвалидная_коляска", OF_BOTH, PLACE_IMPORT_REQUIRE, "step_free"},
    {"без_ступеней", OF_BOTH, PLACE_IMPORT_REQUIRE, "step_free"},
    {"dialysis", OF_BOTH, PLACE_IMPORT_REQUIRE, "dialysis"},
    {"dialyse", OF_BOTH, PLACE_IMPORT_REQUIRE, "dialysis"},
    {"диализ", OF_BOTH, PLACE_IMPORT_REQUIRE, "dialysis"},
    {"hospital", OF_BOTH, PLACE_IMPORT_REQUIRE, "hospital"},
    {"krankenhaus", OF_BOTH, PLACE_IMPORT_REQUIRE, "hospital"},
    {"больница", OF_BOTH, PLACE_IMPORT_REQUIRE, "hospital"},
    {"row", OF_BOTH, PLACE_IMPORT_LEAVE, ""},
    {"error", OF_BOTH, PLACE_IMPORT_LEAVE, ""},
    {"note", OF_BOTH, PLACE_IMPORT_LEAVE, ""},
    {"bemerkung", OF_BOTH, PLACE_IMPORT_LEAVE, ""},
    {"примечание", OF_BOTH, PLACE_IMPORT_LEAVE, ""},
    {"примечания", OF_BOTH, PLACE_IMPORT_LEAVE, ""},
    {"комментарий", OF_BOTH, PLACE_IMPORT_LEAVE, ""},
};

/* How the headings of what identifies a person begin. */
static const char *const private_words[] = {
    "фио",           "ф_и_о",      "фамили",    "имя",      "отчеств",  "телефон",   "тел",
    "дата_рожд",     "паспорт",    "адрес",     "почта",    "e_mail",   "email",     "name",
    "surname",       "first_name", "last_name", "vorname",  "nachname", "phone",     "telefon",
    "date_of_birth", "birth",      "geburt",    "passport", "pass_nr",  "reisepass", "address",
    "adresse",       "anschrift",  "telegram",  "whatsapp",
};

static bool import_dropped(char c)
{
    return c == '.' || c == ':' || c == '*' || c == '?' || c == '"' || c == ',';
}

/* Bytes without what stands in brackets, without points, and with one letter for ё. */
static struct text import_bare(struct text heading, char to[static PLACE_IMPORT_WORD])
{
    size_t n = 0;
    bool inside = false;
    for (size_t i = 0; i < heading.n && n + 2 < PLACE_IMPORT_WORD; i++) {
        char c = heading.at[i];
        inside = c == '(' || (inside && c != ')');
        if (inside || c == ')' || (import_dropped(c) && c != '.')) {
            continue;
        }
        bool yo = i + 1 < heading.n && c == '\xd1' && heading.at[i + 1] == '\x91';
        to[n++] = c == '.' || c == '\n' || c == '\r' ? ' ' : yo ? '\xd0' : c;
        if (yo) {
            to[n++] = '\xb5';
            i++;
        }
    }
    return (struct text){to, n};
}

struct text place_import_fold(struct text heading, char to[static PLACE_IMPORT_WORD])
{
    char bare[PLACE_IMPORT_WORD];
    struct text word = import_bare(heading, bare);
    size_t bad;
    while (word.n > 0 && !text_utf8(word, &bad)) {
        word.n = bad;
    }
    return series_fold(word, to);
}

enum place_import_role place_import_known(enum place_import_kind kind, struct text folded,
                                          struct text *name)
{
    *name = (struct text){"", 0};
    for (size_t i = 0; i < COUNT_OF(known_words); i++) {
        const struct known_word *known = &known_words[i];
        if ((known->of & 1u << kind) == 0 || !text_is(folded, known->word)) {
            continue;
        }
        *name = text_of(known->name);
        bool locality = kind == PLACE_IMPORT_LOCALITIES;
        return locality && known->role == PLACE_IMPORT_NEED      ? PLACE_IMPORT_CAPACITY
               : locality && known->role == PLACE_IMPORT_REQUIRE ? PLACE_IMPORT_FEATURE
                                                                 : known->role;
    }
    return PLACE_IMPORT_UNKNOWN;
}

const char *place_import_near(enum place_import_kind kind, struct text folded)
{
    const char *words[COUNT_OF(known_words)];
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(known_words); i++) {
        if ((known_words[i].of & 1u << kind) != 0) {
            words[n++] = known_words[i].word;
        }
    }
    return folded.n < 3 ? NULL : text_nearest(folded, words, n);
}

bool place_import_private(struct text folded)
{
    for (size_t i = 0; i < COUNT_OF(private_words); i++) {
        if (text_starts(folded, private_words[i])) {
            return true;
        }
    }
    return false;
}

struct role_word {
    const char *word; /* "need_": a name follows */
    unsigned of;
    enum place_import_role role;
};
static const struct role_word role_words[] = {
    {"id", OF_BOTH, PLACE_IMPORT_ID},
    {"people", OF_HOUSEHOLDS, PLACE_IMPORT_PEOPLE},
    {"group", OF_HOUSEHOLDS, PLACE_IMPORT_GROUP},
    {"ready", OF_HOUSEHOLDS, PLACE_IMPORT_READY},
    {"wish", OF_HOUSEHOLDS, PLACE_IMPORT_WISH},
    {"place", OF_LOCALITIES, PLACE_IMPORT_PLACE},
    {"state", OF_LOCALITIES, PLACE_IMPORT_STATE},
    {"until", OF_LOCALITIES, PLACE_IMPORT_UNTIL},
    {"lat", OF_LOCALITIES, PLACE_IMPORT_LAT},
    {"lon", OF_LOCALITIES, PLACE_IMPORT_LON},
    {"leave", OF_BOTH, PLACE_IMPORT_LEAVE},
    {"need_", OF_HOUSEHOLDS, PLACE_IMPORT_NEED},
    {"require_", OF_HOUSEHOLDS, PLACE_IMPORT_REQUIRE},
    {"trait_", OF_HOUSEHOLDS, PLACE_IMPORT_TRAIT},
    {"capacity_", OF_LOCALITIES, PLACE_IMPORT_CAPACITY},
    {"least_", OF_LOCALITIES, PLACE_IMPORT_LEAST},
    {"feature_", OF_LOCALITIES, PLACE_IMPORT_FEATURE},
};

bool place_import_role_parse(enum place_import_kind kind, struct text word,
                             enum place_import_role *role, struct text *name)
{
    for (size_t i = 0; i < COUNT_OF(role_words); i++) {
        const struct role_word *row = &role_words[i];
        size_t n = strlen(row->word);
        bool named = row->word[n - 1] == '_';
        bool fits = named ? text_starts(word, row->word) && word.n > n : text_is(word, row->word);
        if (fits && (row->of & 1u << kind) != 0) {
            *role = row->role;
            *name = named ? (struct text){word.at + n, word.n - n} : (struct text){"", 0};
            return true;
        }
    }
    return false;
}

void place_import_role_put(struct buf *buf, const struct place_import_column *column)
{
    for (size_t i = 0; i < COUNT_OF(role_words); i++) {
        if (role_words[i].role == column->role) {
            buf_str(buf, role_words[i].word);
            buf_text(buf, column->name);
            return;
        }
    }
    buf_str(buf, "leave");
}

bool place_import_number(enum place_import_role role)
{
    return role == PLACE_IMPORT_NEED || role == PLACE_IMPORT_CAPACITY ||
           role == PLACE_IMPORT_PEOPLE || role == PLACE_IMPORT_LEAST;
}
