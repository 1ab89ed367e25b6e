/* Is this door open to this person on this day, and what would open it?
 *
 *     cc doors.c $(pkg-config --cflags --libs ajar) -o doors
 *     ./doors scenarios/exodus2022 fi.entry 2022-10-05 */
#include <ajar.h>
#include <stdio.h>

/* What is known of the person, as YAML or JSON.  What is not stated is unknown, never no. */
static const char facts[] =
    "{citizenship: [RUS], age: 30, passport: FOREIGN, visa: C_ESP, visa_purpose: TOURISM,"
    " purpose: TOURISM, onward: NONE, external_border: yes, crossing: ROAD, residence_in: RUS,"
    " eu_free_movement: no}";

/* One fault of the input: where it stands, what it is, what to do. */
static void fault(void *arg, const struct ajar_err *err)
{
    (void)arg;
    fprintf(stderr, "%s:%ld: %s\n  try: %s\n", err->file, err->row, err->text,
            ajar_err_advice(err));
}

/* Its status, the rules behind it, the three safest ways to open it, what has to be asked first. */
static void print_door(const ajar_answers *answers, size_t door)
{
    const struct ajar_answer *answer = ajar_answers_at(answers, door);
    printf("%s (%s)\n  %s\n", answer->title, answer->door, answer->said);
    for (size_t i = 0; i < answer->rules; i++) {
        const struct ajar_rule *rule = ajar_answers_rule(answers, door, i);
        printf("  %s   %s %s: %s\n", rule->certain ? "law" : "may", rule->effect, rule->id,
               rule->cite);
    }
    for (size_t i = 0; i < answer->ways && i < 3; i++) {
        const struct ajar_way *way = ajar_answers_way(answers, door, i);
        printf("  way   %s (days: %d%s)\n", way->needs, way->days,
               way->contacts_origin > 0 ? ", DANGER: contact with the state of origin" : "");
    }
    for (size_t i = 0; i < answer->questions; i++) {
        printf("  ask   %s\n", ajar_answers_question(answers, door, i));
    }
}

int main(int argc, char **argv)
{
    struct ajar_ask_options options = AJAR_ASK_OPTIONS_INIT;
    struct ajar_err err;
    ajar_doors *doors = NULL;
    ajar_answers *answers = NULL;
    if (argc != 4) {
        fprintf(stderr, "usage: doors FOLDER DOOR DAY\n");
        return 2;
    }
    int code = ajar_doors_open(&doors, argv[1], fault, NULL, &err);
    if (code == 0) {
        options.door = argv[2]; /* NULL: all doors */
        options.on = argv[3];
        code = ajar_doors_ask(&answers, doors, facts, &options, fault, NULL, &err);
    }
    for (size_t i = 0; i < ajar_answers_count(answers); i++) { /* of NULL there are 0 */
        print_door(answers, i);
        printf("\n%s\n", ajar_answers_advice(answers)); /* belongs to every answer */
    }
    ajar_answers_free(answers); /* a result before what it was made from; each takes NULL */
    ajar_doors_free(doors);
    if (code != 0) {
        fprintf(stderr, "doors: %s [%s]\n  try: %s\n", err.text, err.slug, ajar_err_advice(&err));
    }
    return ajar_err_exit(code); /* 0 for 0 */
}
