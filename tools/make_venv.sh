#!/bin/sh
# make_venv.sh PYTHON VENV LOCK [OPTION…]
#
# Make or complete the virtual environment VENV: first what builds (requirements-build.lock, pip itself included), then
# LOCK, then this checkout. Everything that is downloaded is checked against a hash; nothing is built in isolation,
# because an isolated build would fetch its tools unchecked. OPTIONs are pip's, for what LOCK names.
set -eu
python=$1 venv=$2 lock=$3
shift 3
cd "$(dirname "$0")/.."

if ! "$venv/bin/python" -c '' 2>/dev/null; then
    [ -n "$python" ] || { echo "Python 3.11 or newer is needed: install it, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
    # Debian's Python without its package python3-venv makes no environment with pip in it; its own pip can fill one.
    "$python" -m venv --clear "$venv" >/dev/null 2>&1 || "$python" -m venv --clear --without-pip "$venv"
fi
if "$venv/bin/python" -c 'import pip' 2>/dev/null; then
    pip() { "$venv/bin/python" -m pip "$@"; }
else
    pip() { "$python" -m pip --python "$venv/bin/python" "$@"; }
fi

echo "Installing $lock into $venv"
pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-build.lock
pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation --use-pep517 -r "$lock" "$@"
pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
pip check
