/* DOORS behind ajar.h: the rules.  What they answer: library_ask.c. */
#include "library_doors.h"

/* ---- The rules ---- */

static int doors_row(struct arena *arena, const struct rules *rules, const struct door *door,
                     struct ajar_door *row, struct ajar_err *err)
{
    row->kind = door_kind_words[door->kind];
    row->counterfactual = door->counterfactual;
    TRY(library_text(arena, door->id, &row->id, err));
    TRY(library_text(arena, names_word(rules->names, door->country), &row->country, err));
    return library_text(arena, said_in(&door->title, LANG_EN), &row->title, err);
}

static int doors_read(ajar_doors *doors, const char *path, struct faults *faults,
                      struct ajar_err *err)
{
    const char *name;
    const struct rules *rules = &doors->folder.rules;
    TRY(library_text(&doors->arena, text_of(path), &name, err));
    TRY(doors_folder_read(&doors->arena, name, &doors->folder, faults, err));
    TRY_NEW(doors->rows, &doors->arena, rules->n_doors, err);
    for (size_t i = 0; i < rules->n_doors; i++) {
        TRY(doors_row(&doors->arena, rules, &rules->doors[i], &doors->rows[i], err));
    }
    return 0;
}

int ajar_doors_open(ajar_doors **out, const char *path, ajar_fault_fn *each, void *arg,
                    struct ajar_err *err)
{
    struct ajar_err own;
    struct library_faults faults;
    ajar_doors *doors;
    err = library_err(err, &own);
    TRY(library_given(out, "out", err));
    TRY(library_given(path, "path", err));
    TRY(library_new(sizeof *doors, "the doors", &doors, err));
    int code = library_faults_begin(&faults, each, arg, err);
    if (code == 0) {
        code = doors_read(doors, path, &faults.faults, err);
        library_faults_end(&faults);
    }
    return library_done(code, doors, out);
}

size_t ajar_doors_count(const ajar_doors *doors)
{
    return doors == NULL ? 0 : doors->folder.rules.n_doors;
}

const struct ajar_door *ajar_doors_at(const ajar_doors *doors, size_t i)
{
    return i < ajar_doors_count(doors) ? &doors->rows[i] : NULL;
}

void ajar_doors_free(ajar_doors *doors)
{
    library_free(doors);
}
