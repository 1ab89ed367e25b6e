#include "flow_ask.h"

#define ASK_PARAMS_MOST 64

int flow_ask_days(const struct flow_world *world, date_days from, date_days to, int32_t *first,
                  int32_t *end, struct ajar_err *err)
{
    date_days last = world->start + world->n_days - 1;
    date_days begins = from == DATE_NONE ? world->start : from;
    date_days ends = to == DATE_NONE ? last : to;
    char first_text[DATE_TEXT], last_text[DATE_TEXT], typed_text[DATE_TEXT];
    bool early = begins < world->start || begins > last;
    if (early || ends < begins || ends > last) {
        date_days typed = early ? from : to;
        err_at(err, E_FLOW_OPTION, NULL, 0, early ? "--from" : "--to",
               text_of(typed == DATE_NONE ? "" : date_format(typed, typed_text)),
               early || ends >= begins ? "the day lies outside the flow"
                                       : "the run ends before it begins");
        return err_hint(err, "The flow has the days %s to %s.",
                        date_format(world->start, first_text), date_format(last, last_text));
    }
    *first = begins - world->start;
    *end = ends - world->start + 1;
    return 0;
}

static int ask_no_param(struct text name, struct ajar_err *err)
{
    const char *names[ASK_PARAMS_MOST];
    size_t n = 0;
    for (; n < flow_param_count && n < ASK_PARAMS_MOST; n++) {
        names[n] = flow_param_list[n].name;
    }
    const char *near = text_nearest(name, names, n);
    err_at(err, E_FLOW_OPTION, NULL, 0, "--set", name, "no parameter of the rules has this name");
    return near != NULL ? err_hint(err, "Did you mean '%s'?", near)
                        : err_hint(err, "docs/flow.md lists the parameters.");
}

int flow_ask_set(struct text words, struct flow_params *params, struct ajar_err *err)
{
    while (words.n > 0) {
        struct text value, one = text_trim(text_split(words, ',', &words));
        struct text name = text_trim(text_split(one, '=', &value));
        const struct flow_param *param = flow_param_find(name);
        struct ajar_err why = {0};
        if (param == NULL) {
            return ask_no_param(name, err);
        }
        if (flow_param_parse(params, param, text_trim(value), &why) != 0) {
            err_at(err, E_FLOW_OPTION, NULL, 0, "--set", one, "%s", why.text);
            return err_hint(err, "docs/flow.md lists the parameters with their ranges.");
        }
    }
    return 0;
}
