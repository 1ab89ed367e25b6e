#include <stdlib.h>

#include "ensemble_parts.h"

/* The count of a register on exactly that day. */
static bool counted(const struct flow_register *one, int32_t day, double *out)
{
    size_t low = 0, high = one->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (one->at[middle].day < day) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == one->n || one->at[low].day != day) {
        return false;
    }
    *out = one->at[low].count;
    return true;
}

/* Days of the first register of a camp on which the others have a count too. */
static void add_camp(const struct flow_register *parts, size_t n_parts, int32_t from, int32_t to,
                     struct ensemble_report *list, size_t *n)
{
    for (size_t i = 0; i < parts[0].n; i++) {
        struct ensemble_report report = {parts[0].camp, parts[0].at[i].day, parts[0].at[i].count};
        bool whole = report.day >= from && report.day < to;
        for (size_t k = 1; whole && k < n_parts; k++) {
            double count;
            whole = counted(&parts[k], report.day, &count);
            report.count += whole ? count : 0;
        }
        if (whole) {
            list[(*n)++] = report;
        }
    }
}

static int by_camp(const void *left, const void *right)
{
    const struct ensemble_report *a = left, *b = right;
    if (a->camp != b->camp) {
        return a->camp < b->camp ? -1 : 1;
    }
    return (a->day > b->day) - (a->day < b->day);
}

int ensemble_reports(struct arena *arena, const struct flow_registers *all, int32_t from,
                     int32_t to, struct ensemble_report **out, size_t *n, struct ajar_err *err)
{
    struct ensemble_report *list;
    size_t most = 0, kept = 0;
    for (size_t i = 0; i < all->n; i++) {
        most += all->at[i].n;
    }
    TRY_NEW(list, arena, most, err);
    for (size_t first = 0, next; first < all->n; first = next) {
        next = first;
        while (next < all->n && all->at[next].camp == all->at[first].camp) {
            next++;
        }
        add_camp(&all->at[first], next - first, from, to, list, &kept);
    }
    qsort(list, kept, sizeof *list, by_camp);
    *out = list;
    *n = kept;
    return 0;
}
