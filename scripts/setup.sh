#!/usr/bin/env bash
# Sets up what a target of the Makefile needs:  setup.sh run | dev | packages
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
    command -v espeak-ng >/dev/null || debian espeak-ng || echo "No voice: the TV will only chime."
    $VENV/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
    $VENV/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
    touch $VENV/ready
    ;;
  dev)
    $VENV/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
    # Beside the rest, not among it: it is called pygame like the one we ship.
    $VENV/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --upgrade \
      --target $VENV/pygame-ce -r requirements-pygame-ce.txt
    touch $VENV/ready-dev
    ;;
  packages)
    chromium=chromium
    command -v chromium >/dev/null && chromium=
    debian postgresql tesseract-ocr tesseract-ocr-vie xvfb espeak-ng systemd zbar-tools libzbar0 strace $chromium
    ;;
  *)
    echo "usage: setup.sh run | dev | packages" >&2
    exit 2
    ;;
esac
