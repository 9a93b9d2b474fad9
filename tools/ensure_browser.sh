#!/bin/sh
# The browser tests and the PNG export drive Chromium. Install it where that is possible, else say how in one line;
# in CI (CI set) its absence is a failure.
set -eu
has_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

if has_browser >/dev/null; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing chromium"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null || true
fi
if has_browser >/dev/null; then exit 0; fi
echo "No Chromium on this machine: browser tests need it; install it with: sudo apt-get install chromium" >&2
[ -z "${CI:-}" ]
