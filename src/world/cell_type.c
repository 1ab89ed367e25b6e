#include "country.h"
#include "date.h"
#include "schema.h"

/* One row a type: its size in memory, and its names in the documentation and in a Table Schema. */
static const struct {
    size_t size;
    const char *help, *standard, *pattern;
} cell_types[CELL_TYPES] = {
    [CELL_ID] = {sizeof(name_id), "an id of small letters, digits and _", "string", "[a-z0-9_]+"},
    [CELL_WORD] = {sizeof(name_id), "a word", "string", NULL},
    [CELL_CHOICE] = {sizeof(name_id), "one of a list", "string", NULL},
    [CELL_KIND] = {sizeof(uint32_t), "one of a list", "string", NULL},
    [CELL_COUNTRY] = {sizeof(name_id), "a country, ISO 3166-1 alpha-3", "string", NULL},
    [CELL_UNIT] = {sizeof(name_id), "a unit", "string", NULL},
    [CELL_CURRENCY] = {sizeof(name_id), "a currency, ISO 4217", "string", "[A-Z]{3}"},
    [CELL_HS6] = {sizeof(name_id), "an HS code of six digits", "string", "[0-9]{6}"},
    [CELL_HS] = {sizeof(name_id), "an HS code or a word in capitals", "string",
                 "[0-9]{2}|[0-9]{4}|[0-9]{6}|[A-Z]+"},
    [CELL_LAND] = {sizeof(name_id), "a part of a country, ISO 3166-2", "string",
                   "[A-Z]{2}-[A-Z0-9]{1,3}"},
    [CELL_SOURCE] = {sizeof(name_id), "a source_id of sources.csv", "string", NULL},
    [CELL_PLACE] = {sizeof(uint32_t), "an id of places.csv", "string", NULL},
    [CELL_ARRIVAL_MEASURE] = {sizeof(uint32_t), "a measure of measures.csv", "string", NULL},
    [CELL_HOST_MEASURE] = {sizeof(uint32_t), "a measure of measures.csv", "string", NULL},
    [CELL_TEXT] = {sizeof(struct text), "text", "string", NULL},
    [CELL_LIST] = {sizeof(struct text), "words separated by `;`", "string", NULL},
    [CELL_URL] = {sizeof(struct text), "an address, http:// or https://", "string", "https?://.+"},
    [CELL_NUMBER] = {sizeof(double), "a number", "number", NULL},
    [CELL_WHOLE] = {sizeof(int32_t), "a whole number", "integer", NULL},
    [CELL_DATE] = {sizeof(date_days), "a date, YYYY-MM-DD", "date", NULL},
    [CELL_PARTIAL] = {sizeof(struct date_partial), "a date: YYYY, YYYY-MM or YYYY-MM-DD", "string",
                      "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"},
    [CELL_PERIOD] = {sizeof(struct date_partial), "a year or month: YYYY or YYYY-MM", "string",
                     "[0-9]{4}(-[0-9]{2})?"},
};

size_t cell_type_size(enum cell_type type)
{
    return cell_types[type].size;
}

const char *cell_type_help(enum cell_type type)
{
    return cell_types[type].help;
}

const char *cell_type_standard(enum cell_type type)
{
    return cell_types[type].standard;
}

const char *cell_type_pattern(enum cell_type type)
{
    return cell_types[type].pattern;
}
