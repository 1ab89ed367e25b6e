/* Net figures against what came in and went out: which figures are compared, and which are not. */
#include "small.h"

/* Loads the small scenario with more measures and arrivals; the faults' slugs, one word. */
static void expect(const char *measures, const char *arrivals, const char *slug)
{
    struct small_folder folder;
    struct arena arena;
    struct faults faults;
    struct scenario scenario;
    small_make(&folder);
    const char *names[2] = {"measures.csv", "arrivals.csv"}, *rows[2] = {measures, arrivals};
    for (size_t i = 0; i < 2; i++) {
        struct buf text;
        small_text(names[i], &text);
        buf_str(&text, rows[i]);
        small_write(&folder, names[i], buf_view(&text));
        buf_free(&text);
    }
    arena_init(&arena, "a test", SMALL_CEILING);
    assert_int_equal(faults_init(&faults, &arena, 10, NULL), 0);
    scenario_load(&arena, folder.path, NULL, NULL, &scenario, &faults, NULL);
    small_show(&faults);
    assert_int_equal(faults.total, slug == NULL ? 0 : 1);
    if (slug != NULL) {
        assert_string_equal(faults.at[0].slug, slug);
    }
    arena_free(&arena);
    small_drop(&folder);
}

static const char ukr[] = "entries_ukr,arrivals,gross_in,UKR,crossings,In.\n"
                          "exits_ukr,arrivals,gross_out,UKR,crossings,Out.\n"
                          "net_ukr,arrivals,net,UKR,persons,Net.\n";

static void a_net_figure_that_its_parts_do_not_give_is_a_fault(void **state)
{
    (void)state;
    expect(ukr,
           "2022-09-17,2022-09-26,ARM,all,entries_ukr,101,crossings,s1,\n"
           "2022-09-17,2022-09-26,ARM,all,exits_ukr,41,crossings,s1,\n"
           "2022-09-17,2022-09-26,ARM,all,net_ukr,58,persons,s1,\n",
           "scenario.identity.net");
}

static void one_pair_of_parts_that_agrees_is_enough(void **state)
{
    (void)state;
    expect(ukr,
           "2022-09-17,2022-09-26,ARM,all,entries_ukr,101,crossings,s1,\n"
           "2022-09-17,2022-09-26,ARM,all,exits_ukr,41,crossings,s1,\n"
           "2022-09-17,2022-09-26,ARM,all,net_ukr,60,persons,s1,\n",
           NULL);
}

static void parts_of_another_nationality_span_or_place_are_not_compared(void **state)
{
    (void)state;
    expect(ukr,
           "2022-09-17,2022-09-26,ARM,all,entries_ukr,100,crossings,s1,\n"
           "2022-09-17,2022-09-26,ARM,all,exits_ukr,41,crossings,s1,\n"
           "2022-09-17,2022-09-26,ARM,all,net_rus,7,persons,s1,\n"
           "2022-09-17,2022-09-26,ARM,land,net_ukr,7,persons,s1,\n"
           "2022-09-17,2022-09-27,KAZ,all,net_ukr,7,persons,s1,\n",
           NULL);
}

static void flows_that_count_otherwise_are_no_parts(void **state)
{
    (void)state;
    expect("entries_ukr,arrivals,gross_in,UKR,crossings,In.\n"
           "exits_ukr,arrivals,gross_out,UKR,persons,Out in another unit.\n"
           "exits_air_ukr,arrivals,gross_out,UKR,crossings,\"Out, of something else.\"\n"
           "net_ukr,arrivals,net,UKR,persons,Net.\n",
           "2022-09-17,2022-09-26,ARM,all,entries_ukr,100,crossings,s1,\n"
           "2022-09-17,2022-09-26,ARM,all,exits_ukr,41,persons,s1,\n"
           "2022-09-17,2022-09-26,ARM,all,exits_air_ukr,41,crossings,s1,\n"
           "2022-09-17,2022-09-26,ARM,all,net_ukr,7,persons,s1,\n",
           NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_net_figure_that_its_parts_do_not_give_is_a_fault),
        cmocka_unit_test(one_pair_of_parts_that_agrees_is_enough),
        cmocka_unit_test(parts_of_another_nationality_span_or_place_are_not_compared),
        cmocka_unit_test(flows_that_count_otherwise_are_no_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
