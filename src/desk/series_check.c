/* What the counts of one series owe each other: one for a period, and no period twice over. */
#include <string.h>

#include "num.h"
#include "series_parts.h"

/* "2022-09-21" or "2022-09-19 to 2022-09-25". */
static struct text series_period_text(const struct watch_value *value, char to[static 32])
{
    date_format(value->from, to);
    size_t n = strlen(to);
    if (value->to != value->from) {
        memcpy(&to[n], " to ", 4);
        date_format(value->to, &to[n + 4]);
        n = strlen(to);
    }
    return (struct text){to, n};
}

static struct ajar_err *series_pair_fault(const struct series_reader *it, enum err_code code,
                                          const struct watch_value *value,
                                          const struct watch_value *other, const char *format)
{
    char period[32], name[64], line[NUM_TEXT];
    enum series_role role = it->at[SERIES_FROM] >= 0   ? SERIES_FROM
                            : it->at[SERIES_DATE] >= 0 ? SERIES_DATE
                                                       : SERIES_WEEK;
    struct ajar_err *fault = faults_add(it->faults);
    num_format(other->row, line);
    err_at(fault, code, it->csv.file, value->row, series_column_name(it, it->at[role], name),
           series_period_text(value, period), format, line);
    return fault;
}

/* The first column that has no meaning here and may be what tells the rows apart. */
static const char *series_unused_column(const struct series_reader *it, char to[static 64])
{
    for (size_t c = 0; c < it->csv.n_columns; c++) {
        if (it->columns[c].role == SERIES_OTHER && !it->columns[c].counts &&
            it->columns[c].name.n > 0) {
            return series_column_name(it, (int)c, to);
        }
    }
    return NULL;
}

/* Two counts of one period, the earlier first. */
static void series_check_twice(const struct series_reader *it, const struct watch_value *first,
                               const struct watch_value *second)
{
    char name[64];
    if (it->at[SERIES_KNOWN] >= 0 && first->published != second->published) {
        const struct watch_value *bare = first->published == DATE_NONE ? first : second;
        if (bare->published == DATE_NONE) {
            series_pair_fault(
                it, E_WATCH_FILE_REVISION, bare, bare == first ? second : first,
                "Line %s gives a count for the same period, and this row does not say "
                "since when it was known.");
        }
        return;
    }
    const struct watch_value *later = first->row > second->row ? first : second;
    struct ajar_err *fault =
        series_pair_fault(it, E_WATCH_FILE_DUPLICATE, later, later == first ? second : first,
                          "Line %s gives a count for the same series and period already.");
    const char *unused = series_unused_column(it, name);
    if (it->at[SERIES_KNOWN] >= 0) {
        err_hint(fault, "Remove one of the two rows, or say since when each was known.");
    } else if (unused != NULL) {
        err_hint(fault,
                 "If the column %s tells the rows apart, name it measure or place; else remove "
                 "one of the two rows.",
                 unused);
    }
}

static void series_check_overlap(const struct series_reader *it, const struct watch_value *value,
                                 const struct watch_value *before)
{
    bool lengths = value->to - value->from != before->to - before->from;
    struct ajar_err *fault = series_pair_fault(
        it, E_WATCH_FILE_OVERLAP, value, before,
        "The period overlaps the one in line %s, so some days are counted twice.");
    err_hint(fault, lengths
                        ? "Give the shorter and the longer periods two names in a column measure, "
                          "or remove one of them; nothing is added up or spread here."
                        : "Correct the dates, or remove one of the two rows.");
}

void series_check(const struct series_reader *it, const struct watch_book *book)
{
    for (size_t s = 0; s < book->n; s++) {
        const struct watch_series *series = &book->series[s];
        const struct watch_value *reach = NULL; /* of those before, the one that ends last */
        for (size_t i = 0; i < series->n; i++) {
            const struct watch_value *value = &series->value[i];
            if (value->revision) {
                series_check_twice(it, &value[-1], value);
            } else if (reach != NULL && value->from <= reach->to) {
                series_check_overlap(it, value, reach);
            }
            if (reach == NULL || value->to > reach->to) {
                reach = value;
            }
        }
    }
}
