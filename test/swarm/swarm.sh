#!/bin/sh
# ajar-swarm under mpirun: the bytes of `ajar flow` on 1 to 4 ranks, checkpoints that survive kill -9, and
# what is refused.
set -u
cd "$(dirname "$0")/../.." || exit 1
swarm=$1
ajar=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0

if ! command -v mpirun >/dev/null 2>&1; then
    printf 'FAILED: there is no mpirun; deps/test.txt names its package\n0 passed, 1 failed\n'
    exit 1
fi
# Four processes on a small machine, also as root, without ssh, and where processes may not read each other;
# no search for networks.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_plm=isolated
export OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_hwloc_base_binding_policy=none
export OMPI_MCA_mpi_yield_when_idle=1 OMPI_MCA_btl_vader_single_copy_mechanism=none
export OMPI_MCA_pml=ob1 OMPI_MCA_btl=self,vader

# check WHAT COMMAND...
check() {
    what=$1
    shift
    if "$@" >"$scratch/check.log" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED: %s\n' "$what"
        sed 's/^/  | /' "$scratch/check.log" | head -20
    fi
}

same() { diff -r "$1" "$2"; }

# on RANKS WORDS...: its messages to swarm.log, its exit code to the caller.
on() {
    ranks=$1
    shift
    timeout 100 mpirun -n "$ranks" "$swarm" "$@" >"$scratch/swarm.log" 2>&1
}

# mpirun waits two seconds before it calls a failure one; where no rank is left, it need not.
on_failing() {
    export OMPI_MCA_odls_base_sigkill_timeout=0
    on "$@"
    got=$?
    unset OMPI_MCA_odls_base_sigkill_timeout
    return $got
}

# refused CODE SLUG RANKS WORDS...: ends with the code, and says why once.
refused() {
    want=$1
    slug=$2
    shift 2
    on_failing "$@"
    cat "$scratch/swarm.log"
    [ "$got" -eq "$want" ] && [ "$(grep -cF "[$slug]" "$scratch/swarm.log")" -eq 1 ]
}

# The processes of a running mpirun.
ranks_of() { grep -lE "^PPid:[[:space:]]*$1\$" /proc/[0-9]*/status 2>/dev/null | cut -d/ -f3; }

mali=scenarios/mali2012
burundi=$scratch/burundi
"$ajar" flow import test/flow/data/burundi2015 --out "$burundi" -q >/dev/null || exit 1

# ---- The bytes of the single binary ----

"$ajar" flow run "$burundi" --to 2015-09-30 --out "$scratch/run" -q >/dev/null || exit 1
"$ajar" flow run $mali --rules ajar --seed 7 --set awareness=2 --from 2012-03-01 --to 2012-06-30 \
    --out "$scratch/run-ajar" -q >/dev/null || exit 1
"$ajar" flow ensemble $mali --engine agents --hasten 10 --members 6 --vary camp_weight=1..4:log \
    --to 2012-06-30 --out "$scratch/members" -q >/dev/null || exit 1
"$ajar" flow ensemble $mali --members 5 --to 2012-06-30 --seed 3 --out "$scratch/aggregate" -q >/dev/null || exit 1
for ranks in 1 2 3 4; do
    on "$ranks" run "$burundi" --to 2015-09-30 --out "$scratch/run-$ranks"
    check "a run on $ranks ranks" same "$scratch/run" "$scratch/run-$ranks"
    on "$ranks" ensemble $mali --engine agents --hasten 10 --members 6 --vary camp_weight=1..4:log \
        --to 2012-06-30 --out "$scratch/members-$ranks"
    check "an ensemble on $ranks ranks" same "$scratch/members" "$scratch/members-$ranks"
done
on 3 run $mali --rules ajar --seed 7 --set awareness=2 --from 2012-03-01 --to 2012-06-30 --threads 2 \
    --out "$scratch/run-ajar-3"
check "the rules of Ajar, days cut out, threads" same "$scratch/run-ajar" "$scratch/run-ajar-3"
on 2 ensemble $mali --members 5 --to 2012-06-30 --seed 3 --out "$scratch/aggregate-2"
check "an ensemble of the aggregate engine" same "$scratch/aggregate" "$scratch/aggregate-2"
"$swarm" run "$burundi" --to 2015-09-30 --out "$scratch/run-alone" -q >"$scratch/alone.log" 2>&1
# The page is written by hand: every option of the help stands in it, and no other.
pages_agree() {
    "$swarm" --help | grep -o -- '--[a-z-]*' | sort -u >"$scratch/help-options"
    sed -n 's/^\.It .*Fl \\-\([a-z-]*\).*/--\1/p' src/swarm/ajar-swarm.1 | sort -u >"$scratch/page-options"
    diff "$scratch/help-options" "$scratch/page-options"
}
check "the man page has the options of the help" pages_agree

check "without mpirun" same "$scratch/run" "$scratch/run-alone"
check "-q says nothing" test ! -s "$scratch/alone.log"

# ---- A run that is killed ----

whole="$scratch/whole"
"$ajar" flow run "$burundi" --out "$whole" -q >/dev/null || exit 1
on 2 run "$burundi" --out "$scratch/kept" --checkpoint "$scratch/kept-saved" --every 50
check "checkpoints change no byte" same "$whole" "$scratch/kept"
check "one checkpoint remains" test "$(find "$scratch/kept-saved" -type f | wc -l)" -eq 4

# end_at SIGNAL WHOM: starts a run on two ranks and sends the signal, to a rank or to mpirun, once there is a
# checkpoint.
end_at() {
    rm -rf "$scratch/saved" "$scratch/broken"
    mpirun -n 2 "$swarm" run "$burundi" --out "$scratch/broken" --checkpoint "$scratch/saved" --every 1 \
        >"$scratch/swarm.log" 2>&1 &
    job=$!
    while [ ! -f "$scratch/saved/checkpoint.json" ] && [ -d "/proc/$job" ]; do
        sleep 0.01
    done
    if [ "$2" = rank ]; then
        kill "-$1" "$(ranks_of $job | tail -1)"
    else
        kill "-$1" $job
    fi
    wait $job
    ended=$?
    cat "$scratch/swarm.log"
    [ $ended -ne 0 ] && [ ! -e "$scratch/broken" ] && [ -f "$scratch/saved/checkpoint.json" ]
}
go_on() {
    on 2 run "$burundi" --out "$scratch/broken" --checkpoint "$scratch/saved" --every 90 --resume &&
        grep -q '^Going on from day' "$scratch/swarm.log" && same "$whole" "$scratch/broken"
}
check "kill -9 of a rank ends the job, without a result" end_at KILL rank
check "and a restart gives the bytes of the unbroken run" go_on
check "Ctrl-C ends the job with a checkpoint" end_at INT mpirun
check "and says so once" test "$(grep -c 'base.cancelled' "$scratch/swarm.log")" -eq 1
# What a kill between the parts of a newer checkpoint leaves.
printf 'x' >"$scratch/saved/rank-1.day-395.snapshot"
printf 'x' >"$scratch/saved/rank-0.day-395.snapshot.part-1"
printf 'x' >"$scratch/saved/days-395.counts"
check "a half-made newer checkpoint is passed over" go_on
check "and removed" test -z "$(find "$scratch/saved" -name '*395*')"
check "--resume without a checkpoint begins anew" on 2 run "$burundi" --to 2015-09-30 \
    --out "$scratch/anew" --checkpoint "$scratch/nothing" --resume
check "with the same bytes" same "$scratch/run" "$scratch/anew"

# ---- An ensemble that is killed ----

"$ajar" flow ensemble $mali --engine agents --members 12 --out "$scratch/twelve" -q >/dev/null || exit 1
ensemble="ensemble $mali --engine agents --members 12 --checkpoint $scratch/done --out $scratch/broken12"
end_ensemble() {
    # shellcheck disable=SC2086  # words on purpose
    mpirun -n 2 "$swarm" $ensemble >"$scratch/swarm.log" 2>&1 &
    job=$!
    while [ ! -f "$scratch/done/member-1.camps" ] && [ -d "/proc/$job" ]; do
        sleep 0.01
    done
    kill -KILL "$(ranks_of $job | head -1)"
    wait $job
    ended=$?
    [ $ended -ne 0 ] && [ ! -e "$scratch/broken12" ]
}
check "kill -9 ends an ensemble" end_ensemble
touch -d 2001-01-01 "$scratch/done/member-1.camps"
# shellcheck disable=SC2086
check "which goes on" on 3 $ensemble
check "with the same bytes" same "$scratch/twelve" "$scratch/broken12"
check "and members that were done are not done again" \
    test "$(find "$scratch/done" -name member-1.camps -newermt 2002-01-01 | wc -l)" -eq 0
# shellcheck disable=SC2086
check "members of another seed" refused 3 flow.snapshot 2 $ensemble --replace --seed 2

# ---- What is refused ----

cp -r "$scratch/kept-saved" "$scratch/torn"
resume="run $burundi --out $scratch/no --checkpoint $scratch/kept-saved --resume"
# shellcheck disable=SC2086
{
    check "another number of ranks" refused 3 flow.snapshot 3 $resume
    check "another seed" refused 3 flow.snapshot 2 $resume --seed 2
    check "other rules" refused 3 flow.snapshot 2 $resume --rules ajar
    check "a day outside the run" refused 3 flow.snapshot 2 $resume --to 2015-05-02
}
printf 'x' | dd of="$scratch/torn/rank-1.day-350.snapshot" bs=1 seek=200 conv=notrunc 2>/dev/null
check "a damaged snapshot" refused 3 flow.snapshot 2 run "$burundi" --out "$scratch/no" \
    --checkpoint "$scratch/torn" --resume
check "which is named" grep -q "rank-1.day-350" "$scratch/swarm.log"
rm "$scratch/torn/rank-1.day-350.snapshot"
check "a missing snapshot" refused 3 file.open 2 run "$burundi" --out "$scratch/no" \
    --checkpoint "$scratch/torn" --resume
check "a checkpoint that would be lost" refused 5 file.exists 2 run "$burundi" --out "$scratch/no" \
    --checkpoint "$scratch/kept-saved"
check "a result that stands" refused 5 file.exists 2 run "$burundi" --out "$scratch/run"
check "no such scenario" refused 3 file.folder 2 run "$scratch/none" --out "$scratch/no"
check "no such option" refused 2 usage.option.unknown 2 run "$burundi" --ot "$scratch/no"
check "no such verb" refused 2 usage.verb.unknown 2 runn "$burundi"
check "a day outside the flow" refused 2 flow.option 2 run "$burundi" --out "$scratch/no" --to 2030-01-01
check "a range that is none" refused 2 flow.range 2 ensemble "$burundi" --out "$scratch/no" --vary camp_weight
check "a parameter that is none" refused 2 flow.option 2 run "$burundi" --out "$scratch/no" --set camps=1
cp -r "$burundi" "$scratch/wrong"
printf 'Nowhere,Bujumbura,12\n' >>"$scratch/wrong/flow/roads.csv"
on_failing 2 run "$scratch/wrong" --out "$scratch/no"
check "a faulty scenario" test $? -eq 3
check "shown once" test "$(grep -c 'roads.csv:' "$scratch/swarm.log")" -eq 1
export OMPI_MCA_odls_base_sigkill_timeout=0
mpirun -n 1 "$swarm" run "$burundi" --out "$scratch/no" : -n 1 "$swarm" run $mali --out "$scratch/no" \
    >"$scratch/swarm.log" 2>&1
check "ranks that read different files" grep -q 'reads other data than rank 0' "$scratch/swarm.log"
check "none of them wrote" test ! -e "$scratch/no"

on 2 --help
check "help begins with examples" test "$(grep -n '^Examples' "$scratch/swarm.log" | cut -d: -f1)" -lt \
    "$(grep -n '^Options' "$scratch/swarm.log" | head -1 | cut -d: -f1)"
check "help comes once" test "$(grep -c '^Usage' "$scratch/swarm.log")" -eq 1
on 2 --version
check "the version" grep -qx "$("$ajar" --version | sed 's/^ajar/ajar-swarm/')" "$scratch/swarm.log"

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
