/* A small conflict in the reference's format, with files to be put in the place of its own. */
#ifndef TEST_FLEE_SMALL_H
#define TEST_FLEE_SMALL_H

#include "flee_read.h"
#include "unit.h"

static const struct {
    const char *name, *bytes;
} small_files[] = {
    {"input_csv/sim_period.csv", "StartDate,2020-01-01\nLength,10\n"},
    {"input_csv/locations.csv",
     "#name,region,country,latitude,longitude,location_type,conflict_date,population\n"
     "Aa,R,Home,1,2,conflict_zone,0,1000\n"
     "Bb,R,Home,1,3,conflict_zone,4,2000\n"
     "Cc,R,Home,1,4,town,,\n"
     "Dd,R,Away,1,5,camp,,500\n"
     "Ee,R,Away,1,6,camp,,\n"},
    {"input_csv/routes.csv", "#name1,name2,distance,forced_redirection\n"
                             "Aa,Bb,10,\nBb,Cc,20,0\nCc,Dd,30.5,1\nCc,Ee,40\n"},
    {"input_csv/closures.csv", "#closure_type,name1,name2,closure_start,closure_end\n"
                               "country,Home,Away,2,5\nlink,Cc,Dd,0,-1\n"},
    {"input_csv/conflicts.csv",
     "#Day,Aa,Bb\n0,1,0\n1,1,0\n2,1,0\n3,1,0\n4,1,1\n5,1,1\n6,0,1\n7,0,1\n8,0,.5\n9,0,.5\n"},
    {"input_csv/registration_corrections.csv", "Dd,2020-01-05,normalize\n"},
    {"source_data/data_layout.csv", "total,refugees.csv\nEe,e.csv\nDd,d1.csv,d2.csv\n"},
    {"source_data/refugees.csv", "2020-01-01,100\n2020-01-09,400\n"},
    {"source_data/e.csv", "2020-01-01,10\n2020-01-09,90\n"},
    {"source_data/d1.csv", "2020-01-01,20\n2020-01-05,60\n2020-01-09,100\n"},
    {"source_data/d2.csv", "2020-01-01,0\n2020-01-05,20\n2020-01-09,40\n"},
};
#define SMALL_FILES (sizeof small_files / sizeof *small_files)

struct small_change {
    const char *name, *bytes; /* bytes NULL: the file is left out */
};

struct small_read {
    int code;
    struct flow_world world;
    struct flow_said said;
    struct faults faults;
    struct ajar_err err;
};

/* Reads the conflict with `n` files changed, or added. */
static inline struct small_read small_read(struct arena *arena, const struct small_change *changes,
                                           size_t n)
{
    struct small_read out = {.world = {.n_days = -7}};
    struct flee_file files[SMALL_FILES + 8];
    size_t n_files = 0;
    assert_true(n <= 8);
    for (size_t i = 0; i < SMALL_FILES; i++) {
        files[n_files++] = (struct flee_file){small_files[i].name, text_of(small_files[i].bytes)};
    }
    for (size_t k = 0; k < n; k++) {
        size_t i = 0;
        while (i < n_files && strcmp(files[i].name, changes[k].name) != 0) {
            i++;
        }
        if (changes[k].bytes == NULL) {
            assert_true(i < n_files);
            files[i] = files[--n_files];
            continue;
        }
        n_files += i == n_files;
        files[i] = (struct flee_file){changes[k].name, text_of(changes[k].bytes)};
    }
    assert_int_equal(faults_init(&out.faults, arena, 50, NULL), 0);
    assert_int_equal(flow_said_init(&out.said, arena, 50, NULL), 0);
    out.code = flee_read(arena, files, n_files, TEXT_LIT("small"), &out.world, &out.said,
                         &out.faults, &out.err);
    return out;
}

/* Whether a sentence holds the words. */
static inline bool small_said(const struct flow_said *said, const char *words)
{
    for (size_t i = 0; i < said->n; i++) {
        if (memmem(said->at[i].at, said->at[i].n, words, strlen(words)) != NULL) {
            return true;
        }
    }
    return false;
}

#endif
