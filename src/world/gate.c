#include "gate.h"

const char *const gate_words[] = {"NO_RULE", "OPEN", "DISCRETION", "CLOSED", "BARRED", "UNKNOWN"};

enum gate gate_at(const struct gates *gates, date_days day, size_t crossing, size_t profile)
{
    if (day < gates->from || (size_t)(day - gates->from) >= gates->n_days) {
        return GATE_NO_RULE;
    }
    size_t i = ((size_t)(day - gates->from) * gates->n_crossings + crossing) * gates->n_profiles;
    return (enum gate)gates->at[i + profile];
}
