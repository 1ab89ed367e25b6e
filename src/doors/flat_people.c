/* People through a flat program, block by block. */
#include <string.h>

#include "flat_lanes.h"

const char *const flat_path_names[] = {"portable C", "AVX2", "AVX-512"};

static const struct flat_unit *unit_of(enum flat_path path)
{
#if defined(__x86_64__)
    if (path == FLAT_AVX2 && __builtin_cpu_supports("avx2")) {
        return &flat_unit_avx2;
    }
    if (path == FLAT_AVX512 && __builtin_cpu_supports("avx512f") &&
        __builtin_cpu_supports("avx512bw")) {
        return &flat_unit_avx512;
    }
#endif
    return path == FLAT_PLAIN ? &flat_unit_plain : NULL;
}

bool flat_has(enum flat_path path)
{
    return unit_of(path) != NULL;
}

const struct flat_unit *flat_unit(enum flat_path path)
{
    const struct flat_unit *unit = unit_of(path);
    return unit == NULL ? &flat_unit_plain : unit;
}

enum flat_path flat_best(void)
{
    return flat_has(FLAT_AVX512) ? FLAT_AVX512 : flat_has(FLAT_AVX2) ? FLAT_AVX2 : FLAT_PLAIN;
}

static size_t words_of(size_t people)
{
    return (people + 63) / 64;
}

/* Vectors are whole. */
static size_t words_run(size_t people)
{
    return (words_of(people) + FLAT_WORDS_LEAST - 1) / FLAT_WORDS_LEAST * FLAT_WORDS_LEAST;
}

static size_t block_people(const struct flat *flat, size_t n, size_t from)
{
    return n - from < flat->words * 64 ? n - from : flat->words * 64;
}

/* The last codes of a column, fewer than 64, and the words behind them. */
static void pack_rest(const struct flat *flat, const struct flat_unit *unit,
                      const struct flat_table *table, size_t people, const uint8_t *codes,
                      uint64_t *planes)
{
    size_t whole = people / 64, words = words_run(people);
    for (size_t s = table->at - table->known; s < table->at + table->n_atoms; s++) {
        memset(&planes[s * flat->words + whole], 0, (words - whole) * sizeof *planes);
    }
    if (people % 64 != 0) {
        uint8_t rest[64];
        memset(rest, FLAT_UNKNOWN, sizeof rest);
        memcpy(rest, codes + whole * 64, people % 64);
        unit->pack(table, flat->words, 1, rest, rest, planes, whole);
    }
}

static void pack_block(const struct flat *flat, const struct flat_unit *unit,
                       const struct flat_program *program, size_t n, size_t from,
                       const uint8_t *const column[], uint64_t *planes)
{
    size_t people = block_people(flat, n, from);
    bool more = n - from >= 2 * people;
    for (size_t t = 0; t < program->n_tables; t++) {
        const struct flat_table *table = &flat->tables[t];
        const uint8_t *codes = column[table->column] + from;
        unit->pack(table, flat->words, people / 64, codes, more ? codes + people : codes, planes,
                   0);
        if (people < flat->words * 64) {
            pack_rest(flat, unit, table, people, codes, planes);
        }
    }
}

/* Answers `answer` of a block into out, [words_of(people)]; bits behind the last are 0. */
static void take_answer(const struct flat *flat, const uint64_t *outs, size_t answer, size_t people,
                        uint64_t *out)
{
    size_t words = words_of(people);
    memcpy(out, outs + answer * flat->words, words * sizeof *out);
    if (people % 64 != 0) {
        out[words - 1] &= UINT64_MAX >> (64 - people % 64);
    }
}

static void run_block(const struct flat *flat, const struct flat_unit *unit, size_t people,
                      const uint64_t *planes, uint64_t *temps, size_t from, uint64_t *open,
                      uint64_t *not_open)
{
    uint64_t *outs = temps + flat->decide.n_temps * flat->words;
    unit->run(flat->decide.ops, words_run(people), planes, temps, outs);
    take_answer(flat, outs, 0, people, open + from / 64);
    take_answer(flat, outs, 1, people, not_open + from / 64);
}

void flat_decide(const struct flat *flat, enum flat_path path, size_t n,
                 const uint8_t *const column[], uint64_t *open, uint64_t *not_open)
{
    alignas(64) uint64_t room[FLAT_ROOM];
    const struct flat_unit *unit = flat_unit(path);
    for (size_t from = 0; from < n; from += flat->words * 64) {
        pack_block(flat, unit, &flat->decide, n, from, column, room);
        run_block(flat, unit, block_people(flat, n, from), room,
                  room + flat->decide.n_planes * flat->words, from, open, not_open);
    }
}

size_t flat_planes(const struct flat *flat)
{
    return flat->decide.n_planes;
}

size_t flat_packed(const struct flat *flat, size_t n)
{
    size_t people = flat->words * 64;
    return (n / people + (n % people != 0)) * flat->words * flat->decide.n_planes;
}

void flat_pack(const struct flat *flat, enum flat_path path, size_t n,
               const uint8_t *const column[], uint64_t *planes)
{
    for (size_t from = 0; from < n; from += flat->words * 64) {
        pack_block(flat, flat_unit(path), &flat->decide, n, from, column, planes);
        planes += flat->words * flat->decide.n_planes;
    }
}

void flat_run(const struct flat *flat, enum flat_path path, size_t n, const uint64_t *planes,
              uint64_t *open, uint64_t *not_open)
{
    alignas(64) uint64_t room[FLAT_ROOM];
    const struct flat_unit *unit = flat_unit(path);
    for (size_t from = 0; from < n; from += flat->words * 64) {
        run_block(flat, unit, block_people(flat, n, from), planes, room, from, open, not_open);
        planes += flat->words * flat->decide.n_planes;
    }
}

size_t flat_fired_words(const struct flat *flat)
{
    return flat->n_rules == 0 ? 1 : (flat->n_rules + 63) / 64;
}

void flat_answer(const struct flat *flat, enum flat_path path, size_t n,
                 const uint8_t *const column[], uint8_t *outcome, uint64_t *fired)
{
    alignas(64) uint64_t room[FLAT_ROOM];
    const struct flat_unit *unit = flat_unit(path);
    uint64_t *temps = room + flat->answer.n_planes * flat->words;
    uint64_t *outs = temps + flat->answer.n_temps * flat->words;
    for (size_t from = 0; from < n; from += flat->words * 64) {
        size_t people = block_people(flat, n, from);
        pack_block(flat, unit, &flat->answer, n, from, column, room);
        unit->run(flat->answer.ops, words_run(people), room, temps, outs);
        flat_turn_outcomes(outs, flat->words, people, outcome + from);
        flat_turn_fired(outs + OUTCOME_COUNT * flat->words, flat->words, flat->n_rules, people,
                        fired + from * flat_fired_words(flat));
    }
}
