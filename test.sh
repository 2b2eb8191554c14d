#!/bin/sh
# Runs every check and test of firsthand; says loudly what it had to leave out.
# usage: sh test.sh [--quick]     --quick leaves out browser tests and other Pythons
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cd "$root"
. scripts/bootstrap.sh
began=$(date +%s)
quick=
[ "${1:-}" = --quick ] && quick=1
left_out=

sync --python "$python"
bin=$root/.venv/bin

if [ -z "$quick" ] && ! command -v chromium >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "installing Debian's chromium for the browser tests"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 || true
  fi
  command -v chromium >/dev/null 2>&1 ||
    left_out="$left_out
  - browser tests: no chromium (as root on Debian: apt-get install chromium)"
fi
[ -d "${FIRSTHAND_SHARED:-../shared}" ] || left_out="$left_out
  - tests on real pages: ../shared is not there"

say "== ruff"
"$bin/ruff" format --check --quiet src tests bench tools examples
"$bin/ruff" check --quiet src tests bench tools examples
say "== mypy"
"$bin/mypy"
say "== import contract"
"$bin/lint-imports" --no-cache >/dev/null || { "$bin/lint-imports" --no-cache; exit 1; }
say "== dependencies"
"$bin/deptry" src
say "== pytest"
"$bin/python" -m pytest -n 2 --dist worksteal --cov --cov-report= -m "not browser"
if [ -z "$quick" ]; then
  # Apart from the others: the browser's driver keeps an event loop running in its process.
  say "== browser"
  "$bin/python" -m pytest --cov --cov-append --cov-report= -m browser
fi
"$bin/python" -m coverage combine --append --quiet 2>/dev/null || true
"$bin/python" -m coverage report --include='src/firsthand/model/*,src/firsthand/trace/*,src/firsthand/link/*,src/firsthand/store/*,src/firsthand/engine/*' --fail-under=95 ||
  { say "coverage of the core is under 95 %"; exit 1; }

if [ -z "$quick" ]; then
  for version in 3.12 3.13; do
    # A name on PATH may be a stand-in that runs nothing, so it is asked.
    if "python$version" -c 'import sys' >/dev/null 2>&1 && [ "$(command -v "python$version")" != "$python" ]; then
      say "== pytest on Python $version"
      UV_PROJECT_ENVIRONMENT=.work/venv-$version sync --python "python$version"
      ".work/venv-$version/bin/python" -m pytest -q -n 2 -m "not browser and not slow"
    else
      left_out="$left_out
  - Python $version: not found, untested here"
    fi
  done
fi
say "all checks passed in $(($(date +%s) - began)) s${left_out:+; LEFT OUT:$left_out}"
