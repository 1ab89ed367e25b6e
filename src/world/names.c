#include "names.h"

#include <string.h>

#define NAMES_ROOM      ((size_t)256 * 1024)
#define NAMES_FIRST_CAP 4096u
#define NAMES_CROWDED   UINT32_MAX /* no slot: there are fewer */

static uint64_t names_load64(const char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

static uint64_t names_load32(const char *at)
{
    uint32_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

static uint64_t names_mix(uint64_t a, uint64_t b)
{
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Two overlapping loads cover a word of up to 16 bytes without a loop; most words are that short. */
uint64_t names_hash(struct text word)
{
    const uint64_t k0 = UINT64_C(0x9e3779b97f4a7c15), k1 = UINT64_C(0xe7037ed1a0b428db);
    const char *at = word.at;
    size_t n = word.n;
    uint64_t a, b, hash = k0 ^ n;
    while (n > 16) {
        hash = names_mix(names_load64(at) ^ k1, names_load64(at + 8) ^ hash);
        at += 16;
        n -= 16;
    }
    if (n >= 8) {
        a = names_load64(at);
        b = names_load64(at + n - 8);
    } else if (n >= 4) {
        a = names_load32(at);
        b = names_load32(at + n - 4);
    } else if (n > 0) {
        a = (uint64_t)(unsigned char)at[0] << 16 | (uint64_t)(unsigned char)at[n / 2] << 8 |
            (unsigned char)at[n - 1];
        b = 0;
    } else {
        a = b = 0;
    }
    return names_mix(a ^ k1, b ^ hash);
}

static int names_grow(struct names *names, struct ajar_err *err)
{
    if (names->cap >= NAMES_MAX) {
        return err_set(err, E_CEILING, "the scenario holds more than %u different words",
                       NAMES_MAX);
    }
    uint32_t cap = names->cap == 0 ? NAMES_FIRST_CAP : names->cap * 2;
    struct text *words;
    uint32_t *hashes, *slots;
    TRY_NEW(words, names->arena, cap, err);
    TRY_NEW(hashes, names->arena, cap, err);
    TRY_NEW(slots, names->arena, (size_t)cap * 2, err);
    if (names->n > 0) {
        memcpy(words, names->words, names->n * sizeof *words);
        memcpy(hashes, names->hashes, names->n * sizeof *hashes);
    }
    uint32_t mask = cap * 2 - 1;
    for (uint32_t id = 1; id < names->n; id++) {
        uint32_t slot = hashes[id] & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = id;
    }
    names->words = words;
    names->hashes = hashes;
    names->slots = slots;
    names->cap = cap;
    names->mask = mask;
    return 0;
}

int names_init(struct names *out, struct arena *arena, struct ajar_err *err)
{
    struct names names = {.arena = arena};
    TRY(names_grow(&names, err));
    names.words[0] = (struct text){"", 0};
    names.n = 1;
    *out = names;
    return 0;
}

/* *slot gets where an unknown word belongs, or NAMES_CROWDED. */
static name_id names_look(const struct names *names, struct text word, uint32_t hash,
                          uint32_t *slot)
{
    uint32_t at = hash & names->mask;
    for (int probe = 0; probe < NAMES_PROBES; probe++) {
        name_id id = names->slots[at];
        if (id == 0) {
            *slot = at;
            return 0;
        }
        if (names->hashes[id] == hash && text_eq(names->words[id], word)) {
            return id;
        }
        at = (at + 1) & names->mask;
    }
    *slot = NAMES_CROWDED;
    return 0;
}

name_id names_find(const struct names *names, struct text word)
{
    uint32_t slot;
    return word.n == 0 ? 0 : names_look(names, word, (uint32_t)names_hash(word), &slot);
}

/* Zero-terminated, so that a word can be handed to code that wants a C string. */
static int names_keep(struct names *names, struct text word, struct text *out, struct ajar_err *err)
{
    if (names->room_n < word.n + 1) {
        size_t n = word.n + 1 > NAMES_ROOM ? word.n + 1 : NAMES_ROOM;
        char *room;
        TRY_NEW(room, names->arena, n, err);
        names->room = room;
        names->room_n = n;
    }
    memcpy(names->room, word.at, word.n);
    names->room[word.n] = '\0';
    *out = (struct text){names->room, word.n};
    names->room += word.n + 1;
    names->room_n -= word.n + 1;
    return 0;
}

int names_put(struct names *names, struct text word, name_id *out, struct ajar_err *err)
{
    if (word.n == 0) {
        *out = 0;
        return 0;
    }
    uint32_t hash = (uint32_t)names_hash(word), slot;
    name_id found = names_look(names, word, hash, &slot);
    if (found != 0) {
        *out = found;
        return 0;
    }
    if (names->n == names->cap) {
        TRY(names_grow(names, err));
        names_look(names, word, hash, &slot);
    }
    if (slot == NAMES_CROWDED) {
        return err_set(err, E_CEILING, "the scenario holds more than %d words with one hash",
                       NAMES_PROBES);
    }
    struct text kept;
    TRY(names_keep(names, word, &kept, err));
    name_id id = names->n++;
    names->words[id] = kept;
    names->hashes[id] = hash;
    names->slots[slot] = id;
    *out = id;
    return 0;
}
