/* The page bundles, compiled into the program by embed/embed.c at build time. */
#ifndef DESK_REPORT_BUNDLE_H
#define DESK_REPORT_BUNDLE_H

#include "text.h"

extern const struct text report_js;  /* web/dist/report.js */
extern const struct text report_css; /* web/dist/report.css */

#endif
