/* Packing and running of a block, for one instruction set.  The including file defines
 *     TARGET, WIDTH (words of a vector), PASS (vectors side by side in registers),
 *     vec, v_load, v_store, v_and, v_or, v_all, v_none, v_no(known, yes) = known and not yes,
 *     v_and_no(a, known, yes), v_or_no(a, known, yes),
 *     near, c_near(table): the first 16 classes of a table, in registers,
 *     codes, c_look(near, at): what it says of the 64 codes there,
 *     c_look_far(table, at): the same for more classes,
 *     c_plane(codes, bit): that bit of each of them as a word,
 *     NAMED(x): the name x of this path
 * Every path does the same ands and ors. */
#define INLINE TARGET static inline __attribute__((always_inline))

/* n_atoms is a constant wherever this is used, so that the places of the bits are too. */
INLINE void pack_near(const struct flat_table *table, size_t stride, size_t words,
                      const uint8_t *from, const uint8_t *ahead, uint64_t *planes, size_t first,
                      unsigned n_atoms)
{
    near in = c_near(table);
    uint64_t *yes = planes + table->at * stride + first;
    uint64_t *known = planes + table->known_slot * stride + first;
#pragma GCC unroll 4
    for (size_t w = 0; w < words; w++) {
        __builtin_prefetch(ahead + w * 64, 0, 3);
        codes bits = c_look(in, from + w * 64);
        known[w] = c_plane(bits, 7);
#pragma GCC unroll 7
        for (unsigned a = 0; a < n_atoms; a++) {
            yes[a * stride + w] = c_plane(bits, 6 - a);
        }
    }
}

TARGET static void pack_far(const struct flat_table *table, size_t stride, size_t words,
                            const uint8_t *from, uint64_t *planes, size_t first)
{
    uint64_t *yes = planes + table->at * stride + first;
    for (size_t w = 0; w < words; w++) {
        codes bits = c_look_far(table, from + w * 64);
        if (table->known) {
            planes[table->known_slot * stride + first + w] = c_plane(bits, 7);
        }
        for (unsigned a = 0; a < table->n_atoms; a++) {
            yes[a * stride + w] = c_plane(bits, 6 - a);
        }
    }
}

#define PACK(n)                                                                                    \
    case n:                                                                                        \
        pack_near(table, stride, words, from, ahead, planes, first, n);                            \
        break

TARGET static void NAMED(pack)(const struct flat_table *table, size_t stride, size_t words,
                               const uint8_t *from, const uint8_t *ahead, uint64_t *planes,
                               size_t first)
{
    switch (table->known && table->n_near == 1 ? table->n_atoms : 0) {
        PACK(1);
        PACK(2);
        PACK(3);
        PACK(4);
        PACK(5);
        PACK(6);
        PACK(7);
    default:
        pack_far(table, stride, words, from, planes, first);
        break;
    }
}

#define DO(instruction, value)                                                                     \
    case instruction:                                                                              \
        _Pragma("GCC unroll 8") for (size_t i = 0; i < vectors; i++)                               \
        {                                                                                          \
            acc[i] = value;                                                                        \
        }                                                                                          \
        break
#define YES  v_load(planes + op->at + i * WIDTH)
#define KNOW v_load(planes + op->known + i * WIDTH)
#define TEMP v_load(temps + op->at + i * WIDTH)
#define INTO(instruction, array)                                                                   \
    case instruction:                                                                              \
        _Pragma("GCC unroll 8") for (size_t i = 0; i < vectors; i++)                               \
        {                                                                                          \
            v_store((array) + op->at + i * WIDTH, acc[i]);                                         \
        }                                                                                          \
        break

/* The whole program on `vectors` vectors, a constant wherever this is used. */
INLINE void run_pass(const struct flat_op *op, const uint64_t *planes, uint64_t *temps,
                     uint64_t *outs, const size_t vectors)
{
    vec acc[PASS];
#pragma GCC unroll 8
    for (size_t i = 0; i < vectors; i++) {
        acc[i] = v_none;
    }
    for (;; op++) {
        switch (op->what) {
            DO(FLAT_SET_YES, YES);
            DO(FLAT_SET_NO, v_no(KNOW, YES));
            DO(FLAT_SET_TEMP, TEMP);
            DO(FLAT_SET_ALL, v_all);
            DO(FLAT_SET_NONE, v_none);
            DO(FLAT_AND_YES, v_and(acc[i], YES));
            DO(FLAT_AND_NO, v_and_no(acc[i], KNOW, YES));
            DO(FLAT_AND_TEMP, v_and(acc[i], TEMP));
            DO(FLAT_OR_YES, v_or(acc[i], YES));
            DO(FLAT_OR_NO, v_or_no(acc[i], KNOW, YES));
            DO(FLAT_OR_TEMP, v_or(acc[i], TEMP));
            INTO(FLAT_KEEP, temps);
            INTO(FLAT_OUT, outs);
        default:
            return;
        }
    }
}

TARGET static void NAMED(run)(const struct flat_op *ops, size_t words, const uint64_t *planes,
                              uint64_t *temps, uint64_t *outs)
{
    size_t w = 0;
    for (; w + PASS * WIDTH <= words; w += PASS * WIDTH) {
        run_pass(ops, planes + w, temps + w, outs + w, PASS);
    }
    for (; w < words; w += WIDTH) {
        run_pass(ops, planes + w, temps + w, outs + w, 1);
    }
}

const struct flat_unit NAMED(flat_unit) = {NAMED(pack), NAMED(run)};
