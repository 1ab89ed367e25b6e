/* PLACE behind ajar.h: the tables.  The plan: library_plan.c. */
#include "library_place.h"

static int placement_read(ajar_placement *placement, const char *dir, const char *on,
                          struct faults *faults, struct ajar_err *err)
{
    struct place_load_ask ask = {0};
    TRY(library_day(on, "on", &ask.on, err));
    TRY(library_text(&placement->arena, text_of(dir), &ask.dir, err));
    TRY(place_load_open(&placement->arena, &ask, &placement->load, err));
    return programme_read(&placement->arena, &placement->load.input, NULL, NULL, faults,
                          &placement->programme, err);
}

int ajar_placement_open(ajar_placement **out, const char *dir, const char *on, ajar_fault_fn *each,
                        void *arg, struct ajar_err *err)
{
    struct ajar_err own;
    struct library_faults faults;
    ajar_placement *placement;
    err = library_err(err, &own);
    TRY(library_given(out, "out", err));
    TRY(library_given(dir, "dir", err));
    TRY(library_new(sizeof *placement, "the placement", &placement, err));
    int code = library_faults_begin(&faults, each, arg, err);
    if (code == 0) {
        code = placement_read(placement, dir, on, &faults.faults, err);
        library_faults_end(&faults);
    }
    if (code != 0) {
        ajar_placement_free(placement);
        return code;
    }
    *out = placement;
    return 0;
}

size_t ajar_placement_households(const ajar_placement *placement)
{
    return placement == NULL ? 0 : placement->programme.problem.n_households;
}

size_t ajar_placement_lots(const ajar_placement *placement)
{
    return placement == NULL ? 0 : placement->programme.problem.n_localities;
}

const char *ajar_placement_ignored(const ajar_placement *placement, size_t i)
{
    return placement != NULL && i < placement->load.n_strange ? placement->load.strange[i] : NULL;
}

void ajar_placement_free(ajar_placement *placement)
{
    if (placement != NULL) {
        place_load_close(&placement->load);
        library_free(placement);
    }
}
