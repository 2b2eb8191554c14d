#!/bin/sh
# Runs firsthand on the pile that ships with it, and serves the result.
# usage: sh demo.sh [--check]     --check fetches the first page from itself and ends
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cd "$root"
. scripts/bootstrap.sh
sync --no-dev --inexact --python "$python"
exec .venv/bin/firsthand demo "$@"
