/* The words of the enums, as files and outputs print them. */
#include "decide.h"

const char *const effect_words[] = {"CLOSED", "DISCRETION", "OPEN", "BAR"};

const char *const door_kind_words[] = {"entry", "exit", "stay", "pathway", "visa", "protection"};

const char *const status_words[] = {
    "OPEN",   "DISCRETION",     "NEEDS_FACTS", "CLOSED_ACTIONABLE", "CLOSED",
    "BARRED", "NOT_APPLICABLE", "NO_RULE",     "CONFLICT",
};

const char *const outcome_words[] = {
    "NO_RULE", "NOT_APPLICABLE", "CLOSED", "DISCRETION", "OPEN", "BARRED", "CONFLICT",
};
