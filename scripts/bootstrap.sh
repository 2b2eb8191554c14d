# Sourced by demo.sh and test.sh: finds Python and uv, and sets up .venv as uv.lock pins it.
# Needs python3 (3.11 to 3.13) with pip; fetches from PyPI only; touches nothing outside this folder.

say() { printf '%s\n' "$*" >&2; }

python=
for candidate in ${FIRSTHAND_PYTHON:-} python3.12 python3.13 python3.11 python3; do
  if command -v "$candidate" >/dev/null 2>&1 &&
    "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
    python=$(command -v "$candidate")
    break
  fi
done
if [ -z "$python" ]; then
  say "firsthand needs Python 3.11, 3.12 or 3.13; none was found on PATH (on Debian: apt-get install python3)"
  exit 1
fi

# A home that cannot be written, or none, must not stop the set-up.
if [ ! -w "${HOME:-/nonexistent}" ]; then
  HOME=$root/.work/home
  mkdir -p "$HOME"
  export HOME
fi
export UV_PYTHON_DOWNLOADS=never UV_NO_PROGRESS=1 PIP_DISABLE_PIP_VERSION_CHECK=1

uv=$root/.tools/bin/uv
if ! "$uv" --version >/dev/null 2>&1; then
  if ! "$python" -m pip --version >/dev/null 2>&1; then
    say "pip is missing for $python (on Debian: apt-get install python3-pip)"
    exit 1
  fi
  say "installing uv into .tools"
  # --target needs neither venv nor root, and is allowed where Debian refuses a plain install.
  "$python" -m pip install --quiet --target "$root/.tools" --upgrade "uv==0.13.9" 2>"$root/.tools.log" || {
    cat "$root/.tools.log" >&2
    exit 1
  }
  rm -f "$root/.tools.log"
fi

# uv carries its own list of certificate authorities; a network that has one of its own puts it
# into the system's list, so that is tried when the first way fails.
sync() {
  "$uv" sync --quiet --frozen "$@" 2>/dev/null || UV_SYSTEM_CERTS=1 "$uv" sync --quiet --frozen "$@"
}
