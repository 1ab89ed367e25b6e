#include "scenario_words.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *column, *word, *meaning;
} scenario_words[] = {
    {"kind", "gross_in", "Entries: one direction of a flow. A commuter counts each time."},
    {"kind", "gross_out", "Exits: the other direction."},
    {"kind", "both_ways", "Entries and exits counted together."},
    {"kind", "net", "Entries less exits of the same people over the same days; may be negative."},
    {"kind", "stock", "People present on a day."},
    {"kind", "refused", "People turned back at a border."},
    {"kind", "registrations", "People entered into a register."},
    {"kind", "permits", "Permits or visas issued."},
    {"kind", "applications", "Requests filed, such as for asylum."},
    {"kind", "decisions", "Decisions taken on requests."},
    {"kind", "trips", "Journeys as travellers state them; one person may make several."},
    {"kind", "rate", "A count for each day."},
    {"kind", "indicator", "Anything else that describes a host: prices, shares, income."},
    {"type", "origin", "A town that people leave."},
    {"type", "crossing", "A border crossing, at its own position."},
    {"type", "crossing_near", "A border crossing, shown at the nearest town."},
    {"type", "crossing_proxy", "A border crossing, shown at a rough stand-in."},
    {"type", "destination", "A town or airport that people reach."},
    {"open_to_subject", "yes", "It is open to them as to others."},
    {"open_to_subject", "limited", "It is open to some of them, or under further conditions."},
    {"open_to_subject", "no", "It is closed to them."},
    {"tier", "1", "Integrated circuits."},
    {"tier", "2", "Other electronics of highest concern."},
    {"tier", "3.A", "Further electronic components."},
    {"tier", "3.B", "Mechanical and other components."},
    {"tier", "4.A", "Equipment for making and testing electronics."},
    {"tier", "4.B", "Machine tools and their components."},
    {"flow", "export", "What the reporter sent to the partner, an amount of money."},
    {"flow", "import", "What the reporter received from the partner, an amount of money."},
    {"flow", "export_change", "A published change of exports on the year before, in percent."},
    {"flow", "export_increase", "A published rise of exports on the year before, in money."},
    {"flow", "export_level", "A published level of exports over a longer span, in money."},
    {"flow", "sanctioned_increase_share",
     "A published rise of sanctioned goods, as a part of what direct exports fell by."},
    {"reading", "a", "The first statement is used."},
    {"reading", "b", "The second statement is used."},
    {"reading", "both", "Both are used, as the two ends of a range."},
    {"reading", "neither", "Neither is used."},
};

const char *scenario_words_find(const char *column, const char *word)
{
    for (size_t i = 0; i < sizeof scenario_words / sizeof *scenario_words; i++) {
        if (strcmp(scenario_words[i].column, column) == 0 &&
            strcmp(scenario_words[i].word, word) == 0) {
            return scenario_words[i].meaning;
        }
    }
    return NULL;
}
