#!/usr/bin/env bash
# Sets up what a target of the Makefile needs:  setup.sh run | dev | node | packages | office | voice
set -euo pipefail
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}
VENV=.venv

# Installs Debian packages that are missing, as root or with sudo, saying which.
debian() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  echo "Installing Debian packages: ${missing[*]}"
  local as=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Run as root, or install: ${missing[*]}" >&2; exit 1; }
    as=(sudo)
  fi
  "${as[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

venv() {
  "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed" >&2; exit 1; }
  if [ ! -x $VENV/bin/python ]; then
    if ! "$PYTHON" -c 'import ensurepip' 2>/dev/null; then
      debian python3-venv
    fi
    "$PYTHON" -m venv $VENV
  fi
}

case "${1:-run}" in
  run)
    venv
    command -v espeak-ng >/dev/null || (debian espeak-ng) || echo "No voice: the TV will only chime."
    $VENV/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
    $VENV/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
    touch $VENV/ready
    ;;
  dev)
    $VENV/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
    $VENV/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-mutation.txt
    # Beside the rest, not among it: it is called pygame like the one we ship.
    $VENV/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --upgrade \
      --target $VENV/pygame-ce -r requirements-pygame-ce.txt
    touch $VENV/ready-dev
    ;;
  node)
    # Any Node.js from 18.18 on that stands in PATH is taken as it is.
    command -v npm >/dev/null || debian nodejs npm
    npm ci --silent --ignore-scripts --no-audit --no-fund
    touch node_modules/ready
    ;;
  packages)
    chromium=chromium
    command -v chromium >/dev/null && chromium=
    if [ -n "$chromium" ] && grep -qs '^ID=ubuntu' /etc/os-release; then # its package is a snap
      command -v snap >/dev/null || { echo "The tests want Chromium, on Ubuntu a snap: install snapd" >&2; exit 1; }
      echo "Installing the snap chromium"
      snap install chromium >/dev/null
      chromium=
    fi
    # Tests run an nginx of their own; the one that its package starts is not wanted.
    command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || {
      debian nginx-light
      { command -v systemctl >/dev/null && systemctl disable --now nginx || service nginx stop; } >/dev/null 2>&1 || true
    }
    debian libnss3-tools postgresql tesseract-ocr tesseract-ocr-vie xvfb espeak-ng systemd zbar-tools libzbar0 strace libatomic1 libxss1 x11-xserver-utils xdotool $chromium
    ;;
  office)
    # Only the long runs open what we export in a spreadsheet program.
    debian libreoffice-writer-nogui libreoffice-calc-nogui
    ;;
  voice)
    # A recogniser that listens to our voice, and another machine's voice: for the long runs, in a folder of their own.
    cat requirements-voice.txt requirements-people.txt | cmp -s - $VENV/voice/requirements.txt && exit 0
    rm -rf $VENV/voice
    $VENV/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
      --target $VENV/voice -r requirements-voice.txt -r requirements-people.txt
    cat requirements-voice.txt requirements-people.txt > $VENV/voice/requirements.txt
    ;;
  *)
    echo "usage: setup.sh run | dev | node | packages | office | voice" >&2
    exit 2
    ;;
esac
