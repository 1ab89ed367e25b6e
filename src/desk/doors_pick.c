#include "doors_pick.h"

#include "country.h"

int doors_pick_door(struct arena *arena, const struct rules *rules, const char *id, uint32_t *out,
                    struct ajar_err *err)
{
    const char **ids, *near;
    uint32_t door = rules_door(rules, text_of(id));
    if (door != RULES_NONE) {
        *out = door;
        return 0;
    }
    TRY_NEW(ids, arena, rules->n_doors, err);
    for (size_t i = 0; i < rules->n_doors; i++) {
        TRY(text_copy(arena, rules->doors[i].id, &ids[i], err));
    }
    near = text_nearest(text_of(id), ids, rules->n_doors);
    err_at(err, E_DOORS_DOOR, NULL, 0, NULL, text_of(id), "no door has this id");
    return near == NULL ? E_DOORS_DOOR : err_hint(err, "Perhaps %s is meant.", near);
}

int doors_pick_country(const struct rules *rules, const char *option, struct text word,
                       name_id *out, struct ajar_err *err)
{
    const char *meant;
    if (country_find(word) >= 0) {
        name_id country = names_find(rules->names, word);
        if (country == 0) {
            return err_at(err, E_DOORS_DOOR, NULL, 0, option, word, "no door is of this country");
        }
        *out = country;
        return 0;
    }
    meant = country_guess(word);
    err_at(err, E_USAGE_OPTION_TYPE, NULL, 0, option, word,
           "The option takes an ISO 3166 alpha-3 code.");
    return err_hint(err, "Write it like %s.", meant == NULL ? "FIN" : meant);
}
