#include "mechanism_parts.h"

#include "bound.h"

struct mechanism_sum mechanism_sum(const struct mechanism_lists *lists, const uint32_t *locality)
{
    const struct place_problem *problem = lists->problem;
    struct mechanism_sum sum = {0};
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint64_t pair =
            locality[h] == PLACE_NONE ? UINT64_MAX : place_pair(problem, h, locality[h]);
        uint64_t rank = (uint64_t)problem->n_localities + 1;
        if (pair != UINT64_MAX) {
            bool wished = lists->wish_place[pair] != PLACE_NONE;
            rank = wished ? (uint64_t)lists->wish_place[pair] + 1 : rank;
            sum.placed++;
            sum.unwished += !wished;
            sum.total_micro += problem->score[pair];
            sum.rank_placed += rank;
        }
        sum.rank_all += rank;
    }
    return sum;
}
