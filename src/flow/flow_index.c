#include "flow_index.h"

int flow_index_init(struct flow_index *out, struct arena *arena, size_t most, struct ajar_err *err)
{
    TRY(names_init(&out->names, arena, err));
    TRY_NEW(out->list, arena, most, err);
    out->n = 0;
    return 0;
}

int flow_index_add(struct flow_index *index, struct text name, bool *fresh, struct text *kept,
                   struct ajar_err *err)
{
    name_id id;
    TRY(names_put(&index->names, name, &id, err));
    *fresh = id == index->n + 1;
    if (*fresh) {
        TRY(text_copy(index->names.arena, name, &index->list[index->n], err));
        index->n++;
    }
    *kept = (struct text){index->list[id - 1], name.n};
    return 0;
}

uint32_t flow_index_find(const struct flow_index *index, struct text name)
{
    name_id id = names_find(&index->names, name);
    return id == 0 ? FLOW_NONE : id - 1;
}

void flow_index_unknown(const struct flow_index *index, struct faults *faults, const char *file,
                        long line, const char *column, struct text name)
{
    struct ajar_err *fault = faults_add(faults);
    err_at(fault, E_FLOW_PLACE, file, line, column, name, "this is not one of the places");
    bool shown = faults->total <= faults->limit;
    const char *near = shown ? text_nearest(name, index->list, index->n) : NULL;
    if (near != NULL) {
        err_hint(fault, "Did you mean '%s'?", near);
    }
}
