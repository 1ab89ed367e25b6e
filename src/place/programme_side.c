#include "place_earth.h"
#include "programme_gather.h"

/* Links and quotas while they are read; `of` of a row is its number here. */
struct side_rows {
    struct programme_gather rows;
    int64_t *value; /* chord or most */
    uint32_t n;
    bool far, asked; /* a link by distance stands; positions were asked for */
};

static int side_start(void *arg, struct programme_sheet *sheet, size_t rows, struct ajar_err *err)
{
    struct side_rows *side = arg;
    TRY_NEW(side->value, sheet->reader->scratch, rows, err);
    return programme_gather_start(&side->rows, sheet, rows, err);
}

static void side_add(struct side_rows *side, struct programme_sheet *sheet, uint32_t owner,
                     uint64_t key, int64_t value)
{
    side->value[side->n] = value;
    programme_gather_add(&side->rows, sheet, owner, key, side->n++);
}

/* An empty cell, or no column: the same place. */
static bool side_km(struct side_rows *side, struct programme_sheet *sheet, int64_t *chord_m)
{
    double km = 0.0;
    *chord_m = SIDE_SAME;
    if (sheet->at[2] < 0 || place_sheet_cell(&sheet->sheet, sheet->at[2]).n == 0) {
        return true;
    }
    if (!programme_lists_km(&sheet->sheet, sheet->at[2], &km)) {
        return false;
    }
    side->far = true;
    *chord_m = place_earth_chord_m(km);
    if (!side->asked) {
        side->asked = true;
        programme_lists_positions(sheet, 2, "a link by distance");
    }
    return true;
}

static int side_link_row(void *arg, struct programme_sheet *sheet, struct ajar_err *err)
{
    struct side_rows *side = arg;
    uint32_t a, b;
    int64_t chord_m;
    TRY(programme_lists_household(sheet, 0, &a, err));
    TRY(programme_lists_household(sheet, 1, &b, err));
    bool good = side_km(side, sheet, &chord_m);
    if (a != PLACE_NONE && a == b) {
        place_sheet_fault(&sheet->sheet, E_PLACE_LINK, sheet->at[1],
                          "this household is linked with itself");
    } else if (good && a != PLACE_NONE && b != PLACE_NONE) {
        side_add(side, sheet, a < b ? a : b, a < b ? b : a, chord_m);
    }
    return 0;
}

static int side_positions(struct programme_reader *reader, struct ajar_err *err)
{
    uint32_t n = reader->lots.ids.n;
    int32_t *position;
    if (reader->faults->total != reader->before) {
        return 0;
    }
    TRY_NEW(position, reader->arena, (size_t)n * 3, err);
    for (size_t l = 0; l < n; l++) {
        place_earth_metres(reader->point + 3 * l, position + 3 * l);
    }
    reader->out.side.position_m = position;
    return 0;
}

static int side_links(struct programme_reader *reader, struct ajar_err *err)
{
    static const struct programme_list list = {
        .table = PROGRAMME_LINKS,
        .columns = {{"a", false}, {"b", false}, {"km", true}},
        .start = side_start,
        .row = side_link_row};
    struct side_rows rows = {.rows = {.table = PROGRAMME_LINKS,
                                      .owner = PROGRAMME_OF_HOUSEHOLD,
                                      .column = "a",
                                      .twice = "this link"}};
    struct programme_relation relation;
    struct side_link *links;
    TRY(programme_lists_read(reader, &list, &rows, err));
    TRY(programme_gather_make(reader, &rows.rows, &relation, err));
    TRY_NEW(links, reader->arena, rows.n, err);
    for (uint32_t i = 0; i < rows.n; i++) {
        const struct programme_row *row = &rows.rows.rows.at[i];
        links[i] = (struct side_link){row->owner, (uint32_t)row->key, rows.value[row->of]};
    }
    reader->out.side.links = links;
    reader->out.side.n_links = rows.n;
    return rows.far ? side_positions(reader, err) : 0;
}

static bool side_resource(struct programme_sheet *sheet, uint32_t *out)
{
    const struct place_list *households = &sheet->reader->households;
    struct text cell = place_sheet_cell(&sheet->sheet, sheet->at[1]);
    for (uint32_t r = 0; r < households->n_resources; r++) {
        if (text_eq(cell, households->resource[r])) {
            *out = r;
            return true;
        }
    }
    if (households->whole) {
        uint32_t near = place_list_near(households, cell);
        struct ajar_err *fault =
            place_sheet_fault(&sheet->sheet, E_PLACE_UNKNOWN, sheet->at[1],
                              "no resource has this name in %s", households->file);
        if (near != PLACE_NONE) {
            err_hint(fault, "Did you mean '%.*s'?", (int)households->resource[near].n,
                     households->resource[near].at);
        } else {
            err_hint(fault, "Correct the name, or add its columns to the two tables.");
        }
    }
    return false;
}

static int side_quota_row(void *arg, struct programme_sheet *sheet, struct ajar_err *err)
{
    struct side_rows *side = arg;
    uint32_t state, resource = 0;
    int32_t most = 0;
    TRY(programme_lists_state(sheet, 0, &state, err));
    bool good = side_resource(sheet, &resource);
    good &= place_sheet_whole(&sheet->sheet, sheet->at[2], 0, PLACE_AMOUNT_MOST, &most);
    if (good && state != PLACE_NONE) {
        side_add(side, sheet, state, resource, most);
    }
    return 0;
}

static int side_quota_lots(struct programme_reader *reader, uint32_t state, struct side_quota *out,
                           struct ajar_err *err)
{
    const uint32_t *state_of = reader->detail->rules.state_of;
    uint32_t n = 0, *lots;
    for (uint32_t l = 0; l < reader->lots.ids.n; l++) {
        n += state_of[l] == state;
    }
    TRY_NEW(lots, reader->arena, n, err);
    out->locality = lots;
    for (uint32_t l = 0; l < reader->lots.ids.n; l++) {
        if (state_of[l] == state) {
            lots[out->n_localities++] = l;
        }
    }
    return 0;
}

static int side_quotas(struct programme_reader *reader, struct ajar_err *err)
{
    static const struct programme_list list = {
        .table = PROGRAMME_QUOTAS,
        .columns = {{"state", false}, {"resource", false}, {"most", false}},
        .start = side_start,
        .row = side_quota_row};
    struct side_rows rows = {.rows = {.table = PROGRAMME_QUOTAS,
                                      .owner = PROGRAMME_OF_STATE,
                                      .column = "state",
                                      .what = "resource"}};
    struct programme_relation relation;
    struct side_quota *quotas;
    TRY(programme_lists_read(reader, &list, &rows, err));
    TRY(programme_gather_make(reader, &rows.rows, &relation, err));
    TRY_NEW(quotas, reader->arena, rows.n, err);
    for (uint32_t i = 0; i < rows.n; i++) {
        const struct programme_row *row = &rows.rows.rows.at[i];
        quotas[i] =
            (struct side_quota){.resource = (uint32_t)row->key, .most = rows.value[row->of]};
        TRY(side_quota_lots(reader, row->owner, &quotas[i], err));
    }
    reader->out.side.quotas = quotas;
    reader->out.side.n_quotas = rows.n;
    return 0;
}

static int side_leasts(struct programme_reader *reader, struct ajar_err *err)
{
    size_t n = reader->lots.ids.n, m = reader->households.n_resources;
    struct side_least *leasts;
    uint32_t at = 0;
    for (size_t i = 0; i < n * m; i++) {
        at += reader->least[i] > 0;
    }
    TRY_NEW(leasts, reader->arena, at, err);
    at = 0;
    for (size_t i = 0; i < n * m; i++) {
        int32_t least = reader->least[i / m * m + reader->column[i % m]];
        if (least > 0) {
            leasts[at++] = (struct side_least){(uint32_t)(i / m), (uint32_t)(i % m), least};
        }
    }
    reader->out.side.leasts = leasts;
    reader->out.side.n_leasts = at;
    return 0;
}

int programme_side_read(struct programme_reader *reader, struct ajar_err *err)
{
    TRY(side_links(reader, err));
    TRY(side_quotas(reader, err));
    if (!reader->agree) {
        return 0;
    }
    TRY(side_leasts(reader, err));
    bool single = reader->places.n == reader->lots.ids.n;
    reader->out.side.place_of = single ? NULL : reader->detail->rules.place_of;
    return 0;
}
