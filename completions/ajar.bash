# bash completion of ajar.  Made from the tables of verbs by `ajar gen completions`; edit those.
_ajar() {
    local cur prev key words='' files=''
    COMPREPLY=()
    cur=${COMP_WORDS[COMP_CWORD]}
    prev=${COMP_WORDS[COMP_CWORD - 1]}
    # bash takes the = of --name=value for a word of its own
    if [[ $cur == '=' ]]; then
        cur=''
    elif [[ $prev == '=' && $COMP_CWORD -gt 2 ]]; then
        prev=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    case $COMP_CWORD in
    1) key='' ;;
    2) key=${COMP_WORDS[1]} ;;
    *) key="${COMP_WORDS[1]} ${COMP_WORDS[2]}" ;;
    esac
    case $key in
    '') words='run trace scenario watch doors flow place aid help --help --version' ;;
    'help') words='run trace scenario watch doors flow place aid' ;;
    'scenario') words='check show new' ;;
    'watch') words='scan replay net claim trade' ;;
    'doors') words='check test list eval what-opens timeline diff gates ask' ;;
    'flow') words='import run ensemble counterfactual calibrate score' ;;
    'place') words='solve mechanism arrivals whatif explain check compare import generate' ;;
    'aid') words='split explain' ;;
    'help scenario') words='check show new' ;;
    'help watch') words='scan replay net claim trade' ;;
    'help doors') words='check test list eval what-opens timeline diff gates ask' ;;
    'help flow') words='import run ensemble counterfactual calibrate score' ;;
    'help place') words='solve mechanism arrivals whatif explain check compare import generate' ;;
    'help aid') words='split explain' ;;
    esac
    case "$key " in
    'run '*)
        case $prev in
        --out) files=yes ;;
        --progress) words='auto plain none' ;;
        --draws | --members | --rounds | --seed | --threads) return ;;
        *)
            words='--replace --fair --anew --draws --members --rounds --json --out --seed --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'trace '*)
        case $prev in
        --part) words='REPORT SCENARIO WATCH DOORS FLOW PLACE AID' ;;
        --prefix) return ;;
        *)
            words='--prefix --part --json --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'scenario check '*)
        case $prev in
        --progress) words='auto plain none' ;;
        --limit | --threads) return ;;
        *)
            words='--limit --json --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'scenario show '*)
        case $prev in
        --progress) words='auto plain none' ;;
        --sources | --threads) return ;;
        *)
            words='--sources --json --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'scenario new '*)
        case $prev in
        --conflict) files=yes ;;
        --title | --publisher | --published | --url) return ;;
        *)
            words='--conflict --title --publisher --published --url --json --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'watch scan '*)
        case $prev in
        --detector) words='auto totals ratio c1 c2 c3 t weekday season farrington cusum change' ;;
        --known-by) words='published next-day' ;;
        --progress) words='auto plain none' ;;
        --place | --route | --measure | --alarm-every | --false-alarms | --noise | --as-known | --since | --seed | --threads) return ;;
        *)
            words='--place --route --measure --detector --alarm-every --false-alarms --noise --no-freeze --known-by --csv --as-known --since --all --json --seed --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'watch replay '*)
        case $prev in
        --detector) words='auto totals ratio c1 c2 c3 t weekday season farrington cusum change' ;;
        --known-by) words='published next-day' ;;
        --progress) words='auto plain none' ;;
        --place | --route | --measure | --alarm-every | --false-alarms | --noise | --from | --to | --seed | --threads) return ;;
        *)
            words='--place --route --measure --detector --alarm-every --false-alarms --noise --no-freeze --known-by --csv --from --to --all --json --seed --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'watch net '*)
        case $prev in
        --known-by) words='published next-day' ;;
        --progress) words='auto plain none' ;;
        --place | --as-known | --threads) return ;;
        *)
            words='--place --as-known --known-by --csv --json --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'watch claim '*)
        case $prev in
        --known-by) words='published next-day' ;;
        --progress) words='auto plain none' ;;
        --noise | --alarm-every | --as-known | --threads) return ;;
        *)
            words='--noise --alarm-every --as-known --known-by --csv --json --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'watch trade '*)
        case $prev in
        --progress) words='auto plain none' ;;
        --partner | --reporter | --from | --to | --seed | --threads) return ;;
        *)
            words='--partner --reporter --from --to --csv --json --seed --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'doors check '*)
        case $prev in
        --progress) words='auto plain none' ;;
        --threads) return ;;
        *)
            words='--json --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'doors test '*)
        case $prev in
        --progress) words='auto plain none' ;;
        --threads) return ;;
        *)
            words='--mutate --all --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'doors list '*)
        case $prev in
        --kind) words='entry exit stay visa pathway protection' ;;
        --lang) words='en ru de' ;;
        --progress) words='auto plain none' ;;
        --on | --country | --door | --as-known) return ;;
        *)
            words='--on --country --door --kind --as-known --counterfactual --facts --lang --json --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'doors eval '*)
        case $prev in
        --facts) files=yes ;;
        --kind) words='entry exit stay visa pathway protection' ;;
        --lang) words='en ru de' ;;
        --progress) words='auto plain none' ;;
        --on | --country | --door | --as-known) return ;;
        *)
            words='--facts --on --country --door --kind --as-known --counterfactual --lang --plain --json --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'doors what-opens '*)
        case $prev in
        --facts) files=yes ;;
        --kind) words='entry exit stay visa pathway protection' ;;
        --lang) words='en ru de' ;;
        --progress) words='auto plain none' ;;
        --on | --country | --door | --as-known) return ;;
        *)
            words='--facts --on --country --door --kind --as-known --counterfactual --lang --plain --json --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'doors timeline '*)
        case $prev in
        --facts) files=yes ;;
        --kind) words='entry exit stay visa pathway protection' ;;
        --lang) words='en ru de' ;;
        --progress) words='auto plain none' ;;
        --on | --to | --country | --door | --as-known) return ;;
        *)
            words='--facts --on --to --country --door --kind --as-known --counterfactual --lang --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'doors diff '*)
        case $prev in
        --progress) words='auto plain none' ;;
        --from | --to | --country | --door | --against | --as-known) return ;;
        *)
            words='--from --to --country --door --against --as-known --all --json --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'doors gates '*)
        case $prev in
        --progress) words='auto plain none' ;;
        --from | --to | --as-known) return ;;
        *)
            words='--from --to --as-known --every-day --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'doors ask '*)
        case $prev in
        --facts) files=yes ;;
        --kind) words='entry exit stay visa pathway protection' ;;
        --lang) words='en ru de' ;;
        --progress) words='auto plain none' ;;
        --on | --country | --door | --as-known) return ;;
        *)
            words='--on --country --door --kind --as-known --counterfactual --lang --plain --facts --json --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'flow import '*)
        case $prev in
        --out) files=yes ;;
        --title) return ;;
        *)
            words='--title --all --json --out --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'flow run '*)
        case $prev in
        --rows | --out) files=yes ;;
        --engine) words='agents aggregate expected' ;;
        --rules) words='flee ajar' ;;
        --progress) words='auto plain none' ;;
        --draws | --set | --hasten | --from | --to | --as-known | --seed | --threads) return ;;
        *)
            words='--draws --rows --csv --engine --rules --set --hasten --from --to --as-known --replace --json --out --seed --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'flow ensemble '*)
        case $prev in
        --out) files=yes ;;
        --engine) words='agents aggregate' ;;
        --rules) words='flee ajar' ;;
        --progress) words='auto plain none' ;;
        --members | --vary | --set | --hasten | --from | --to | --as-known | --seed | --threads) return ;;
        *)
            words='--members --vary --engine --rules --set --hasten --from --to --as-known --replace --json --out --seed --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'flow counterfactual '*)
        case $prev in
        --out) files=yes ;;
        --engine) words='agents aggregate expected' ;;
        --rules) words='flee ajar' ;;
        --progress) words='auto plain none' ;;
        --close | --what-if | --draws | --members | --vary | --set | --hasten | --from | --to | --as-known | --seed | --threads) return ;;
        *)
            words='--close --what-if --draws --members --vary --engine --rules --set --hasten --from --to --as-known --replace --json --out --seed --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'flow calibrate '*)
        case $prev in
        --out) files=yes ;;
        --engine) words='agents aggregate' ;;
        --rules) words='flee ajar' ;;
        --progress) words='auto plain none' ;;
        --vary | --draws | --seeds | --keep | --set | --hasten | --from | --to | --as-known | --seed | --threads) return ;;
        *)
            words='--vary --quick --by-period --replace --draws --seeds --keep --engine --rules --set --hasten --from --to --as-known --json --out --seed --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'flow score '*)
        case $prev in
        --rows) files=yes ;;
        --rules) words='flee ajar' ;;
        --progress) words='auto plain none' ;;
        --draws | --seeds | --lag | --set | --hasten | --seed | --threads) return ;;
        *)
            words='--rows --draws --seeds --lag --rules --set --hasten --csv --json --seed --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'place solve '*)
        case $prev in
        --households | --localities | --scores | --links | --locks | --plan | --out) files=yes ;;
        --method) words='total leximin maxmin proportional floors' ;;
        --progress) words='auto plain none' ;;
        --on | --floor | --rounds | --time | --gap | --seed | --threads) return ;;
        *)
            words='--households --localities --scores --links --locks --on --method --floor --rounds --time --gap --plan --replace --json --out --seed --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'place mechanism '*)
        case $prev in
        --households | --localities | --scores | --links | --locks | --priorities | --endowment | --out) files=yes ;;
        --method) words='kda mttc tkda tkda-clinching mttce priority' ;;
        --progress) words='auto plain none' ;;
        --on | --least | --curve | --seed | --threads) return ;;
        *)
            words='--households --localities --scores --links --locks --priorities --on --method --endowment --least --curve --replace --json --out --seed --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'place arrivals '*)
        case $prev in
        --method) words='all greedy pot1 pot2 discord balance bid' ;;
        --progress) words='auto plain none' ;;
        --on | --past | --batches | --floor | --seed | --threads) return ;;
        *)
            words='--on --past --batches --method --floor --json --seed --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'place whatif '*)
        case $prev in
        --plan | --out) files=yes ;;
        --progress) words='auto plain none' ;;
        --on | --lock | --forbid | --free | --capacity | --moves | --seed | --threads) return ;;
        *)
            words='--plan --on --lock --forbid --free --capacity --moves --replace --json --out --seed --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'place explain '*)
        case $prev in
        --progress) words='auto plain none' ;;
        --on | --household | --locality | --threads) return ;;
        *)
            words='--on --household --locality --json --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'place check '*)
        case $prev in
        --households | --localities | --scores | --links | --locks) files=yes ;;
        --progress) words='auto plain none' ;;
        --on | --threads) return ;;
        *)
            words='--households --localities --scores --links --locks --on --json --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'place compare '*)
        case $prev in
        --progress) words='auto plain none' ;;
        --on | --threads) return ;;
        *)
            words='--on --json --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'place import '*)
        case $prev in
        --households | --localities | --map-households | --map-localities | --with | --out) files=yes ;;
        *)
            words='--households --localities --map-households --map-localities --with --replace --json --out --quiet --no-color --help'
            ;;
        esac
        ;;
    'place generate '*)
        case $prev in
        --out) files=yes ;;
        --households | --localities | --least | --most | --tight | --seed) return ;;
        *)
            words='--households --localities --least --most --tight --replace --json --out --seed --quiet --no-color --help'
            ;;
        esac
        ;;
    'aid split '*)
        case $prev in
        --out) files=yes ;;
        --unit) words='USD EUR' ;;
        --progress) words='auto plain none' ;;
        --budget | --alpha | --tranche | --draws | --stock-sd | --seed | --threads) return ;;
        *)
            words='--budget --unit --alpha --tranche --draws --stock-sd --replace --json --out --seed --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    'aid explain '*)
        case $prev in
        --unit) words='USD EUR' ;;
        --progress) words='auto plain none' ;;
        --host | --budget | --alpha | --tranche | --draws | --stock-sd | --seed | --threads) return ;;
        *)
            words='--host --budget --unit --alpha --tranche --draws --stock-sd --json --seed --threads --progress --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
            ;;
        esac
        ;;
    esac
    if [[ $files ]]; then
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
    else
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
    fi
}
complete -F _ajar ajar
