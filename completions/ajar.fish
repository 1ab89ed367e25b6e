# fish completion of ajar.  Made from the tables of verbs by `ajar gen completions`; edit those.
# The words before the cursor that are no options begin with these.
function __ajar_at
    set -l words (string match -v -- '-*' (commandline -poc))
    set -e words[1]
    set -l n (count $argv)
    test (count $words) -ge $n
    and test "$words[1..$n]" = "$argv"
end
# They are these.
function __ajar_is
    set -l words (string match -v -- '-*' (commandline -poc))
    set -e words[1]
    test "$words" = "$argv"
end
complete -c ajar -f
complete -c ajar -n '__ajar_is' -a 'help' -d 'Help on what follows'
complete -c ajar -n '__ajar_is' -l version -d 'Print the version'
complete -c ajar -n '__ajar_is' -a 'run' -d 'Check a scenario, split its budget, write the report'
complete -c ajar -n '__ajar_is help' -a 'run' -d 'Check a scenario, split its budget, write the report'
complete -c ajar -n '__ajar_is scenario' -a 'check' -d 'List every fault of a scenario'
complete -c ajar -n '__ajar_is help scenario' -a 'check' -d 'List every fault of a scenario'
complete -c ajar -n '__ajar_is scenario' -a 'show' -d 'Print what is in a scenario'
complete -c ajar -n '__ajar_is help scenario' -a 'show' -d 'Print what is in a scenario'
complete -c ajar -n '__ajar_is scenario' -a 'new' -d 'Make a small valid scenario to start from'
complete -c ajar -n '__ajar_is help scenario' -a 'new' -d 'Make a small valid scenario to start from'
complete -c ajar -n '__ajar_is' -a 'scenario' -d 'Folders of data that everything is computed from'
complete -c ajar -n '__ajar_is help' -a 'scenario' -d 'Folders of data that everything is computed from'
complete -c ajar -n '__ajar_is aid' -a 'split' -d 'Split a budget between hosts, with proofs'
complete -c ajar -n '__ajar_is help aid' -a 'split' -d 'Split a budget between hosts, with proofs'
complete -c ajar -n '__ajar_is aid' -a 'explain' -d 'Answer "why not us" for one host'
complete -c ajar -n '__ajar_is help aid' -a 'explain' -d 'Answer "why not us" for one host'
complete -c ajar -n '__ajar_is' -a 'aid' -d 'Split a budget between strained hosts, with proofs'
complete -c ajar -n '__ajar_is help' -a 'aid' -d 'Split a budget between strained hosts, with proofs'
complete -c ajar -n '__ajar_at run' -F
complete -c ajar -n '__ajar_at run' -l replace -d 'Replace the folder of --out if Ajar wrote it; anything else is never touched'
complete -c ajar -n '__ajar_at run' -l draws -x -d 'Draws of the sensitivity of the aid split; 0 leaves it out'
complete -c ajar -n '__ajar_at run' -l json -d 'Print one JSON object instead of text'
complete -c ajar -n '__ajar_at run' -l out -r -F -d 'Write the result here'
complete -c ajar -n '__ajar_at run' -l seed -x -d 'Seed of all random draws; the same seed gives the same bytes'
complete -c ajar -n '__ajar_at run' -l threads -x -d 'Threads to use, one for each core when absent; the result does not depend on it'
complete -c ajar -n '__ajar_at run' -l progress -x -a 'auto plain none' -d 'auto is a bar, on a terminal only; plain is a line every five seconds'
complete -c ajar -n '__ajar_at run' -l quiet -s q -d 'No progress and no notes; errors are still shown'
complete -c ajar -n '__ajar_at run' -l no-color -d 'No colour, as with NO_COLOR set or when the output is no terminal'
complete -c ajar -n '__ajar_at run' -l help -s h -d 'Show this page'
complete -c ajar -n '__ajar_at scenario check' -F
complete -c ajar -n '__ajar_at scenario check' -l limit -x -d 'Most faults to list; all are counted'
complete -c ajar -n '__ajar_at scenario check' -l json -d 'Print one JSON object instead of text'
complete -c ajar -n '__ajar_at scenario check' -l threads -x -d 'Threads to use, one for each core when absent; the result does not depend on it'
complete -c ajar -n '__ajar_at scenario check' -l progress -x -a 'auto plain none' -d 'auto is a bar, on a terminal only; plain is a line every five seconds'
complete -c ajar -n '__ajar_at scenario check' -l quiet -s q -d 'No progress and no notes; errors are still shown'
complete -c ajar -n '__ajar_at scenario check' -l no-color -d 'No colour, as with NO_COLOR set or when the output is no terminal'
complete -c ajar -n '__ajar_at scenario check' -l help -s h -d 'Show this page'
complete -c ajar -n '__ajar_at scenario show' -F
complete -c ajar -n '__ajar_at scenario show' -l sources -x -d 'Sources to list, those with most rows first; --json has them all'
complete -c ajar -n '__ajar_at scenario show' -l json -d 'Print one JSON object instead of text'
complete -c ajar -n '__ajar_at scenario show' -l threads -x -d 'Threads to use, one for each core when absent; the result does not depend on it'
complete -c ajar -n '__ajar_at scenario show' -l progress -x -a 'auto plain none' -d 'auto is a bar, on a terminal only; plain is a line every five seconds'
complete -c ajar -n '__ajar_at scenario show' -l quiet -s q -d 'No progress and no notes; errors are still shown'
complete -c ajar -n '__ajar_at scenario show' -l no-color -d 'No colour, as with NO_COLOR set or when the output is no terminal'
complete -c ajar -n '__ajar_at scenario show' -l help -s h -d 'Show this page'
complete -c ajar -n '__ajar_at scenario new' -F
complete -c ajar -n '__ajar_at scenario new' -l json -d 'Print one JSON object instead of text'
complete -c ajar -n '__ajar_at scenario new' -l quiet -s q -d 'No progress and no notes; errors are still shown'
complete -c ajar -n '__ajar_at scenario new' -l no-color -d 'No colour, as with NO_COLOR set or when the output is no terminal'
complete -c ajar -n '__ajar_at scenario new' -l help -s h -d 'Show this page'
complete -c ajar -n '__ajar_at aid split' -F
complete -c ajar -n '__ajar_at aid split' -l budget -x -d 'Money to split; required for a CSV, a scenario has its own'
complete -c ajar -n '__ajar_at aid split' -l unit -x -a 'USD EUR' -d 'Currency of all money; USD for a CSV when absent'
complete -c ajar -n '__ajar_at aid split' -l alpha -x -d 'How much severity may tilt coverage: inf hardly, 1 in proportion'
complete -c ajar -n '__ajar_at aid split' -l tranche -x -d 'Also round to whole tranches of this size; 0 does not'
complete -c ajar -n '__ajar_at aid split' -l draws -x -d 'Draws of uncertain inputs, at least 20; 0 leaves them out'
complete -c ajar -n '__ajar_at aid split' -l stock-sd -x -d 'Spread of the stocks in the draws, as the standard deviation of their logarithm'
complete -c ajar -n '__ajar_at aid split' -l replace -d 'Replace the folder of --out if Ajar wrote it; anything else is never touched'
complete -c ajar -n '__ajar_at aid split' -l json -d 'Print one JSON object instead of text'
complete -c ajar -n '__ajar_at aid split' -l out -r -F -d 'Write the result here'
complete -c ajar -n '__ajar_at aid split' -l seed -x -d 'Seed of all random draws; the same seed gives the same bytes'
complete -c ajar -n '__ajar_at aid split' -l threads -x -d 'Threads to use, one for each core when absent; the result does not depend on it'
complete -c ajar -n '__ajar_at aid split' -l progress -x -a 'auto plain none' -d 'auto is a bar, on a terminal only; plain is a line every five seconds'
complete -c ajar -n '__ajar_at aid split' -l quiet -s q -d 'No progress and no notes; errors are still shown'
complete -c ajar -n '__ajar_at aid split' -l no-color -d 'No colour, as with NO_COLOR set or when the output is no terminal'
complete -c ajar -n '__ajar_at aid split' -l help -s h -d 'Show this page'
complete -c ajar -n '__ajar_at aid explain' -F
complete -c ajar -n '__ajar_at aid explain' -l host -x -d 'The host that asks, by its code in the split'
complete -c ajar -n '__ajar_at aid explain' -l budget -x -d 'Money to split; required for a CSV, a scenario has its own'
complete -c ajar -n '__ajar_at aid explain' -l unit -x -a 'USD EUR' -d 'Currency of all money; USD for a CSV when absent'
complete -c ajar -n '__ajar_at aid explain' -l alpha -x -d 'How much severity may tilt coverage: inf hardly, 1 in proportion'
complete -c ajar -n '__ajar_at aid explain' -l tranche -x -d 'Also round to whole tranches of this size; 0 does not'
complete -c ajar -n '__ajar_at aid explain' -l draws -x -d 'Draws of uncertain inputs, at least 20; 0 leaves them out'
complete -c ajar -n '__ajar_at aid explain' -l stock-sd -x -d 'Spread of the stocks in the draws, as the standard deviation of their logarithm'
complete -c ajar -n '__ajar_at aid explain' -l json -d 'Print one JSON object instead of text'
complete -c ajar -n '__ajar_at aid explain' -l seed -x -d 'Seed of all random draws; the same seed gives the same bytes'
complete -c ajar -n '__ajar_at aid explain' -l threads -x -d 'Threads to use, one for each core when absent; the result does not depend on it'
complete -c ajar -n '__ajar_at aid explain' -l progress -x -a 'auto plain none' -d 'auto is a bar, on a terminal only; plain is a line every five seconds'
complete -c ajar -n '__ajar_at aid explain' -l quiet -s q -d 'No progress and no notes; errors are still shown'
complete -c ajar -n '__ajar_at aid explain' -l no-color -d 'No colour, as with NO_COLOR set or when the output is no terminal'
complete -c ajar -n '__ajar_at aid explain' -l help -s h -d 'Show this page'
