/* One day of a block, for one instruction set.  The including file defines
 *     TARGET, WIDTH, vec (WIDTH doubles), mask,
 *     v_load, v_store, v_set, v_min, v_max (the second operand where one is NaN), v_sqrt,
 *     v_above (a > b), v_known (a == a), v_pick (mask ? a : b), v_keep (mask ? a : 0),
 *     m_and, m_bits (bit i: lane i),
 *     NAMED(x): the name x of this path
 * Every lane does the same IEEE operations in the same order on every path. */

#define ALL    ((1U << WIDTH) - 1)
#define INLINE TARGET static inline __attribute__((always_inline))
#define AGO(i) ((today + BULK_ROWS - (i)) % BULK_ROWS)

/* Some lanes let the value of three days ago into their baseline; of the others all rows of the baseline
 * move on by one day and it is lost. */
TARGET static vec enter_some(struct bulk_group *group, size_t at, size_t today, vec entering,
                             mask known)
{
    vec oldest = v_load(&group->x[today][at]), older = oldest;
    for (size_t i = BULK_ROWS - 1; i > BULK_GUARD; i--) {
        double *row = &group->x[AGO(i)][at];
        vec x = v_load(row);
        v_store(row, v_pick(known, x, older));
        older = x;
    }
    return v_pick(known, entering, oldest);
}

/* The baseline of today, and x in the place of the value that has left it. */
INLINE void enter(struct bulk_group *group, size_t at, size_t today, vec x)
{
    vec entering = v_load(&group->x[AGO(BULK_GUARD + 1)][at]),
        leaving = v_load(&group->x[today][at]);
    mask known = v_known(entering);
    if (__builtin_expect(m_bits(known) != ALL, 0)) {
        entering = enter_some(group, at, today, entering, known);
    }
    vec change = entering - leaving;
    v_store(&group->x[today][at], x);
    v_store(&group->sum[at], v_load(&group->sum[at]) + change);
    v_store(&group->squares[at], v_load(&group->squares[at]) + change * (entering + leaving));
}

INLINE unsigned c2(const struct bulk_group *group, size_t at, vec x, vec c)
{
    const vec m = v_set(BULK_M);
    vec sum = v_load(&group->sum[at]), d = m * x - sum;
    vec spread = m * v_load(&group->squares[at]) - sum * sum;
    return m_bits(m_and(v_above(d, v_load(&group->edge[at])), v_above(d * d, c * spread)));
}

INLINE unsigned cusum(struct bulk_group *group, size_t at, vec y)
{
    vec step = y * v_load(&group->gain[at]) - v_load(&group->cost[at]);
    vec s = v_max(v_load(&group->s[at]) + v_keep(v_known(step), step), v_set(0));
    mask rings = v_above(s, v_load(&group->threshold[at]));
    v_store(&group->s[at], v_pick(rings, v_set(0), s));
    return m_bits(rings);
}

/* today is a constant wherever this is used, so that the places of the rows are too. */
INLINE void groups_day(struct bulk_lanes *lanes, const struct bulk_day *day, size_t today,
                       struct bulk_rings *out)
{
    vec c = v_set(day->c), least = v_load(lanes->least), most = v_load(lanes->most);
    for (size_t g = 0; g < day->groups; g++) {
        struct bulk_group *group = &lanes->group[g];
        unsigned c2_bits = 0, cusum_bits = 0;
        __builtin_prefetch(day->ahead + g * BULK_GROUP, 0, 2);
        for (size_t at = 0; at < BULK_GROUP; at += WIDTH) {
            vec y = v_load(day->row + g * BULK_GROUP + at);
            least = v_min(y, least);
            most = v_max(y, most);
            vec x = v_sqrt(y + v_set(0.375)) + v_set(BULK_ROUND) - v_set(BULK_ROUND);
            enter(group, at, today, x);
            c2_bits |= c2(group, at, x, c) << at;
            cusum_bits |= cusum(group, at, y) << at;
        }
        out->c2[g] = (uint8_t)c2_bits;
        out->cusum[g] = (uint8_t)cusum_bits;
    }
    v_store(lanes->least, least);
    v_store(lanes->most, most);
}

#define CASE(today)                                                                                \
    case today:                                                                                    \
        groups_day(lanes, day, today, out);                                                        \
        break

TARGET static void NAMED(day)(struct bulk_lanes *lanes, const struct bulk_day *day,
                              struct bulk_rings *out)
{
    switch (day->day % BULK_ROWS) {
        CASE(0);
        CASE(1);
        CASE(2);
        CASE(3);
        CASE(4);
        CASE(5);
        CASE(6);
        CASE(7);
        CASE(8);
        CASE(9);
    default:
        break;
    }
}

TARGET static bool NAMED(train)(struct bulk_training *training, const struct bulk_day *day,
                                double most)
{
    unsigned left = 0;
    for (size_t at = 0; at < day->groups * BULK_GROUP; at += WIDTH) {
        __builtin_prefetch(day->ahead + at, 0, 2);
        vec y = v_load(day->row + at), n = v_load(&training->n[at]);
        mask take = m_and(v_known(y), v_above(v_set(most), n));
        vec first = v_load(&training->first[at]);
        first = v_pick(v_known(first), first, y);
        vec d = v_keep(take, y - first);
        n += v_keep(take, v_set(1));
        v_store(&training->n[at], n);
        v_store(&training->first[at], first);
        v_store(&training->sum[at], v_load(&training->sum[at]) + d);
        v_store(&training->squares[at], v_load(&training->squares[at]) + d * d);
        v_store(&training->last[at],
                v_pick(take, v_set((double)day->day), v_load(&training->last[at])));
        left |= m_bits(v_above(v_set(most), n));
    }
    return left != 0;
}

const struct bulk_path NAMED(bulk_path) = {PATH_TEXT, NAMED(day), NAMED(train)};
