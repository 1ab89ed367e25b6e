/* embed OUTPUT JS CSS: writes a C file with the bytes of the two page bundles.  Runs at build time. */
#include <stdio.h>

static int embed_one(FILE *out, const char *name, const char *path)
{
    FILE *in = fopen(path, "rb");
    if (in == NULL) {
        fprintf(stderr, "embed: cannot read %s\n", path);
        return 1;
    }
    unsigned n = 0;
    int byte;
    fprintf(out, "static const unsigned char %s_bytes[] = {", name);
    while ((byte = fgetc(in)) != EOF) {
        fprintf(out, "%s%d,", n++ % 24 == 0 ? "\n" : "", byte);
    }
    fprintf(out, "\n0};\nconst struct text %s = {(const char *)%s_bytes, %u};\n\n", name, name, n);
    int failed = ferror(in);
    return fclose(in) != 0 || failed;
}

int main(int argc, char **argv)
{
    FILE *out = argc == 4 ? fopen(argv[1], "wb") : NULL;
    if (out == NULL) {
        fprintf(stderr, "embed: cannot write its output\n");
        return 1;
    }
    fprintf(out, "#include \"report_bundle.h\"\n\n");
    int failed = embed_one(out, "report_js", argv[2]) || embed_one(out, "report_css", argv[3]);
    return fclose(out) != 0 || failed;
}
