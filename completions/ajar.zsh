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
            'run:Check a scenario, split its budget, write the report'
            'scenario:Folders of data that everything is computed from'
            'aid:Split a budget between strained hosts, with proofs'
            'help:Help on what follows'
            '--help:Help on everything'
            '--version:Print the version'
        )
        ;;
    'help')
        found=(
            'run:Check a scenario, split its budget, write the report'
            'scenario:Folders of data that everything is computed from'
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
    case $key in
    'run')
        shift 1 words
        (( CURRENT -= 1 ))
        _arguments -s -S \
            '--replace[Replace the folder of --out if Ajar wrote it; anything else is never touched]' \
            '--draws=[Draws of the sensitivity of the aid split; 0 leaves it out]:N: ' \
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
            '--json[Print one JSON object instead of text]' \
            '(-q --quiet)'{-q,--quiet}'[No progress and no notes; errors are still shown]' \
            '--no-color[No colour, as with NO_COLOR set or when the output is no terminal]' \
            '(-h --help)'{-h,--help}'[Show this page]' \
            '1:DIR:_files' \
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
