#include "trail.h"

#include <string.h>

#include "sha256.h"

void trail_init(struct trail *trail, struct arena *arena)
{
    *trail = (struct trail){.arena = arena};
}

/* Room for one more of `n` things of `size` bytes. */
static int trail_grow(struct arena *arena, void **at, uint32_t n, uint32_t *cap, size_t size,
                      struct ajar_err *err)
{
    if (n < *cap) {
        return 0;
    }
    uint32_t more = *cap == 0 ? 64 : *cap * 2;
    void *room = arena_get(arena, more, size, err);
    if (room == NULL) {
        return arena_code(err);
    }
    if (n > 0) {
        memcpy(room, *at, n * size);
    }
    *at = room;
    *cap = more;
    return 0;
}

#define GROW(what)                                                                                 \
    trail_grow(trail->arena, (void **)&trail->what, trail->n_##what, &trail->cap_##what,           \
               sizeof *trail->what, err)

int trail_add_family(struct trail *trail, const struct trail_family *family, struct ajar_err *err)
{
    TRY(GROW(families));
    trail->families[trail->n_families++] = *family;
    return 0;
}

int trail_add_row(struct trail *trail, const struct trail_row *row, struct ajar_err *err)
{
    TRY(GROW(rows));
    trail->rows[trail->n_rows] = *row;
    trail->rows[trail->n_rows].first = trail->rows[trail->n_rows].last = TRAIL_NONE;
    trail->rows[trail->n_rows].first_link = trail->n_links;
    trail->n_rows++;
    return 0;
}

int trail_add_cell(struct trail *trail, uint32_t row, uint32_t column, struct text shown,
                   struct ajar_err *err)
{
    TRY(GROW(cells));
    uint32_t at = trail->n_cells++;
    struct trail_row *of = &trail->rows[row];
    trail->cells[at] = (struct trail_cell){column, shown, TRAIL_NONE};
    if (of->first == TRAIL_NONE) {
        of->first = at;
    } else {
        trail->cells[of->last].next = at;
    }
    of->last = at;
    return 0;
}

int trail_add_link(struct trail *trail, bool assumption, struct text id, struct ajar_err *err)
{
    TRY(GROW(links));
    trail->links[trail->n_links++] = (struct trail_link){assumption, id};
    return 0;
}

int trail_add_param(struct trail *trail, const char *part, const char *name, struct text value,
                    struct ajar_err *err)
{
    TRY(GROW(params));
    const char *copy;
    TRY(text_copy(trail->arena, value, &copy, err));
    trail->params[trail->n_params++] = (struct trail_param){part, name, text_of(copy)};
    return 0;
}

int trail_add_picture(struct trail *trail, struct text name, uint32_t family, struct ajar_err *err)
{
    TRY(GROW(pictures));
    trail->pictures[trail->n_pictures++] = (struct trail_picture){name, family};
    return 0;
}

int trail_add_file(struct trail *trail, const char *name, struct text bytes, struct ajar_err *err)
{
    TRY(GROW(files));
    char hex[SHA256_HEX];
    const char *copy, *hash;
    sha256_hex(bytes, hex);
    TRY(text_copy(trail->arena, text_of(name), &copy, err));
    TRY(text_copy(trail->arena, text_of(hex), &hash, err));
    trail->files[trail->n_files++] = (struct trail_file){text_of(copy), text_of(hash)};
    return 0;
}

const char *trail_kind_word(enum trail_kind kind)
{
    static const char *const words[] = {[TRAIL_OBSERVED] = "observed",
                                        [TRAIL_COMPUTED] = "computed",
                                        [TRAIL_PREDICTED] = "predicted",
                                        [TRAIL_ASSUMED] = "assumed"};
    return words[kind];
}
