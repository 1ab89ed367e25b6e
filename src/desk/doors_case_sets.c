#include "doors_case_sets.h"

bool doors_case_set(struct text *rest, struct text *set)
{
    size_t depth = 0;
    for (size_t i = 0; i < rest->n && (i == 0 ? rest->at[0] == '{' : depth > 0); i++) {
        depth += rest->at[i] == '{';
        depth -= rest->at[i] == '}';
        if (depth == 0) {
            struct text behind = text_trim((struct text){rest->at + i + 1, rest->n - i - 1});
            bool more = behind.n > 0 && behind.at[0] == '|';
            if (behind.n > 0 && !more) {
                return false;
            }
            *set = (struct text){rest->at + 1, i - 1};
            *rest = more ? text_trim((struct text){behind.at + 1, behind.n - 1}) : behind;
            return true;
        }
    }
    return false;
}
