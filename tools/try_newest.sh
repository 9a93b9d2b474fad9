#!/bin/sh
# Run the tests that need no other program on the newest Python that is on this machine and known to work, in an environment of
# its own under build/. `make check` proves the oldest, and is alone in running what one Python decides for all (marked `once`).
set -eu
cd "$(dirname "$0")/.."
lock_hash=$(cat requirements-build.lock requirements-dev.lock pyproject.toml | sha256sum | cut -c1-16)

find_python() { # VERSION: the first interpreter of that version that really runs (pyenv's shims may not)
    for candidate in "python$1" "${PYENV_ROOT:-$HOME/.pyenv}/versions/$1".*/bin/python; do
        if "$candidate" -c "import sys; sys.exit('%d.%d' % sys.version_info[:2] != '$1')" 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
}

for version in 3.13 3.12; do
    python=$(find_python "$version")
    if [ -z "$python" ]; then
        echo "Python $version: not on this machine, not tried"
        continue
    fi
    venv=build/python$version
    stamp=$venv/installed-$lock_hash
    if [ ! -e "$stamp" ]; then
        # Compiled is what gets imported, by the first that does: most of it never is.
        tools/make_venv.sh "$python" "$venv" requirements-dev.lock --no-compile
        rm -f "$venv"/installed-*
        touch "$stamp"
    fi
    exec "$venv/bin/python" -m pytest -q -p no:cacheprovider --hypothesis-profile newest \
        -m "not browser and not office and not once"
done
