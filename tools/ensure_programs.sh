#!/bin/sh
# Tests drive Chromium and open Office files in LibreOffice. Install both where that is possible, else say how in one
# line each; in CI (CI set) the absence of either is a failure. `ensure_programs.sh browser` asks for Chromium only.
set -eu
lacking=0

# find COMMAND…: whether one of them is there.
find_one() {
    for command in "$@"; do command -v "$command" >/dev/null && return; done
    return 1
}

# ensure NAME PACKAGES COMMAND…
ensure() {
    name=$1 packages=$2
    shift 2
    if find_one "$@"; then return; fi
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing $packages"
        apt-get update -qq || true
        # shellcheck disable=SC2086 # several packages
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null || true
    fi
    if find_one "$@"; then return; fi
    echo "No $name on this machine: its tests need it; install it with: sudo apt-get install $packages" >&2
    lacking=1
}

ensure Chromium chromium chromium chromium-browser google-chrome
if [ "${1:-}" != browser ]; then
    ensure LibreOffice "libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui" soffice libreoffice
fi
[ -z "${CI:-}" ] || [ "$lacking" = 0 ]
