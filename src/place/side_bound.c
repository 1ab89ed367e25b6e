#include "side.h"

#include "bound.h"

__extension__ typedef __int128 wide;

/* What a pair leaves after paying both prices, in thousandths of a micro-unit. */
static wide side_left(const struct place_problem *problem, const struct place_side *side,
                      const int64_t *price, const int64_t *quota_price, uint32_t household,
                      uint64_t pair)
{
    size_t n = problem->n_resources, l = problem->locality[pair];
    wide left = (wide)problem->score[pair] * PLACE_PRICES_A_MICRO;
    for (size_t r = 0; r < n; r++) {
        left -= (wide)price[l * n + r] * problem->need[household * n + r];
    }
    for (uint32_t q = 0; q < side->n_quotas; q++) {
        const struct side_quota *quota = &side->quotas[q];
        uint32_t from = 0, to = quota->n_localities;
        while (from < to) {
            uint32_t middle = from + (to - from) / 2;
            from = quota->locality[middle] < l ? middle + 1 : from;
            to = quota->locality[middle] < l ? to : middle;
        }
        if (from < quota->n_localities && quota->locality[from] == l) {
            left -= (wide)quota_price[q] * problem->need[household * n + quota->resource];
        }
    }
    return left;
}

int64_t side_bound(const struct place_problem *problem, const struct place_side *side,
                   const int64_t *price, const int64_t *quota_price)
{
    size_t n = problem->n_resources;
    uint32_t lock = 0;
    wide sum = 0;
    for (size_t k = 0; k < problem->n_localities * n; k++) {
        sum += (wide)price[k] * problem->capacity[k];
    }
    for (uint32_t q = 0; q < side->n_quotas; q++) {
        sum += (wide)quota_price[q] * side->quotas[q].most;
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        bool locked = lock < side->n_locks && side->locks[lock].household == h;
        wide best = 0;
        if (locked) {
            best = side_left(problem, side, price, quota_price, h, side->locks[lock++].pair);
        }
        for (uint64_t pair = problem->first[h]; !locked && pair < problem->first[h + 1]; pair++) {
            wide left = side_left(problem, side, price, quota_price, h, pair);
            best = left > best ? left : best;
        }
        sum += best;
    }
    wide up = sum / PLACE_PRICES_A_MICRO;
    up += sum > 0 && sum % PLACE_PRICES_A_MICRO > 0;
    return up > INT64_MAX ? INT64_MAX : (int64_t)up;
}

bool side_near(const struct place_side *side, const struct side_link *link, uint32_t a, uint32_t b)
{
    if (link->chord_m == SIDE_SAME) {
        return side->place_of == NULL ? a == b : side->place_of[a] == side->place_of[b];
    }
    wide square = 0;
    for (size_t k = 0; k < 3; k++) {
        wide apart =
            (wide)side->position_m[3 * (size_t)a + k] - side->position_m[3 * (size_t)b + k];
        square += apart * apart;
    }
    return square <= (wide)link->chord_m * link->chord_m;
}
