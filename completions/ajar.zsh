#compdef ajar
# zsh completion of ajar.  Made from the tables of verbs by `ajar gen completions`; edit those.
_ajar() {
    local -a found
    local key
    case $CURRENT in
    2) key='' ;;
    3) key=$words[2] ;;
    *) key="$words[2] $words[3]" ;;
    esac
    case $key in
    '')
        found=(
            'run:Check a scenario, judge its counts, split its budget, write the report'
            'trace:Show how a figure came about\: row, source, rule, parameters, assumption'
            'scenario:Folders of data that everything is computed from'
            'watch:Say which counts are abnormal, since when, and what is net'
            'doors:Entry rules and pathways as dated, cited, checked law'
            'flow:Where people go over roads, camps and borders, and what a shut door does'
            'place:Which household goes to which willing locality, provably near the best'
            'aid:Split a budget between strained hosts, with proofs'
            'help:Help on what follows'
            '--help:Help on everything'
            '--version:Print the version'
        )
        ;;
    'help')
        found=(
            'run:Check a scenario, judge its counts, split its budget, write the report'
            'trace:Show how a figure came about\: row, source, rule, parameters, assumption'
            'scenario:Folders of data that everything is computed from'
            'watch:Say which counts are abnormal, since when, and what is net'
            'doors:Entry rules and pathways as dated, cited, checked law'
            'flow:Where people go over roads, camps and borders, and what a shut door does'
            'place:Which household goes to which willing locality, provably near the best'
            'aid:Split a budget between strained hosts, with proofs'
        )
        ;;
    'scenario')
        found=(
            'check:List every fault of a scenario'
            'show:Print what is in a scenario'
            'new:Make a small valid scenario to start from'
        )
        ;;
    'watch')
        found=(
            'scan:Say which counts are abnormal, since when, and how sure that is'
            'replay:Go through the days\: what would have rung when'
            'net:Show entries, exits, net and stock, and what does not fit'
            'claim:Check whether the data carry a sentence'
            'trade:Show which trade flows look rerouted'
        )
        ;;
    'doors')
        found=(
            'check:Prove the rules sound and run their tests'
            'test:Run the tests of the rules'
            'list:List the doors, or the facts that they ask for'
            'eval:Ask all doors for one person on one day'
            'what-opens:Say which facts and papers would open each door'
            'timeline:Show a person'\''s doors over time'
            'diff:Say who gains and who loses between two days'
            'gates:Print who passes at which crossing, day by day'
            'ask:Ask the questions that settle most'
        )
        ;;
    'flow')
        found=(
            'import:Make a scenario of a conflict in Flee'\''s format'
            'run:Move people day by day'
            'ensemble:Run many members and show their spread'
            'counterfactual:Say what shutting a place or a road does'
            'calibrate:Fit parameters to what was counted, with intervals'
            'score:Score a flow beside its baselines'
        )
        ;;
    'place')
        found=(
            'solve:Place households, with a proof of how good the plan is'
            'mechanism:Place by wishes and priorities'
            'arrivals:Place households that arrive over time'
            'whatif:Mend a plan after a change, with few moves'
            'explain:Say why a household goes where it goes'
            'check:Check a plan and all that it claims'
            'compare:Say who moves between two plans'
            'import:Make tables out of a desk'\''s own spreadsheets'
            'generate:Make up a placement for trials'
        )
        ;;
    'aid')
        found=(
            'split:Split a budget between hosts, with proofs'
            'explain:Answer "why not us" for one host'
        )
        ;;
    'help scenario')
        found=(
            'check:List every fault of a scenario'
            'show:Print what is in a scenario'
            'new:Make a small valid scenario to start from'
        )
        ;;
    'help watch')
        found=(
            'scan:Say which counts are abnormal, since when, and how sure that is'
            'replay:Go through the days\: what would have rung when'
            'net:Show entries, exits, net and stock, and what does not fit'
            'claim:Check whether the data carry a sentence'
            'trade:Show which trade flows look rerouted'
        )
        ;;
    'help doors')
        found=(
            'check:Prove the rules sound and run their tests'
            'test:Run the tests of the rules'
            'list:List the doors, or the facts that they ask for'
            'eval:Ask all doors for one person on one day'
            'what-opens:Say which facts and papers would open each door'
            'timeline:Show a person'\''s doors over time'
            'diff:Say who gains and who loses between two days'
            'gates:Print who passes at which crossing, day by day'
            'ask:Ask the questions that settle most'
        )
        ;;
    'help flow')
        found=(
            'import:Make a scenario of a conflict in Flee'\''s format'
            'run:Move people day by day'
            'ensemble:Run many members and show their spread'
            'counterfactual:Say what shutting a place or a road does'
            'calibrate:Fit parameters to what was counted, with intervals'
            'score:Score a flow beside its baselines'
        )
        ;;
    'help place')
        found=(
            'solve:Place households, with a proof of how good the plan is'
            'mechanism:Place by wishes and priorities'
            'arrivals:Place households that arrive over time'
            'whatif:Mend a plan after a change, with few moves'
            'explain:Say why a household goes where it goes'
            'check:Check a plan and all that it claims'
            'compare:Say who moves between two plans'
            'import:Make tables out of a desk'\''s own spreadsheets'
            'generate:Make up a placement for trials'
        )
        ;;
    'help aid')
        found=(
            'split:Split a budget between hosts, with proofs'
            'explain:Answer "why not us" for one host'
        )
        ;;
    esac
    if (( $#found )); then
        _describe command found
        return
    fi
    [[ $words[2] == 'run' ]] && key='run'
    [[ $words[2] == 'trace' ]] && key='trace'
    case $key in
    'run')
        shift 1 words
        (( CURRENT -= 1 ))
        _arguments -s -S \
            '--replace[Replace the folder of --out if Ajar wrote it; anything else is never touched]' \
            '--fair[Place by the rules of fairness too, beside the largest total: some ten seconds more]' \
            '--anew[Compute everything, whatever the last run into this folder has left to reuse]' \
            '--draws=[Draws of the sensitivity of the aid split; 0 leaves it out]:N: ' \
            '--members=[Runs of an exodus, 200 when absent, and of a conflict, 40 when absent: with fewer the report is there sooner, and its intervals are rough]:N: ' \
            '--rounds=[Rounds of placing, 64 when absent: with fewer the plan may be further from its bound]:N: ' \
            '--json[Print one JSON object instead of text]' \
            '--out=[Write the result here]:PATH:_files' \
            '--seed=[Seed of all random draws; the same seed gives the same bytes]:N: ' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:SCENARIO:_files' \
            && return 0
        ;;
    'trace')
        shift 1 words
        (( CURRENT -= 1 ))
        _arguments -s -S \
            '--prefix=[List figures whose ids begin so: "aid", "inputs.GEO"]:ID: ' \
            '--part=[List figures that this part made]:PART:(REPORT SCENARIO WATCH DOORS FLOW PLACE AID)' \
            '--json[Print one JSON object instead of text]' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:DIR:_files' \
            '2::FIGURE_ID: ' \
            && return 0
        ;;
    'scenario check')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--limit=[Most faults to list; all are counted]:N: ' \
            '--json[Print one JSON object instead of text]' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:DIR:_files' \
            && return 0
        ;;
    'scenario show')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--sources=[Sources to list, those with most rows first; --json has them all]:N: ' \
            '--json[Print one JSON object instead of text]' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:DIR:_files' \
            && return 0
        ;;
    'scenario new')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--conflict=[Make it of a conflict that `ajar flow import` made, or of another scenario'\''s]:DIR:_files' \
            '--title=[Title of the scenario; else the conflict'\''s own]:TEXT: ' \
            '--publisher=[Who published the counts, for sources.csv]:TEXT: ' \
            '--published=[When they were published, for sources.csv]:DATE: ' \
            '--url=[Where they can be read]:URL: ' \
            '--json[Print one JSON object instead of text]' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:DIR:_files' \
            && return 0
        ;;
    'watch scan')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--place=[Only this place: FIN]:CODE: ' \
            '--route=[Only this route: "land:eastern border"]:ROUTE: ' \
            '--measure=[Only this measure: entries_rus]:MEASURE: ' \
            '--detector=[The rule; auto picks it by the length of the history. ratio, c1, c2 and c3 are the classic ones, which ring far more often than they say]:RULE:(auto totals ratio c1 c2 c3 t weekday season farrington cusum change)' \
            '--alarm-every=[One false alarm a series in this time: 90d, 26w, 1y]:TIME: ' \
            '--false-alarms=[Instead: so many false alarms a year over all series together]:N: ' \
            '--noise=[How much one count varies by itself, where only two can be compared]:PERCENT: ' \
            '--no-freeze[Let a count that rang enter later baselines: a surge then hides itself]' \
            '--known-by=[When a count is known: published, from its source'\''s date, or next-day, the morning after. A scenario'\''s default is published]:CLOCK:(published next-day)' \
            '--csv[Print the table as CSV]' \
            '--as-known=[Use only what was known on this day]:DATE: ' \
            '--since=[Also list alarms of periods that ended on this day or later, not only the last one]:DATE: ' \
            '--all[List every series, also the quiet ones]' \
            '--json[Print one JSON object instead of text]' \
            '--seed=[Seed of all random draws; the same seed gives the same bytes]:N: ' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:INPUT:_files' \
            && return 0
        ;;
    'watch replay')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--place=[Only this place: FIN]:CODE: ' \
            '--route=[Only this route: "land:eastern border"]:ROUTE: ' \
            '--measure=[Only this measure: entries_rus]:MEASURE: ' \
            '--detector=[The rule; auto picks it by the length of the history. ratio, c1, c2 and c3 are the classic ones, which ring far more often than they say]:RULE:(auto totals ratio c1 c2 c3 t weekday season farrington cusum change)' \
            '--alarm-every=[One false alarm a series in this time: 90d, 26w, 1y]:TIME: ' \
            '--false-alarms=[Instead: so many false alarms a year over all series together]:N: ' \
            '--noise=[How much one count varies by itself, where only two can be compared]:PERCENT: ' \
            '--no-freeze[Let a count that rang enter later baselines: a surge then hides itself]' \
            '--known-by=[When a count is known: published, from its source'\''s date, or next-day, the morning after. A scenario'\''s default is published]:CLOCK:(published next-day)' \
            '--csv[Print the table as CSV]' \
            '--from=[First day of the replay]:DATE: ' \
            '--to=[Last day of the replay]:DATE: ' \
            '--all[Also days on which nothing rings]' \
            '--json[Print one JSON object instead of text]' \
            '--seed=[Seed of all random draws; the same seed gives the same bytes]:N: ' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:INPUT:_files' \
            && return 0
        ;;
    'watch net')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--place=[Only this place: FIN]:CODE: ' \
            '--as-known=[Use only what was known on this day]:DATE: ' \
            '--known-by=[When a count is known: published, from its source'\''s date, or next-day, the morning after. A scenario'\''s default is published]:CLOCK:(published next-day)' \
            '--csv[Print the table as CSV]' \
            '--json[Print one JSON object instead of text]' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:INPUT:_files' \
            && return 0
        ;;
    'watch claim')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--noise=[How much such a total varies by itself; absent: taken from earlier totals]:PERCENT: ' \
            '--alarm-every=[A change counts as a surge when it comes less often by chance]:TIME: ' \
            '--as-known=[Use only what was known on this day]:DATE: ' \
            '--known-by=[When a count is known: published, from its source'\''s date, or next-day, the morning after. A scenario'\''s default is published]:CLOCK:(published next-day)' \
            '--csv[Print the table as CSV]' \
            '--json[Print one JSON object instead of text]' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:INPUT:_files' \
            '2:CLAIM: ' \
            && return 0
        ;;
    'watch trade')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--partner=[Only this partner: KGZ]:CODE: ' \
            '--reporter=[Only this reporter: EU27]:CODE: ' \
            '--from=[First year of the baseline]:YEAR: ' \
            '--to=[Last year of the baseline]:YEAR: ' \
            '--csv[Print the table as CSV]' \
            '--json[Print one JSON object instead of text]' \
            '--seed=[Seed of all random draws; the same seed gives the same bytes]:N: ' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:SCENARIO:_files' \
            && return 0
        ;;
    'doors check')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--json[Print one JSON object instead of text]' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:SCENARIO:_files' \
            && return 0
        ;;
    'doors test')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--mutate[Also make one slip after the other in the rules and see whether a test notices]' \
            '--all[List every slip, with the case whose answer changes, not only those unnoticed]' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:SCENARIO:_files' \
            && return 0
        ;;
    'doors list')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--on=[The day for which the versions are shown]:DATE: ' \
            '--country=[Only doors that speak for this country: FIN]:CODE: ' \
            '--door=[Only this door: fi.entry]:ID: ' \
            '--kind=[Only doors of this kind]:KIND:(entry exit stay visa pathway protection)' \
            '--as-known=[By the law as it was published on this day; absent: the day asked about]:DATE: ' \
            '--counterfactual[Also rules that no state made, for experiments; they are labelled]' \
            '--facts[List the facts that the doors ask for instead]' \
            '--lang=[Language of the answer]:LANG:(en ru de)' \
            '--json[Print one JSON object instead of text]' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:SCENARIO:_files' \
            && return 0
        ;;
    'doors eval')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--facts=[What is known of the person, YAML or JSON; - reads standard input]:FILE:_files' \
            '--on=[The day, or moment, asked about: 2022-10-05, 2023-12-15T20:00+02:00]:DATE: ' \
            '--country=[Only doors that speak for this country: FIN]:CODE: ' \
            '--door=[Only this door: fi.entry]:ID: ' \
            '--kind=[Only doors of this kind]:KIND:(entry exit stay visa pathway protection)' \
            '--as-known=[By the law as it was published on this day; absent: the day asked about]:DATE: ' \
            '--counterfactual[Also rules that no state made, for experiments; they are labelled]' \
            '--lang=[Language of the answer]:LANG:(en ru de)' \
            '--plain[Short sentences for the household, without codes and citations]' \
            '--json[Print one JSON object instead of text]' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:SCENARIO:_files' \
            && return 0
        ;;
    'doors what-opens')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--facts=[What is known of the person, YAML or JSON; - reads standard input]:FILE:_files' \
            '--on=[The day, or moment, asked about: 2022-10-05, 2023-12-15T20:00+02:00]:DATE: ' \
            '--country=[Only doors that speak for this country: FIN]:CODE: ' \
            '--door=[Only this door: fi.entry]:ID: ' \
            '--kind=[Only doors of this kind]:KIND:(entry exit stay visa pathway protection)' \
            '--as-known=[By the law as it was published on this day; absent: the day asked about]:DATE: ' \
            '--counterfactual[Also rules that no state made, for experiments; they are labelled]' \
            '--lang=[Language of the answer]:LANG:(en ru de)' \
            '--plain[Short sentences for the household, without codes and citations]' \
            '--json[Print one JSON object instead of text]' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:SCENARIO:_files' \
            && return 0
        ;;
    'doors timeline')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--facts=[What is known of the person, YAML or JSON; - reads standard input]:FILE:_files' \
            '--on=[First day of the span]:DATE: ' \
            '--to=[First day behind the span]:DATE: ' \
            '--country=[Only doors that speak for this country: FIN]:CODE: ' \
            '--door=[Only this door: fi.entry]:ID: ' \
            '--kind=[Only doors of this kind]:KIND:(entry exit stay visa pathway protection)' \
            '--as-known=[By the law as it was published on this day; absent: the day asked about]:DATE: ' \
            '--counterfactual[Also rules that no state made, for experiments; they are labelled]' \
            '--lang=[Language of the answer]:LANG:(en ru de)' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:SCENARIO:_files' \
            && return 0
        ;;
    'doors diff')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--from=[The day before the change]:DATE: ' \
            '--to=[The day after it]:DATE: ' \
            '--country=[Only doors that speak for this country: FIN]:CODE: ' \
            '--door=[Only this door: fi.entry]:ID: ' \
            '--against=[Compare with this door instead, such as a counterfactual one]:ID: ' \
            '--as-known=[By the law as it was published on this day; absent: the day asked about]:DATE: ' \
            '--all[Show every group, not only the largest of each change]' \
            '--json[Print one JSON object instead of text]' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:SCENARIO:_files' \
            && return 0
        ;;
    'doors gates')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--from=[First day of the table; absent: that of the scenario]:DATE: ' \
            '--to=[Last day of the table; absent: that of the scenario]:DATE: ' \
            '--as-known=[By the law as it was published on this day; absent: the day asked about]:DATE: ' \
            '--every-day[A row for every day, not only for days on which something changed]' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:SCENARIO:_files' \
            && return 0
        ;;
    'doors ask')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--on=[The day, or moment, asked about: 2022-10-05, 2023-12-15T20:00+02:00]:DATE: ' \
            '--country=[Only doors that speak for this country: FIN]:CODE: ' \
            '--door=[Only this door: fi.entry]:ID: ' \
            '--kind=[Only doors of this kind]:KIND:(entry exit stay visa pathway protection)' \
            '--as-known=[By the law as it was published on this day; absent: the day asked about]:DATE: ' \
            '--counterfactual[Also rules that no state made, for experiments; they are labelled]' \
            '--lang=[Language of the answer]:LANG:(en ru de)' \
            '--plain[Short sentences for the household, without codes and citations]' \
            '--facts=[What is known already, YAML or JSON]:FILE:_files' \
            '--json[Print one JSON object instead of text]' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:SCENARIO:_files' \
            && return 0
        ;;
    'flow import')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--title=[Absent: the name of FLEEDIR]:TEXT: ' \
            '--all[Show all that is said of the files]' \
            '--json[Print one JSON object instead of text]' \
            '--out=[Write the result here]:PATH:_files' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:FLEEDIR:_files' \
            && return 0
        ;;
    'flow run')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--draws=[Of an exodus: draws of the fit that are played, 200 when absent]:N: ' \
            '--rows=[Of an exodus: rows in the form of arrivals.csv, which are answered one by one]:FILE:_files' \
            '--csv[Of an exodus: print the rows as CSV]' \
            '--engine=[agents: one by one; aggregate: by numbers, faster and a little less exact. Of an exodus aggregate is the default, exact, and expected has no chance in it]:ENGINE:(agents aggregate expected)' \
            '--rules=[flee: the reference with its faults; ajar: corrected; absent: flow.yaml'\''s]:RULES:(flee ajar)' \
            '--set=[Parameters of the rules instead of flow.yaml'\''s]:NAME=VALUE,...: ' \
            '--hasten=[One agent stands for N people; results are in people]:N: ' \
            '--from=[First day of the run]:DATE: ' \
            '--to=[Last day of the run]:DATE: ' \
            '--as-known=[Leave out what became known later, and capacities without a date]:DATE: ' \
            '--replace[Replace the folder of --out if Ajar wrote it; anything else is never touched]' \
            '--json[Print one JSON object instead of text]' \
            '--out=[Write the result here]:PATH:_files' \
            '--seed=[Seed of all random draws; the same seed gives the same bytes]:N: ' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:SCENARIO:_files' \
            && return 0
        ;;
    'flow ensemble')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--members=[Runs, each with its own chance and its own parameters]:N: ' \
            '--vary=[Parameters that differ between members, evenly in their range; ":log" behind one: evenly in its logarithm]:NAME=LOW..HIGH,...: ' \
            '--engine=[agents: one by one; aggregate: by numbers, faster and a little less exact]:ENGINE:(agents aggregate)' \
            '--rules=[flee: the reference with its faults; ajar: corrected; absent: flow.yaml'\''s]:RULES:(flee ajar)' \
            '--set=[Parameters of the rules instead of flow.yaml'\''s]:NAME=VALUE,...: ' \
            '--hasten=[One agent stands for N people; results are in people]:N: ' \
            '--from=[First day of the run]:DATE: ' \
            '--to=[Last day of the run]:DATE: ' \
            '--as-known=[Leave out what became known later, and capacities without a date]:DATE: ' \
            '--replace[Replace the folder of --out if Ajar wrote it; anything else is never touched]' \
            '--json[Print one JSON object instead of text]' \
            '--out=[Write the result here]:PATH:_files' \
            '--seed=[Seed of all random draws; the same seed gives the same bytes]:N: ' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:SCENARIO:_files' \
            && return 0
        ;;
    'flow counterfactual')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--close=[What is shut, and when: PLACE@DATE, PLACE@DATE..DATE, PLACE - PLACE@DATE; of an exodus DOOR@DATE, DOOR@DATE..DATE]:CLOSING;...: ' \
            '--what-if=[Of an exodus: what-ifs of its model, all when neither this nor --close is given]:ID;...: ' \
            '--draws=[Of an exodus: draws of the fit that are played, 200 when absent]:N: ' \
            '--members=[Pairs of runs of a conflict]:N: ' \
            '--vary=[Parameters that differ between members, evenly in their range; ":log" behind one: evenly in its logarithm]:NAME=LOW..HIGH,...: ' \
            '--engine=[agents: one by one; aggregate: by numbers, faster and a little less exact. Of an exodus aggregate is the default, exact, and expected has no chance in it]:ENGINE:(agents aggregate expected)' \
            '--rules=[flee: the reference with its faults; ajar: corrected; absent: flow.yaml'\''s]:RULES:(flee ajar)' \
            '--set=[Parameters of the rules instead of flow.yaml'\''s]:NAME=VALUE,...: ' \
            '--hasten=[One agent stands for N people; results are in people]:N: ' \
            '--from=[First day of the run]:DATE: ' \
            '--to=[Last day of the run]:DATE: ' \
            '--as-known=[Leave out what became known later, and capacities without a date]:DATE: ' \
            '--replace[Replace the folder of --out if Ajar wrote it; anything else is never touched]' \
            '--json[Print one JSON object instead of text]' \
            '--out=[Write the result here]:PATH:_files' \
            '--seed=[Seed of all random draws; the same seed gives the same bytes]:N: ' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:SCENARIO:_files' \
            && return 0
        ;;
    'flow calibrate')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--vary=[Parameters of a conflict to fit, each with the range in which it may lie; ":log" behind one: even in its logarithm]:NAME=LOW..HIGH,...: ' \
            '--quick[Of an exodus: short chains, to see that all is well; not the fit that is shipped]' \
            '--by-period[Of an exodus: fit all rows of days up to as_known, whenever they were published]' \
            '--replace[Replace the folder of --out if Ajar wrote it; anything else is never touched]' \
            '--draws=[Proposals drawn from the ranges]:N: ' \
            '--seeds=[Runs of each proposal; all proposals share the same chance]:N: ' \
            '--keep=[Part of the proposals that is kept, those nearest to the reports]:PART: ' \
            '--engine=[agents: one by one; aggregate: by numbers, faster and a little less exact]:ENGINE:(agents aggregate)' \
            '--rules=[flee: the reference with its faults; ajar: corrected; absent: flow.yaml'\''s]:RULES:(flee ajar)' \
            '--set=[Parameters of the rules instead of flow.yaml'\''s]:NAME=VALUE,...: ' \
            '--hasten=[One agent stands for N people; results are in people]:N: ' \
            '--from=[First day of the run]:DATE: ' \
            '--to=[Last day of the run]:DATE: ' \
            '--as-known=[Leave out what became known later, and capacities without a date]:DATE: ' \
            '--json[Print one JSON object instead of text]' \
            '--out=[Write the result here]:PATH:_files' \
            '--seed=[Seed of all random draws; the same seed gives the same bytes]:N: ' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:SCENARIO:_files' \
            && return 0
        ;;
    'flow score')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--rows=[Of an exodus: rows in the form of arrivals.csv, which are answered one by one]:FILE:_files' \
            '--draws=[Of an exodus: draws of the fit that are played, 200 when absent]:N: ' \
            '--seeds=[Runs of the rules, for the first table]:N: ' \
            '--lag=[How long after its date a report became known, for the forecast]:DAYS: ' \
            '--rules=[flee: the reference with its faults; ajar: corrected; absent: flow.yaml'\''s]:RULES:(flee ajar)' \
            '--set=[Parameters of the rules instead of flow.yaml'\''s]:NAME=VALUE,...: ' \
            '--hasten=[One agent stands for N people]:N: ' \
            '--csv[Print the tables as CSV]' \
            '--json[Print one JSON object instead of text]' \
            '--seed=[Seed of all random draws; the same seed gives the same bytes]:N: ' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:SCENARIO:_files' \
            && return 0
        ;;
    'place solve')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--households=[Households instead of those of the folder]:FILE:_files' \
            '--localities=[Localities instead of those of the folder]:FILE:_files' \
            '--scores=[Scores instead of those of the folder]:FILE:_files' \
            '--links=[Links instead of those of the folder]:FILE:_files' \
            '--locks=[Locks instead of those of the folder]:FILE:_files' \
            '--on=[Day of placing: lots that ended before it are shut]:DATE: ' \
            '--method=[total: largest sum of scores; the others are fair plans, with what they cost]:METHOD:(total leximin maxmin proportional floors)' \
            '--floor=[Least average a household of a group, placed or not, in units of score]:GROUP=SCORE;...: ' \
            '--rounds=[Rounds of search, 2,000 when absent; the same number gives the same bytes]:N: ' \
            '--time=[Stop between rounds after so long; the rounds done are printed]:SECONDS: ' \
            '--gap=[Stop once objective and bound are this near]:PERCENT: ' \
            '--plan=[Write the plan file: plan, prices, input hashes, reasons, for check and explain]:FILE:_files' \
            '--replace[Replace outputs that Ajar wrote; anything else is never touched]' \
            '--json[Print one JSON object instead of text]' \
            '--out=[Write the result here]:PATH:_files' \
            '--seed=[Seed of all random draws; the same seed gives the same bytes]:N: ' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1::DIR:_files' \
            && return 0
        ;;
    'place mechanism')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--households=[Households instead of those of the folder]:FILE:_files' \
            '--localities=[Localities instead of those of the folder]:FILE:_files' \
            '--scores=[Scores instead of those of the folder]:FILE:_files' \
            '--links=[Links instead of those of the folder]:FILE:_files' \
            '--locks=[Locks instead of those of the folder]:FILE:_files' \
            '--priorities=[Table locality,household,rank, instead of priorities.csv of the folder]:FILE:_files' \
            '--on=[Day of placing: lots that ended before it are shut]:DATE: ' \
            '--method=[Which mechanism; each says what it promises and what not]:METHOD:(kda mttc tkda tkda-clinching mttce priority)' \
            '--endowment=[Of mttce: the plan that nobody ends below]:PLAN:_files' \
            '--least=[Of priority: least average score a household, 0 when absent]:SCORE: ' \
            '--curve=[Of priority: show so many thresholds from no constraint to the largest total]:N: ' \
            '--replace[Replace outputs that Ajar wrote; anything else is never touched]' \
            '--json[Print one JSON object instead of text]' \
            '--out=[Write the result here]:PATH:_files' \
            '--seed=[Seed of all random draws; the same seed gives the same bytes]:N: ' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:DIR:_files' \
            && return 0
        ;;
    'place arrivals')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--on=[Day of placing: lots that ended before it are shut]:DATE: ' \
            '--past=[Who is the past that futures are drawn from: the first N, or a CSV of households]:N|FILE: ' \
            '--batches=[In how many batches the others arrive]:N: ' \
            '--method=[One method, or all side by side]:METHOD:(all greedy pot1 pot2 discord balance bid)' \
            '--floor=[Least average a household of a group, placed or not, in units of score]:GROUP=SCORE;...: ' \
            '--json[Print one JSON object instead of text]' \
            '--seed=[Seed of all random draws; the same seed gives the same bytes]:N: ' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:DIR:_files' \
            && return 0
        ;;
    'place whatif')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--plan=[The plan that stands: a plan file, or a CSV household,locality]:FILE:_files' \
            '--on=[Day of placing; when absent, that of the plan file]:DATE: ' \
            '--lock=[Households that go to a locality, whatever it costs]:H=L;...: ' \
            '--forbid=[Households that may not go to a locality]:H=L;...: ' \
            '--free=[Households whose locks and forbids are lifted]:H;...: ' \
            '--capacity=[Capacities as they would be]:L.RESOURCE=N;...: ' \
            '--moves=[Most other households that may move; any number when absent]:K: ' \
            '--replace[Replace outputs that Ajar wrote; anything else is never touched]' \
            '--json[Print one JSON object instead of text]' \
            '--out=[Write the result here]:PATH:_files' \
            '--seed=[Seed of all random draws; the same seed gives the same bytes]:N: ' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:DIR:_files' \
            && return 0
        ;;
    'place explain')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--on=[Day of placing; when absent, that of the plan file]:DATE: ' \
            '--household=[Why this household goes where it goes, and what would change it]:H: ' \
            '--locality=[What the places of this locality are worth, and who would rather be there]:L: ' \
            '--json[Print one JSON object instead of text]' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:DIR:_files' \
            '2:PLAN:_files' \
            && return 0
        ;;
    'place check')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--households=[Households instead of those of the folder]:FILE:_files' \
            '--localities=[Localities instead of those of the folder]:FILE:_files' \
            '--scores=[Scores instead of those of the folder]:FILE:_files' \
            '--links=[Links instead of those of the folder]:FILE:_files' \
            '--locks=[Locks instead of those of the folder]:FILE:_files' \
            '--on=[Day of placing; when absent, that of the plan file]:DATE: ' \
            '--json[Print one JSON object instead of text]' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:DIR:_files' \
            '2:PLAN:_files' \
            && return 0
        ;;
    'place compare')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--on=[Day of placing; when absent, that of the plan file]:DATE: ' \
            '--json[Print one JSON object instead of text]' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:A:_files' \
            '2:B:_files' \
            '3::DIR:_files' \
            && return 0
        ;;
    'place import')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--households=[A table of households as a spreadsheet program exports it (CSV)]:FILE:_files' \
            '--localities=[A table of offers]:FILE:_files' \
            '--map-households=[What the headings of the households mean: heading,column]:FILE:_files' \
            '--map-localities=[What the headings of the offers mean]:FILE:_files' \
            '--with=[A folder whose other tables of a placement are taken over as they are]:DIR:_files' \
            '--replace[Replace outputs that Ajar wrote; anything else is never touched]' \
            '--json[Print one JSON object instead of text]' \
            '--out=[Write the result here]:PATH:_files' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            && return 0
        ;;
    'place generate')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--households=[How many households]:N: ' \
            '--localities=[How many localities]:N: ' \
            '--least=[Fewest localities that are drawn for a household]:N: ' \
            '--most=[Most of them]:N: ' \
            '--tight=[Capacity, of what all households need]:PERCENT: ' \
            '--replace[Replace outputs that Ajar wrote; anything else is never touched]' \
            '--json[Print one JSON object instead of text]' \
            '--out=[Write the result here]:PATH:_files' \
            '--seed=[Seed of all random draws; the same seed gives the same bytes]:N: ' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            && return 0
        ;;
    'aid split')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--budget=[Money to split; required for a CSV, a scenario has its own]:AMOUNT: ' \
            '--unit=[Currency of all money; USD for a CSV when absent]:CODE:(USD EUR)' \
            '--alpha=[How much severity may tilt coverage: inf hardly, 1 in proportion]:ALPHA: ' \
            '--tranche=[Also round to whole tranches of this size; 0 does not]:AMOUNT: ' \
            '--draws=[Draws of uncertain inputs, at least 20; 0 leaves them out]:N: ' \
            '--stock-sd=[Spread of the stocks in the draws, as the standard deviation of their logarithm]:SD: ' \
            '--replace[Replace the folder of --out if Ajar wrote it; anything else is never touched]' \
            '--json[Print one JSON object instead of text]' \
            '--out=[Write the result here]:PATH:_files' \
            '--seed=[Seed of all random draws; the same seed gives the same bytes]:N: ' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:INPUT:_files' \
            && return 0
        ;;
    'aid explain')
        shift 2 words
        (( CURRENT -= 2 ))
        _arguments -s -S \
            '--host=[The host that asks, by its code in the split]:CODE: ' \
            '--budget=[Money to split; required for a CSV, a scenario has its own]:AMOUNT: ' \
            '--unit=[Currency of all money; USD for a CSV when absent]:CODE:(USD EUR)' \
            '--alpha=[How much severity may tilt coverage: inf hardly, 1 in proportion]:ALPHA: ' \
            '--tranche=[Also round to whole tranches of this size; 0 does not]:AMOUNT: ' \
            '--draws=[Draws of uncertain inputs, at least 20; 0 leaves them out]:N: ' \
            '--stock-sd=[Spread of the stocks in the draws, as the standard deviation of their logarithm]:SD: ' \
            '--json[Print one JSON object instead of text]' \
            '--seed=[Seed of all random draws; the same seed gives the same bytes]:N: ' \
            '--threads=[Threads to use, one for each core when absent; the result does not depend on it]:N: ' \
            '--progress=[auto is a bar, on a terminal only; plain is a line every five seconds]:MODE:(auto plain none)' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:INPUT:_files' \
            && return 0
        ;;
    esac
    return 1
}
_ajar "$@"
