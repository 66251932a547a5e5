#!/usr/bin/env bash
# Runs `make demo` and `make test` on a bare machine: a root made by debootstrap with python3, make and git only.
# (On Ubuntu the demonstration only: its Chromium is a snap, which cannot be installed into a root.)
#   fresh.sh [suite …]   bookworm (Debian 12) and noble (Ubuntu 24.04) unless named
# What is committed is tried. FRESH_FOLDER keeps the bare roots for the next time (otherwise a temporary folder, removed
# at the end); FRESH_TEST_OPTIONS are options and paths for pytest in place of the whole suite. The root uses this
# machine's package mirrors, certificates and pip settings, and its network. Needs root and debootstrap.
set -euo pipefail
cd "$(dirname "$0")/.."
SCRIPTS=/usr/share/debootstrap/scripts

[ "$(id -u)" -eq 0 ] || { echo "make fresh makes a root and enters it: run it as root" >&2; exit 1; }
[ -d $SCRIPTS ] || { echo "make fresh needs debootstrap: apt-get install debootstrap" >&2; exit 1; }

FOLDER=${FRESH_FOLDER:-$(mktemp -d)}
mkdir -p "$FOLDER/packages"
mounts=()

leave() {
  local place
  for ((place = ${#mounts[@]} - 1; place >= 0; place--)); do umount -l "${mounts[place]}" || true; done
  mounts=()
}
finish() {
  leave
  [ -n "${FRESH_FOLDER:-}" ] || rm -rf --one-file-system "$FOLDER"
}
trap finish EXIT

say() { echo "fresh: $*"; }

is_debian() { [ "$1" = bookworm ]; }

# The mirror of this machine, if it runs the same distribution.
own_mirror() {
  is_debian "$1" && grep -qs '^ID=debian' /etc/os-release || return 0
  sed -n 's/^URIs: *//p; s/^deb \(\[[^]]*\] \)\?\([^ ]*\) .*/\2/p' \
    /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null | head -n 1
}

make_root() {
  local suite=$1 root=$2 arguments=(--variant=minbase --include=python3,make,git --cache-dir="$FOLDER/packages")
  rm -rf --one-file-system "$root"
  mkdir -p "$root"
  if [ -e "$FOLDER/packages/$suite.tar" ]; then
    tar -xf "$FOLDER/packages/$suite.tar" -C "$root"
    return
  fi
  if is_debian "$suite"; then
    arguments+=("$suite" "$root")
    [ -z "$(own_mirror "$suite")" ] || arguments+=("$(own_mirror "$suite")")
  else
    # debootstrap of Debian has no keyring of Ubuntu; its script for all newer Ubuntus is called gutsy
    [ -e /usr/share/keyrings/ubuntu-archive-keyring.gpg ] || arguments+=(--no-check-gpg)
    arguments+=(--components=main,universe "$suite" "$root" "$(sed -n 's/^\tdefault_mirror \(.*archive.*\)/\1/p' $SCRIPTS/gutsy | head -n 1)")
    [ -e "$SCRIPTS/$suite" ] || arguments+=("$SCRIPTS/gutsy")
  fi
  debootstrap "${arguments[@]}" >"$FOLDER/$suite-debootstrap.log" 2>&1 || return
  [ -z "${FRESH_FOLDER:-}" ] || tar -cf "$FOLDER/packages/$suite.tar" -C "$root" .
}

mount_in() { # root, arguments of mount, place in the root
  local root=$1 place=${*: -1}
  mkdir -p "$root$place"
  mount "${@:2:$#-2}" "$root$place"
  mounts+=("$root$place")
}

enter() { # suite, root: mounts, network and the machine's settings
  local suite=$1 root=$2 file
  mount_in "$root" --bind "$root" / # a place of its own, in which programs may mount
  mount_in "$root" -t proc proc /proc
  mount_in "$root" --rbind /sys /sys
  mount_in "$root" -t tmpfs -o mode=755 tmpfs /dev
  for file in null zero full random urandom tty; do touch "$root/dev/$file"; mount_in_file "$root" "/dev/$file"; done
  ln -s /proc/self/fd "$root/dev/fd"
  ln -s pts/ptmx "$root/dev/ptmx"
  mount_in "$root" -t devpts -o newinstance,ptmxmode=0666 devpts /dev/pts
  mount_in "$root" -t tmpfs -o mode=1777 tmpfs /dev/shm
  cp /etc/resolv.conf /etc/hosts "$root/etc/"
  mkdir -p "$root/etc/xdg" "$root/root/.config"
  cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/machine-certificates.crt"
  [ ! -e ~/.npmrc ] || cp ~/.npmrc "$root/root/"
  [ ! -d ~/.config/pip ] || cp -r ~/.config/pip "$root/root/.config/"
  [ ! -e /etc/pip.conf ] || cp /etc/pip.conf "$root/etc/"
  [ ! -d /etc/xdg/pip ] || cp -r /etc/xdg/pip "$root/etc/xdg/"
  for file in $(pip_folders); do mount_in "$root" --bind -o ro "$file" "$file"; done
  if is_debian "$suite" && grep -qs '^ID=debian' /etc/os-release; then
    rm -f "$root/etc/apt/sources.list"
    cp /etc/apt/sources.list "$root/etc/apt/" 2>/dev/null || true
    cp /etc/apt/sources.list.d/debian.sources "$root/etc/apt/sources.list.d/" 2>/dev/null || true
  fi
  for file in $(grep -lrsi '^ *acquire' /etc/apt/apt.conf.d); do cp "$file" "$root/etc/apt/apt.conf.d/"; done
}

mount_in_file() {
  mount --bind "$2" "$1$2"
  mounts+=("$1$2")
}

# Folders that pip of this machine is told to look in.
pip_folders() {
  local word
  for word in $(python3 -m pip config list 2>/dev/null | grep -oE "(find-links|index-url)='[^']*'" | cut -d"'" -f2); do
    word=${word#file://}
    word=${word%/simple} # an index lies beside the files that it names
    case $word in /*) [ ! -d "$word" ] || echo "$word" ;; esac
  done | sort -u
}

inside() { # root, command …
  local root=$1 kept=() line
  shift
  while IFS= read -r line; do kept+=("$line"); done < <(env | grep -E '^(PIP_|npm_config_|NPM_CONFIG_|https?_proxy=|HTTPS?_PROXY=|no_proxy=|NO_PROXY=)' | grep -v ^PIP_CERT)
  # the root of a mount namespace, not a chroot: in a chroot no program makes a user namespace, Chromium's sandbox neither
  unshare --mount --propagation private bash -c 'cd "$0" && mkdir -p before && pivot_root . before && cd / && exec "$@"' "$root" \
    env -i HOME=/root LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "${kept[@]}" \
    PIP_CERT=/etc/machine-certificates.crt NODE_EXTRA_CA_CERTS=/etc/machine-certificates.crt \
    bash -c 'umount -l /before && rmdir /before && cd /product && "$@"' bash "$@"
}

demo_answers() {
  local suite=$1 root=$2 port log="$FOLDER/$1-demo.log" began=$SECONDS pid
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  set -m # a process group of its own
  inside "$root" make demo PORT="$port" >"$log" 2>&1 &
  pid=$!
  set +m
  until python3 -c "import urllib.request as u; u.urlopen('http://127.0.0.1:$port/', timeout=5)" 2>/dev/null; do
    if ! kill -0 $pid 2>/dev/null || [ $((SECONDS - began)) -gt 900 ]; then
      tail -n 30 "$log"
      kill -KILL -- -$pid 2>/dev/null || true
      return 1
    fi
    sleep 1
  done
  say "$suite: the demonstration answers after $((SECONDS - began)) s"
  kill -INT -- -$pid
  wait $pid || true
}

try_suite() {
  local suite=$1 root="$FOLDER/$1" began=$SECONDS
  if ! make_root "$suite" "$root"; then
    tail -n 5 "$FOLDER/$suite-debootstrap.log"
    if is_debian "$suite"; then return 1; fi
    say "$suite: not tried, no mirror has it for debootstrap here"
    return 0
  fi
  git clone --quiet . "$root/product"
  enter "$suite" "$root"
  say "$suite: a bare root after $((SECONDS - began)) s"
  demo_answers "$suite" "$root" || return 1
  if is_debian "$suite"; then
    inside "$root" make test TEST_OPTIONS="${FRESH_TEST_OPTIONS:-}" || return 1
    say "$suite: make test is green after $((SECONDS - began)) s"
  else
    say "$suite: the tests want Chromium, which Ubuntu has as a snap only, and a snap needs a running machine"
  fi
  leave
}

[ $# -gt 0 ] || set -- bookworm noble
for suite in "$@"; do try_suite "$suite"; done
