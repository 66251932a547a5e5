#!/usr/bin/env bash
# Writes requirements.txt (what we ship), requirements-dev.txt (tests and lint), requirements-pygame-ce.txt (the board's
# other library, for its test), requirements-voice.txt (what listens to our voice in `make soak`) and
# requirements-mutation.txt (the operators of `make mutation`), every file with hashes.
set -euo pipefail
cd "$(dirname "$0")/.."
options=(--quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host
  --no-emit-find-links --no-header --resolver=backtracking)
PIP_FIND_LINKS="" .venv/bin/pip-compile "${options[@]}" --output-file requirements.txt setup.cfg requirements-build.in
PIP_FIND_LINKS="" .venv/bin/pip-compile "${options[@]}" --extra test --extra lint --output-file requirements-dev.txt setup.cfg requirements-build.in
PIP_FIND_LINKS="" .venv/bin/pip-compile "${options[@]}" --output-file requirements-pygame-ce.txt requirements-pygame-ce.in
PIP_FIND_LINKS="" .venv/bin/pip-compile "${options[@]}" --output-file requirements-voice.txt requirements-voice.in
# Only cosmic-ray itself: its operators need parso and attrs, its own runner twenty more, not all of them wheels.
whole=$(mktemp)
trap 'rm -f "$whole"' EXIT
[ -f requirements-mutation.txt ] && cp requirements-mutation.txt "$whole"
PIP_FIND_LINKS="" .venv/bin/pip-compile "${options[@]}" --output-file "$whole" requirements-mutation.in
awk '/^[^ ]/ {keep = /^cosmic-ray==/} keep' "$whole" >requirements-mutation.txt
