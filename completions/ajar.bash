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
    '') words='run scenario aid help --help --version' ;;
    'help') words='run scenario aid' ;;
    'scenario') words='check show new' ;;
    'aid') words='split explain' ;;
    'help scenario') words='check show new' ;;
    'help aid') words='split explain' ;;
    esac
    case "$key " in
    'run '*)
        case $prev in
        --out) files=yes ;;
        --progress) words='auto plain none' ;;
        --draws | --seed | --threads) return ;;
        *)
            words='--replace --draws --json --out --seed --threads --progress --quiet --no-color --help'
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
        *)
            words='--json --quiet --no-color --help'
            [[ $cur == -* ]] || files=yes
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
