#include "../base/unit.h"

#include "gen.h"
#include "house.h"

static struct buf script;

static const char *made(void (*writer)(struct buf *, const struct program *))
{
    buf_free(&script);
    buf_init(&script, 1 << 20);
    writer(&script, &house);
    buf_char(&script, '\0');
    assert_int_equal(buf_ok(&script, NULL), 0);
    return script.at;
}

static void (*const writers[])(struct buf *, const struct program *) = {complete_bash, complete_zsh,
                                                                        complete_fish};

static void every_shell_gets_the_words_that_people_see(void **state)
{
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        const char *text = made(writers[i]);
        assert_non_null(strstr(text, "table"));
        assert_non_null(strstr(text, "sum"));
        assert_non_null(strstr(text, "mode"));
        assert_non_null(strstr(text, "fast exact"));
        assert_null(strstr(text, "cellar"));
        assert_null(strstr(text, "threads --quiet")); /* the only verb with threads is `go` */
    }
}

static void bash_offers_values_after_an_option(void **state)
{
    (void)state;
    const char *text = made(complete_bash);
    assert_non_null(strstr(text, "        --mode) words='fast exact' ;;\n"));
    assert_non_null(strstr(text, "        --limit | -l) return ;;\n"));
    assert_non_null(strstr(text, "        --out) files=yes ;;\n"));
}

static void quotes_and_brackets_are_shielded(void **state)
{
    (void)state;
    assert_non_null(strstr(made(complete_zsh), "[How to sum; it'\\''s \\[slow\\] when exact]"));
    assert_non_null(strstr(made(complete_fish), "-d 'How to sum; it\\'s [slow] when exact'"));
}

static void a_letter_and_its_name_exclude_each_other(void **state)
{
    (void)state;
    assert_non_null(strstr(made(complete_zsh), "'(-l --limit)'{-l,--limit=}'[Rows to read]:N: '"));
    assert_non_null(strstr(made(complete_fish), " -l limit -s l -x -d 'Rows to read'"));
}

static int drop(void **state)
{
    (void)state;
    buf_free(&script);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shell_gets_the_words_that_people_see),
        cmocka_unit_test(bash_offers_values_after_an_option),
        cmocka_unit_test(quotes_and_brackets_are_shielded),
        cmocka_unit_test(a_letter_and_its_name_exclude_each_other),
    };
    return cmocka_run_group_tests_name("complete", tests, NULL, drop);
}
