/* The gate table: reference profiles at crossings, day by day, from the doors.
 *
 * profiles.yaml beside the rule files names both:
 *
 *     profiles:
 *     - id: tourist_esp
 *       title: {en: "Tourist with a Spanish visa", ru: "...", de: "..."}
 *       unstated: no
 *       citizenship: [RUS]
 *       visa: C_ESP
 *     crossings:
 *     - id: fin_road
 *       country: FIN
 *       way: ROAD
 *       doors: [fi.entry, fi.land_points]    # all must let the person pass
 *       crossing: ROAD                       # any further key is a fact of everybody who crosses here
 */
#ifndef DESK_DOORS_GATES_H
#define DESK_DOORS_GATES_H

#include "decide.h"
#include "doors_folder.h"
#include "gate.h"
#include "person.h"

struct doors_profile {
    struct text id;
    struct said title;
    struct person person;
};

struct doors_crossing {
    struct text id;
    struct text country, way;
    size_t n_doors;
    uint32_t *doors;
    size_t n_facts;
    uint32_t *facts; /* stated of everybody who crosses here */
    struct fact_value *values;
};

struct doors_profiles {
    size_t n, n_crossings;
    struct doors_profile *profiles;
    struct doors_crossing *crossings;
};

/* Reads profiles.yaml of the folder; *out is empty when there is none.  Faults as those of rule files. */
int doors_profiles_read(struct arena *arena, const struct doors_folder *folder,
                        struct doors_profiles *out, struct faults *faults, struct ajar_err *err);

/* The same of another file of that form, which must stand. */
int doors_profiles_file(struct arena *arena, const struct doors_folder *folder, const char *path,
                        struct doors_profiles *out, struct faults *faults, struct ajar_err *err);

/* The profile as it stands at the crossing; *out lives in `arena`. */
int doors_gates_person(struct arena *arena, const struct rules *rules,
                       const struct doors_profile *profile, const struct doors_crossing *crossing,
                       struct person *out, struct ajar_err *err);

/* What a status is at a gate. */
enum gate doors_gate_of(enum status status);

/* The decision of every profile at every crossing on every day from..to (inclusive), each day by what was
 * known on it, or on as_known when that is not DATE_NONE.  The strictest of a crossing's doors counts: BARRED,
 * CLOSED (CONFLICT too: the guard goes by the act), UNKNOWN, DISCRETION, OPEN; doors that do not apply say nothing.
 * `practice` is likewise the strictest of what is seen at each door: what is noted, else its law.  A door is
 * built again only on days on which it may answer otherwise than the day before (doors_days.h). */
int doors_gates(struct arena *arena, const struct rules *rules,
                const struct doors_profiles *profiles, date_days from, date_days to,
                date_days as_known, struct gates *out, struct ajar_err *err);

/* gates.csv: day, crossing, country, way, profile, gate, practice, doors; days on which nothing changed against the day
 * before are left out unless `every_day`. */
int doors_gates_csv(struct buf *buf, const struct gates *gates, bool every_day);

#endif
