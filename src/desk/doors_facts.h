/* A person's facts from a file: YAML, or JSON, which is YAML too.
 *
 *     citizenship: [RUS]
 *     visa: C_ESP
 *     salary: {value: 50000, evidence: documented}
 *     kin: unknown            # not asked; uncertain: asked, and cannot say
 *     stays:
 *     - {country: KAZ, from: 2022-10-01, to: 2022-12-29}    # no `to`: still there
 *     household:
 *     - {role: child, birth_date: 2015-03-01}
 *     unstated: unknown       # or no: what is not written is no
 */
#ifndef DESK_DOORS_FACTS_H
#define DESK_DOORS_FACTS_H

#include "doors_value.h"
#include "yaml.h"

#define DOORS_FACTS_CEILING ((size_t)1 << 20)

/* Values never enter messages of facts that are sensitive: only the fact is named then.  Every fault
 * goes to `faults` (doors.facts.*, yaml.*); the return is then E_DOORS_FACTS. */
int doors_facts_parse(struct arena *arena, const struct rules *rules, const char *name,
                      struct text bytes, struct person *out, struct faults *faults,
                      struct ajar_err *err);

/* One map of facts, for profiles and cases; `skip` are keys of the caller's, NULL-terminated. */
int doors_facts_map(struct arena *arena, const struct rules *rules, const char *name,
                    const struct yaml_node *map, const char *const *skip, struct person *out,
                    struct faults *faults, struct ajar_err *err);

#endif
