#include "report_frame.h"

#include "report_bundle.h"
#include "trail.h"

/* The page works from a disk without a server, and nothing in it may ask the network. */
#define POLICY                                                                                     \
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; "   \
    "base-uri 'none'; form-action 'none'"

void report_frame_head(struct buf *out, struct text title, const char *version)
{
    buf_str(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                 "<meta http-equiv=\"Content-Security-Policy\" content=\"" POLICY "\">\n"
                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                 "<meta name=\"referrer\" content=\"no-referrer\">\n"
                 "<meta name=\"generator\" content=\"Ajar ");
    html_str(out, version);
    buf_str(out, "\">\n<title>");
    html_text(out, title);
    buf_str(out, "</title>\n<style>\n");
    buf_text(out, report_css);
    buf_str(out, "</style>\n</head>\n<body>\n");
}

void report_frame_data(struct buf *out, const char *version)
{
    buf_str(out, "<footer><p>Ajar ");
    html_str(out, version);
    buf_str(out,
            ". Everything in this file is here: it asks the network for nothing.</p></footer>\n"
            "<script type=\"application/json\" id=\"ajar-data\">");
}

int report_frame_trail(struct buf *out, const struct trail *trail, struct ajar_err *err)
{
    if (trail == NULL) {
        return 0;
    }
    buf_str(out, "</script>\n<script type=\"application/json\" id=\"ajar-trail\">");
    return trail_put(out, trail, true, err);
}

void report_frame_end(struct buf *out)
{
    buf_str(out, "</script>\n<script>\n");
    buf_text(out, report_js);
    buf_str(out, "</script>\n</body>\n</html>\n");
}
