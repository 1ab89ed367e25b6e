/* SHA-256: the published vectors of FIPS 180-4, and every length around the end of a block. */
#include "unit.h"

#include <string.h>

#include "sha256.h"

static void is(struct text bytes, const char *want)
{
    char got[SHA256_HEX];
    sha256_hex(bytes, got);
    assert_string_equal(got, want);
}

static void published_vectors_hold(void **state)
{
    (void)state;
    is(text_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    is((struct text){NULL, 0}, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    is(text_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    is(text_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    is(text_of("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopq"
               "klmnopqrlmnopqrsmnopqrstnopqrstu"),
       "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
}

static void a_million_letters_hold(void **state)
{
    static char letters[1000000];
    (void)state;
    memset(letters, 'a', sizeof letters);
    is((struct text){letters, sizeof letters},
       "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* The digest of the digests of all lengths of zeros from 0 to 130, as sha256sum gives it. */
static void every_end_of_a_block_is_padded(void **state)
{
    char zeros[131] = {0}, all[131 * (SHA256_HEX - 1)], one[SHA256_HEX];
    (void)state;
    for (size_t n = 0; n <= 130; n++) {
        sha256_hex((struct text){zeros, n}, one);
        memcpy(&all[n * (SHA256_HEX - 1)], one, SHA256_HEX - 1);
    }
    is((struct text){all, sizeof all},
       "54e76fce7077001577d4cd003983a26b89611ab84dce9950b9aaf77133a69f94");
}

/* Pieces of every length up to two blocks and a half. */
static void bit_by_bit_it_is_the_same(void **state)
{
    char bytes[1000], want[SHA256_HEX], got[SHA256_HEX];
    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (char)(i * i % 251);
    }
    sha256_hex((struct text){bytes, sizeof bytes}, want);
    for (size_t piece = 1; piece <= 160; piece++) {
        struct sha256 hash;
        sha256_begin(&hash);
        for (size_t at = 0; at < sizeof bytes; at += piece) {
            size_t rest = sizeof bytes - at;
            sha256_add(&hash, (struct text){bytes + at, rest < piece ? rest : piece});
        }
        sha256_add(&hash, (struct text){NULL, 0});
        sha256_end(&hash, got);
        assert_string_equal(got, want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_vectors_hold),
        cmocka_unit_test(a_million_letters_hold),
        cmocka_unit_test(every_end_of_a_block_is_padded),
        cmocka_unit_test(bit_by_bit_it_is_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
