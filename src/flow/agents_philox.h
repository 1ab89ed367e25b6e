/* Inside agents: Philox4x32-10 (rng.h) on vectors whose 64-bit lanes each hold one word in their lower half;
 * what stands in the upper half does not matter.  The includer gives: vec, TARGET, v_mul (of lower halves,
 * 64 bits), v_high (upper half down), v_xor3, v_set (lower half of all lanes). */

struct NAMED(philox) {
    vec word[4];
};

/* Counter {block, day, entity, stream}; entity is a vector. */
static inline TARGET struct NAMED(philox)
    NAMED(philox)(uint64_t seed, uint32_t block, uint32_t day, vec entity, uint32_t stream)
{
    enum { ROUNDS = 10 };
    const vec m0 = v_set(0xD2511F53u), m1 = v_set(0xCD9E8D57u);
    uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
    vec c0 = v_set(block), c1 = v_set(day), c2 = entity, c3 = v_set(stream);
    for (int i = 0; i < ROUNDS; i++) {
        vec p0 = v_mul(c0, m0), p1 = v_mul(c2, m1);
        c0 = v_xor3(v_high(p1), c1, v_set(k0));
        c2 = v_xor3(v_high(p0), c3, v_set(k1));
        c1 = p1;
        c3 = p0;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    return (struct NAMED(philox)){{c0, c1, c2, c3}};
}
