#!/usr/bin/env bash
# Write the four lock files anew from pyproject.toml: exact versions with hashes, for every Python from 3.11 on, and
# without the address of any package registry. Needs uv (pip install uv). `tools/lock.sh --upgrade` takes newer versions.
set -euo pipefail
cd "$(dirname "$0")/.."

lock() {
    local file=$1
    shift
    uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
        --no-header --no-emit-index-url --output-file "$file" "$@"
}

lock requirements-build.lock "$@" --group build
lock requirements.lock "$@" --constraints requirements-build.lock pyproject.toml
lock requirements-dev.lock "$@" --constraints requirements-build.lock --constraints requirements.lock --group dev pyproject.toml
lock requirements-bench.lock "$@" --constraints requirements-build.lock --constraints requirements-dev.lock --group bench pyproject.toml
