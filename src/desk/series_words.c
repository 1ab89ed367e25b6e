#include "series_words.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

struct series_role_name {
    const char *word;
    enum series_role role;
};
static const struct series_role_name series_roles[] = {
    {"date", SERIES_DATE},
    {"day", SERIES_DATE},
    {"datum", SERIES_DATE},
    {"tag", SERIES_DATE},
    {"дата", SERIES_DATE},
    {"день", SERIES_DATE},
    {"число_месяца", SERIES_DATE},
    {"from", SERIES_FROM},
    {"date_from", SERIES_FROM},
    {"from_date", SERIES_FROM},
    {"start", SERIES_FROM},
    {"start_date", SERIES_FROM},
    {"first_day", SERIES_FROM},
    {"von", SERIES_FROM},
    {"beginn", SERIES_FROM},
    {"с", SERIES_FROM},
    {"от", SERIES_FROM},
    {"начало", SERIES_FROM},
    {"to", SERIES_TO},
    {"date_to", SERIES_TO},
    {"to_date", SERIES_TO},
    {"end", SERIES_TO},
    {"end_date", SERIES_TO},
    {"until", SERIES_TO},
    {"last_day", SERIES_TO},
    {"bis", SERIES_TO},
    {"ende", SERIES_TO},
    {"по", SERIES_TO},
    {"до", SERIES_TO},
    {"конец", SERIES_TO},
    {"week", SERIES_WEEK},
    {"iso_week", SERIES_WEEK},
    {"woche", SERIES_WEEK},
    {"kw", SERIES_WEEK},
    {"kalenderwoche", SERIES_WEEK},
    {"неделя", SERIES_WEEK},
    {"known", SERIES_KNOWN},
    {"as_known", SERIES_KNOWN},
    {"known_from", SERIES_KNOWN},
    {"known_on", SERIES_KNOWN},
    {"as_of", SERIES_KNOWN},
    {"published", SERIES_KNOWN},
    {"publication_date", SERIES_KNOWN},
    {"released", SERIES_KNOWN},
    {"reported", SERIES_KNOWN},
    {"bekannt", SERIES_KNOWN},
    {"veröffentlicht", SERIES_KNOWN},
    {"stand", SERIES_KNOWN},
    {"известно", SERIES_KNOWN},
    {"опубликовано", SERIES_KNOWN},
    {"дата_публикации", SERIES_KNOWN},
    {"count", SERIES_COUNT},
    {"counts", SERIES_COUNT},
    {"value", SERIES_COUNT},
    {"number", SERIES_COUNT},
    {"n", SERIES_COUNT},
    {"figure", SERIES_COUNT},
    {"anzahl", SERIES_COUNT},
    {"zahl", SERIES_COUNT},
    {"wert", SERIES_COUNT},
    {"число", SERIES_COUNT},
    {"количество", SERIES_COUNT},
    {"значение", SERIES_COUNT},
    {"place", SERIES_PLACE},
    {"country", SERIES_PLACE},
    {"country_iso3", SERIES_PLACE},
    {"crossing", SERIES_PLACE},
    {"border_crossing", SERIES_PLACE},
    {"crossing_point", SERIES_PLACE},
    {"location", SERIES_PLACE},
    {"city", SERIES_PLACE},
    {"land", SERIES_PLACE},
    {"ort", SERIES_PLACE},
    {"stadt", SERIES_PLACE},
    {"grenzübergang", SERIES_PLACE},
    {"страна", SERIES_PLACE},
    {"пункт", SERIES_PLACE},
    {"пункт_пропуска", SERIES_PLACE},
    {"место", SERIES_PLACE},
    {"город", SERIES_PLACE},
    {"route", SERIES_ROUTE},
    {"weg", SERIES_ROUTE},
    {"strecke", SERIES_ROUTE},
    {"маршрут", SERIES_ROUTE},
    {"путь", SERIES_ROUTE},
    {"measure", SERIES_MEASURE},
    {"indicator", SERIES_MEASURE},
    {"category", SERIES_MEASURE},
    {"group", SERIES_MEASURE},
    {"kind", SERIES_MEASURE},
    {"type", SERIES_MEASURE},
    {"art", SERIES_MEASURE},
    {"gruppe", SERIES_MEASURE},
    {"kennzahl", SERIES_MEASURE},
    {"показатель", SERIES_MEASURE},
    {"вид", SERIES_MEASURE},
    {"группа", SERIES_MEASURE},
    {"direction", SERIES_DIRECTION},
    {"richtung", SERIES_DIRECTION},
    {"направление", SERIES_DIRECTION},
    {"unit", SERIES_UNIT},
    {"units", SERIES_UNIT},
    {"einheit", SERIES_UNIT},
    {"единица", SERIES_UNIT},
    {"единицы", SERIES_UNIT},
    {"note", SERIES_UNUSED},
    {"notes", SERIES_UNUSED},
    {"comment", SERIES_UNUSED},
    {"comments", SERIES_UNUSED},
    {"remark", SERIES_UNUSED},
    {"remarks", SERIES_UNUSED},
    {"source", SERIES_UNUSED},
    {"source_id", SERIES_UNUSED},
    {"url", SERIES_UNUSED},
    {"id", SERIES_UNUSED},
    {"weekday", SERIES_UNUSED},
    {"day_of_week", SERIES_UNUSED},
    {"month", SERIES_UNUSED},
    {"year", SERIES_UNUSED},
    {"bemerkung", SERIES_UNUSED},
    {"notiz", SERIES_UNUSED},
    {"kommentar", SERIES_UNUSED},
    {"quelle", SERIES_UNUSED},
    {"wochentag", SERIES_UNUSED},
    {"monat", SERIES_UNUSED},
    {"jahr", SERIES_UNUSED},
    {"примечание", SERIES_UNUSED},
    {"комментарий", SERIES_UNUSED},
    {"источник", SERIES_UNUSED},
    {"день_недели", SERIES_UNUSED},
    {"месяц", SERIES_UNUSED},
    {"год", SERIES_UNUSED},
};

struct series_kind_name {
    const char *word;
    enum measure_kind kind;
};
/* The first of a kind is the word that a series of it gets. */
static const struct series_kind_name series_kinds[] = {
    {"in", KIND_GROSS_IN},
    {"entry", KIND_GROSS_IN},
    {"entries", KIND_GROSS_IN},
    {"entered", KIND_GROSS_IN},
    {"arrival", KIND_GROSS_IN},
    {"arrivals", KIND_GROSS_IN},
    {"inbound", KIND_GROSS_IN},
    {"inflow", KIND_GROSS_IN},
    {"immigrants", KIND_GROSS_IN},
    {"ein", KIND_GROSS_IN},
    {"einreise", KIND_GROSS_IN},
    {"einreisen", KIND_GROSS_IN},
    {"ankünfte", KIND_GROSS_IN},
    {"въезд", KIND_GROSS_IN},
    {"въехало", KIND_GROSS_IN},
    {"прибытие", KIND_GROSS_IN},
    {"прибыло", KIND_GROSS_IN},
    {"out", KIND_GROSS_OUT},
    {"exit", KIND_GROSS_OUT},
    {"exits", KIND_GROSS_OUT},
    {"left", KIND_GROSS_OUT},
    {"departure", KIND_GROSS_OUT},
    {"departures", KIND_GROSS_OUT},
    {"outbound", KIND_GROSS_OUT},
    {"outflow", KIND_GROSS_OUT},
    {"emigrants", KIND_GROSS_OUT},
    {"aus", KIND_GROSS_OUT},
    {"ausreise", KIND_GROSS_OUT},
    {"ausreisen", KIND_GROSS_OUT},
    {"выезд", KIND_GROSS_OUT},
    {"выехало", KIND_GROSS_OUT},
    {"убытие", KIND_GROSS_OUT},
    {"убыло", KIND_GROSS_OUT},
    {"net", KIND_NET},
    {"balance", KIND_NET},
    {"netto", KIND_NET},
    {"saldo", KIND_NET},
    {"сальдо", KIND_NET},
    {"нетто", KIND_NET},
    {"stock", KIND_STOCK},
    {"present", KIND_STOCK},
    {"stay", KIND_STOCK},
    {"bestand", KIND_STOCK},
    {"остаток", KIND_STOCK},
    {"both", KIND_BOTH_WAYS},
    {"both_ways", KIND_BOTH_WAYS},
    {"beide", KIND_BOTH_WAYS},
    {"обе", KIND_BOTH_WAYS},
    {"refused", KIND_REFUSED},
    {"refusals", KIND_REFUSED},
    {"abgewiesen", KIND_REFUSED},
    {"zurückgewiesen", KIND_REFUSED},
    {"отказ", KIND_REFUSED},
    {"отказано", KIND_REFUSED},
    {"registrations", KIND_REGISTRATIONS},
    {"registered", KIND_REGISTRATIONS},
    {"permits", KIND_PERMITS},
    {"applications", KIND_APPLICATIONS},
    {"decisions", KIND_DECISIONS},
    {"trips", KIND_TRIPS},
    {"rate", KIND_RATE},
    {"per_day", KIND_RATE},
};

static const char *const series_totals[] = {
    "total",     "totals",   "grand_total", "subtotal", "sum",   "summe",
    "insgesamt", "zusammen", "gesamt",      "итого",    "всего", "сумма",
};

const char *series_role_word(enum series_role role)
{
    for (size_t i = 0; i < COUNT_OF(series_roles); i++) {
        if (series_roles[i].role == role) {
            return series_roles[i].word;
        }
    }
    return "";
}

/* One character in its small form; how many bytes of `a` it took.  Letters of the three languages: all have
 * two bytes in either form. */
static size_t series_fold_char(struct text a, char out[2], size_t *n)
{
    unsigned char c = (unsigned char)a.at[0], d = a.n > 1 ? (unsigned char)a.at[1] : 0;
    *n = 1;
    out[0] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : a.at[0];
    if (c == ' ' || c == '-' || c == '\t' || (c == 0xc2 && d == 0xa0)) { /* no-break space */
        out[0] = '_';
        return c == 0xc2 ? 2 : 1;
    }
    if (c < 0xc3 || (c > 0xc3 && c != 0xd0 && c != 0xd1) || a.n < 2) {
        return 1;
    }
    *n = 2;
    out[1] = a.at[1];
    if (c == 0xc3 && d >= 0x80 && d <= 0x9e && d != 0x97) { /* À to Þ */
        out[1] = (char)(d + 0x20);
    } else if ((c == 0xd0 && d == 0x81) || (c == 0xd1 && d == 0x91)) { /* Ё, ё: е */
        out[0] = (char)0xd0;
        out[1] = (char)0xb5;
    } else if (c == 0xd0 && d >= 0x90 && d <= 0x9f) { /* А to П */
        out[1] = (char)(d + 0x20);
    } else if (c == 0xd0 && d >= 0xa0 && d <= 0xaf) { /* Р to Я */
        out[0] = (char)0xd1;
        out[1] = (char)(d - 0x20);
    }
    return 2;
}

struct text series_fold(struct text word, char out[static SERIES_WORD])
{
    size_t n = 0;
    word = text_trim(word);
    while (word.n > 0) {
        char c[2];
        size_t bytes, taken = series_fold_char(word, c, &bytes);
        word = (struct text){word.at + taken, word.n - taken};
        if (c[0] == '_' && bytes == 1 && (n == 0 || out[n - 1] == '_')) {
            continue;
        }
        if (n + bytes >= SERIES_WORD) {
            out[0] = '\0';
            return (struct text){out, 0};
        }
        memcpy(&out[n], c, bytes);
        n += bytes;
    }
    while (n > 0 && (out[n - 1] == '_' || out[n - 1] == ':')) {
        n--;
    }
    out[n] = '\0';
    return (struct text){out, n};
}

enum series_role series_role_of(struct text folded)
{
    for (size_t i = 0; i < COUNT_OF(series_roles); i++) {
        if (text_is(folded, series_roles[i].word)) {
            return series_roles[i].role;
        }
    }
    return SERIES_OTHER;
}

const char *series_role_near(struct text folded, enum series_role role)
{
    const char *words[COUNT_OF(series_roles)];
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(series_roles); i++) {
        if (series_roles[i].role == role && strlen(series_roles[i].word) > 2) {
            words[n++] = series_roles[i].word;
        }
    }
    return folded.n > 0 ? text_nearest(folded, words, n) : NULL;
}

bool series_kind_of(struct text folded, enum measure_kind *out)
{
    for (size_t i = 0; i < COUNT_OF(series_kinds); i++) {
        if (text_is(folded, series_kinds[i].word)) {
            *out = series_kinds[i].kind;
            return true;
        }
    }
    return false;
}

static bool series_ends(struct text a, const char *end)
{
    size_t n = strlen(end);
    return a.n >= n && memcmp(a.at + a.n - n, end, n) == 0;
}

bool series_kind_of_measure(struct text folded, enum measure_kind *out)
{
    struct text rest;
    if (series_ends(folded, "_per_day") || series_ends(folded, "_rate")) {
        *out = KIND_RATE;
        return true;
    }
    return series_kind_of(folded, out) || series_kind_of(text_split(folded, '_', &rest), out);
}

const char *series_kind_word(enum measure_kind kind)
{
    for (size_t i = 0; i < COUNT_OF(series_kinds); i++) {
        if (series_kinds[i].kind == kind) {
            return series_kinds[i].word;
        }
    }
    return "";
}

const char *series_kind_near(struct text folded)
{
    const char *words[COUNT_OF(series_kinds)];
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(series_kinds); i++) {
        if (strlen(series_kinds[i].word) > 2) {
            words[n++] = series_kinds[i].word;
        }
    }
    return folded.n > 0 ? text_nearest(folded, words, n) : NULL;
}

bool series_is_total(struct text folded)
{
    for (size_t i = 0; i < COUNT_OF(series_totals); i++) {
        if (text_is(folded, series_totals[i])) {
            return true;
        }
    }
    return false;
}
