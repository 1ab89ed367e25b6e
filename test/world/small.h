/* A small valid scenario on disk, and the table by which tests break it: one change, one fault. */
#ifndef TEST_SMALL_H
#define TEST_SMALL_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/unit.h"
#include "file.h"
#include "scenario.h"
#include "schema.h"

#define SMALL_CEILING ((size_t)64 << 20)

struct small_file {
    const char *name, *text;
};

static const struct small_file small_files[] = {
    {"sources.csv", "source_id,publisher,title,date,url\n"
                    "s1,Border Guard,Daily counts,2022-10-01,https://example.org/a\n"
                    "s2,Ministry,Statement,2022-10,\n"
                    "s3,Bank,Table,2023,https://example.org/c\n"},
    {"measures.csv", "measure,table,kind,nationality,unit,definition\n"
                     "entries_rus,arrivals,gross_in,RUS,crossings,Crossings in.\n"
                     "exits_rus,arrivals,gross_out,RUS,crossings,Crossings out.\n"
                     "net_rus,arrivals,net,RUS,persons,In minus out.\n"
                     "stay_rus,arrivals,stock,RUS,persons,Present on the last day.\n"
                     "women_rus,arrivals,indicator,RUS,share,Share of women.\n"
                     "population,hosts,stock,ALL,persons,Residents.\n"
                     "gdp_per_capita_current_usd,hosts,indicator,,USD,Income per head.\n"},
    {"places.csv", "id,name,country_iso3,lat,lon,population,type,source_id\n"
                   "pskov,Pskov,RUS,57.8136,28.3496,200000,origin,s1\n"
                   "narva,Narva,EST,59.3772,28.1903,50000,crossing,s1\n"
                   "tartu,Tartu,EST,58.3806,26.7251,,destination,s1\n"},
    {"routes.csv", "from,to,km,mode,source_id\n"
                   "pskov,narva,230,road,s1\n"
                   "narva,tartu,180,road,s1\n"},
    {"hosts.csv", "country_iso3,indicator,value,unit,date,source_id,note\n"
                  "GEO,population,3700000,persons,2022,s3,\n"
                  "GEO,gdp_per_capita_current_usd,6600,USD,2022,s3,\n"
                  "ARM,population,2900000,persons,2022,s3,\n"
                  "ARM,gdp_per_capita_current_usd,7000,USD,2022,s3,\n"
                  "KAZ,population,19600000,persons,2022-07-01,s3,\n"},
    {"arrivals.csv", "date_from,date_to,country_iso3,route,measure,value,unit,source_id,note\n"
                     "2022-09-17,2022-09-26,GEO,all,entries_rus,78742,crossings,s1,\n"
                     "2022-09-17,2022-09-26,GEO,all,exits_rus,62120,crossings,s1,\n"
                     "2022-09-17,2022-09-26,GEO,all,exits_rus,51643,crossings,s2,\"other, too\"\n"
                     "2022-09-17,2022-09-26,GEO,all,net_rus,16622,persons,s1,\n"
                     "2022-09-20,2022-09-26,GEO,land,entries_rus,40000,crossings,s1,\n"
                     "2022-09-24,2022-09-30,GEO,land,entries_rus,42000,crossings,s1,\n"
                     "2022-09-21,2022-09-21,GEO,land,entries_rus,6000,crossings,s2,\n"
                     "2022-01-01,2022-10-03,GEO,all,stay_rus,112733,persons,s1,\n"
                     "2022-09-12,2022-09-12,ARM,all,women_rus,0.4,share,s2,\n"},
    {"doors.csv", "id,country_iso3,from,to,border,refused,exempt,legal_basis,source_id,note\n"
                  "ee_0,EST,2022-01-01,2022-09-18,all,,,Order 0,s1,\n"
                  "ee_1,EST,2022-09-19,,all,tourists;business,family,Order 1,s1,\n"},
    {"pathways.csv",
     "id,country_iso3,name,category,from,to,open_to_subject,documents,degree_required,"
     "experience_years_min,job_offer_required,income_min,income_currency,income_period,funds_min,"
     "funds_currency,age_min,age_max,relation,occupation,employer_condition,quota,fee,"
     "fee_currency,processing_days,validity_months,legal_basis,source_id,note\n"
     "work,EST,Work permit,skilled_work;study,2022-01-01,2023-01-01,limited,passport;contract,yes,"
     "2,yes,1000,EUR,month,500,CHF,18,60,kin,driver,any,none,50,USD,30,12,Act 1,s1,\n"},
    {"visa_free.csv", "country_iso3,valid_from,valid_to,max_days,window_days,internal_passport,"
                      "notes,source_id,mark\n"
                      "GEO,2022-01-01,2022-12-31,90,180,no,,s1,N\n"
                      "ARM,2022-01-01,,60,,yes,,,K\n"},
    {"hs_priority.csv", "hs6,tier,tier_meaning,description,list_date,source_id,codes_copied_from\n"
                        "854231,1,highest,Circuits,2024-02,s3,s3\n"},
    {"trade.csv", "reporter_iso3,partner_iso3,period,flow,hs,value,unit,source_id,note\n"
                  "EU27,ARM,2022-01,export,TOTAL,100,EUR,s3,\n"
                  "EU27,ARM,2022,export_change,8542,-5,percent,s3,\n"},
    {"koenigstein.csv", "iso3166_2,land,share_percent,key_year,source_id,note\n"
                        "DE-BW,Baden,60,2016,s3,\n"
                        "DE-BY,Bavaria,40,2016,s3,\n"},
    {"contradictions.csv",
     "id,topic,table_a,key_a,source_a,table_b,key_b,source_b,difference,reading,used_in,why\n"
     "geo_exits,Exits,arrivals,GEO|all|exits_rus|2022-09-17|2022-09-26,s1,arrivals,"
     "GEO|all|exits_rus|2022-09-17|2022-09-26,s2,\"62,120, not 51,643\",both,chart,Neither is "
     "withdrawn.\n"
     "geo_weeks,Weeks,arrivals,GEO|land|entries_rus|2022-09-20|2022-09-26,s1,arrivals,"
     "GEO|land|entries_rus|2022-09-24|2022-09-30,s1,they cross,a,chart,The first is a week.\n"
     "geo_stay,Stock,arrivals,GEO|all|stay_rus|2022-01-01|2022-10-03,s1,,,,110000 elsewhere,a,aid,"
     "It is a count.\n"},
    {"assumptions.csv", "id,country_iso3,quantity,low,central,high,unit,date,reason\n"
                        "all_cost,ALL,unit_cost,400,700,1100,USD,2022-11,A guess.\n"
                        "all_funded,ALL,funded,0,0,10,USD,2022-11,A guess.\n"
                        "all_cap,ALL,absorption_cap,100,200,300,USD,2022-11,A guess.\n"
                        "arm_stock,ARM,stock,1000,2000,3000,persons,2022-11,A guess.\n"},
    {"scenario.yaml", "title: Small\n"
                      "summary: A scenario for tests.\n"
                      "subject: RUS\n"
                      "from: 2022-09-12\n"
                      "to: 2022-12-31\n"
                      "as_known: 2022-11-05\n"
                      "aid:\n"
                      "  budget: 1000\n"
                      "  unit: USD\n"
                      "  alpha: inf\n"
                      "  tranche: 10\n"
                      "  hosts:\n"
                      "    - country: GEO\n"
                      "      stock:\n"
                      "        route: all\n"
                      "        measure: stay_rus\n"
                      "        from: 2022-01-01\n"
                      "        to: 2022-10-03\n"
                      "    - country: ARM\n"
                      "      stock: assumed\n"},
};
#define SMALL_N (sizeof small_files / sizeof *small_files)

/* One change to a file of the scenario, and the one fault that it must bring. */
struct small_case {
    const char *file, *find, *put; /* find NULL: the file is removed; "": put is added at the end */
    const char *slug, *at;         /* at: file of the fault, NULL: the same */
    long row;
    const char *column;
};

struct small_folder {
    char path[64];
};

static inline void small_write(const struct small_folder *folder, const char *name,
                               struct text text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text.at, 1, text.n, file), text.n);
    assert_int_equal(fclose(file), 0);
}

static inline void small_remove(const struct small_folder *folder, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    unlink(path);
}

/* What datapackage.json says of the tables, from the schema. */
static inline void small_package(struct buf *to)
{
    buf_str(to, "{\"name\": \"small\", \"resources\": [");
    for (enum schema_name name = 0; name < SCHEMA_COUNT; name++) {
        const struct schema_table *table = schema_table(name);
        buf_printf(to, "%s\n{\"name\": \"%s\", \"path\": \"%s\", \"schema\": {\"fields\": [",
                   name == 0 ? "" : ",", table->name, table->file);
        for (size_t c = 0; c < table->n; c++) {
            buf_printf(to, "%s{\"name\": \"%s\", \"type\": \"%s\"}", c == 0 ? "" : ", ",
                       table->columns[c].name, cell_type_standard(table->columns[c].type));
        }
        buf_str(to, "]}}");
    }
    buf_str(to, "\n]}\n");
}

/* The text of a file as it is before any change; freed by buf_free. */
static inline void small_text(const char *name, struct buf *to)
{
    buf_init(to, SMALL_CEILING);
    if (strcmp(name, "datapackage.json") == 0) {
        small_package(to);
    }
    for (size_t i = 0; i < SMALL_N; i++) {
        if (strcmp(name, small_files[i].name) == 0) {
            buf_str(to, small_files[i].text);
        }
    }
    assert_int_equal(to->failed, 0);
}

static inline void small_reset(const struct small_folder *folder, const char *name)
{
    struct buf text;
    small_text(name, &text);
    small_write(folder, name, buf_view(&text));
    buf_free(&text);
}

static inline void small_make(struct small_folder *folder)
{
    snprintf(folder->path, sizeof folder->path, "/tmp/ajar-small-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
    for (size_t i = 0; i < SMALL_N; i++) {
        small_reset(folder, small_files[i].name);
    }
    small_reset(folder, "datapackage.json");
}

static inline void small_drop(const struct small_folder *folder)
{
    for (size_t i = 0; i < SMALL_N; i++) {
        small_remove(folder, small_files[i].name);
    }
    small_remove(folder, "datapackage.json");
    assert_int_equal(rmdir(folder->path), 0);
}

/* Replaces the first `find` in the file. */
static inline void small_change(const struct small_folder *folder, const char *file,
                                const char *find, const char *put)
{
    struct buf text, changed;
    small_text(file, &text);
    buf_init(&changed, SMALL_CEILING);
    buf_char(&text, '\0');
    const char *hit = find[0] == '\0' ? text.at + text.n - 1 : strstr(text.at, find);
    if (hit == NULL) {
        fail_msg("%s does not hold '%s'", file, find);
        return;
    }
    buf_bytes(&changed, text.at, (size_t)(hit - text.at));
    buf_str(&changed, put);
    buf_str(&changed, hit + strlen(find));
    small_write(folder, file, buf_view(&changed));
    buf_free(&text);
    buf_free(&changed);
}

static inline const char *small_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static inline void small_show(const struct faults *faults)
{
    for (size_t i = 0; i < faults->kept; i++) {
        const struct ajar_err *at = &faults->at[i];
        print_message("  %s:%ld %s [%s] '%s' %s\n", at->file, at->row, at->slug, at->column,
                      at->value, at->text);
    }
}

static inline bool small_is(const struct ajar_err *fault, const struct small_case *wanted)
{
    const char *file = wanted->at == NULL ? wanted->file : wanted->at;
    return strcmp(fault->slug, wanted->slug) == 0 && fault->row == wanted->row &&
           strcmp(fault->column, wanted->column) == 0 &&
           strcmp(small_base_name(fault->file), file) == 0 && fault->text[0] != '\0' &&
           err_advice(fault)[0] != '\0';
}

/* Each change in turn brings exactly its fault, and undone none. */
static inline void small_expect(const struct small_case *cases, size_t n)
{
    struct small_folder folder;
    size_t wrong = 0;
    small_make(&folder);
    for (size_t i = 0; i < n; i++) {
        if (cases[i].find == NULL) {
            small_remove(&folder, cases[i].file);
        } else {
            small_change(&folder, cases[i].file, cases[i].find, cases[i].put);
        }
        struct arena arena;
        struct faults faults;
        struct scenario scenario;
        struct ajar_err err = {0};
        arena_init(&arena, "a test", SMALL_CEILING);
        assert_int_equal(faults_init(&faults, &arena, 50, &err), 0);
        int code = scenario_load(&arena, folder.path, NULL, NULL, &scenario, &faults, &err);
        if (code != E_SCENARIO_FAULTS || faults.total != 1 || !small_is(&faults.at[0], &cases[i])) {
            print_message("case %zu: wanted %s at %s:%ld [%s], got code %d %s and %d faults\n", i,
                          cases[i].slug, cases[i].file, cases[i].row, cases[i].column, code,
                          err.text, (int)faults.total);
            small_show(&faults);
            wrong++;
        }
        arena_free(&arena);
        small_reset(&folder, cases[i].file);
    }
    small_drop(&folder);
    assert_int_equal(wrong, 0);
}

#endif
