#!/bin/sh
# bare.sh [FOLDER [test]]: what a stranger sees first.  A bare root of Debian in FOLDER (build/bare when none is given),
# a fresh clone of this tree's last commit in it, `./run demo` twice with what it takes, installation included, then
# with `test` `./run test`.
#   Needs root, mmdebstrap and git, and Debian's archive; `test` needs npm's registry too.  What a machine has of its
# own to reach them goes into the root by BARE_KEEP: files, copied to the same path.
set -eu
cd "$(dirname "$0")/../.."
root=$(realpath -m "${1:-build/bare}")

# From here on in mounts of its own, which end with it.
if [ "${BARE_MOUNTS:-}" != own ]; then
    BARE_MOUNTS=own exec unshare --mount "$0" "$@"
fi

rm -rf --one-file-system "$root"
mkdir -p "$root"
mmdebstrap --variant=apt --aptopt='APT::Sandbox::User "root"' bookworm "$root" >"$root.log" 2>&1 || {
    tail -n 5 "$root.log"
    exit 1
}
for file in /etc/resolv.conf /etc/hosts ${BARE_KEEP:-}; do
    mkdir -p "$root$(dirname "$file")"
    cp -rL "$file" "$root$file"
done
git clone -q . "$root/srv/ajar"
for mount in proc dev sys; do
    mount --rbind "/$mount" "$root/$mount"
done

# timed WHAT COMMAND: in the clone; what it says goes to FOLDER.log.
timed() {
    begun=$(date +%s.%N)
    code=0
    HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 chroot "$root" sh -c "cd /srv/ajar && $2" >>"$root.log" 2>&1 || code=$?
    printf '%-12s exit %d  %.1f s\n' "$1" "$code" "$(awk "BEGIN {print $(date +%s.%N) - $begun}")"
    [ "$code" -eq 0 ] || tail -n 30 "$root.log"
}
timed "demo" "./run demo"
timed "demo again" "./run demo"
if [ "${2:-}" = test ]; then
    timed "test" "./run test"
    tail -n 2 "$root.log"
fi
