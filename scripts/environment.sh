# Sourced by the other scripts: makes the project's private virtual environment, once.
#
#   . "$root/scripts/environment.sh"; prepare_environment EXTRA     (EXTRA: "" or an extra of pyproject.toml)
#
# Needs $root, the folder of pyproject.toml. Sets $python to the interpreter of $root/.venv.
# Everything it says goes to standard error. POSIX sh.

fail() {
    printf 'error: %s\n' "$1" >&2
    exit 2
}

# An interpreter that can run the project: $PYTHON if set, else the first that is Python >= 3.11.
find_python() {
    suitable='import sys; sys.exit(sys.version_info < (3, 11))'
    if [ -n "${PYTHON:-}" ]; then
        "$PYTHON" -c "$suitable" 2>/dev/null </dev/null ||
            fail "PYTHON=$PYTHON is not a Python 3.11 or newer"
        printf '%s\n' "$PYTHON"
        return
    fi
    for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$candidate" -c "$suitable" >/dev/null 2>&1 </dev/null; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    fail "no Python 3.11 or newer found; install one, or name it: PYTHON=/path/to/python $0"
}

prepare_environment() {
    extra=$1
    environment="$root/.venv"
    base=$(find_python) || exit 2
    python="$environment/bin/python"

    # What the environment depends on. A moved project, another Python or a changed
    # pyproject.toml each make it stale.
    wanted=$(cd "$root" && "$base" -c '
import hashlib, os, pathlib, sys
project = hashlib.sha256(pathlib.Path("pyproject.toml").read_bytes()).hexdigest()
print(os.getcwd(), sys.version.split()[0], project)
') || fail "cannot read $root/pyproject.toml"
    stamp="$environment/installed-${extra:-base}"
    if [ -x "$python" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
        return
    fi

    "$base" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "$base has no 'venv' module (on Debian: apt-get install python3-venv)"
    log="$root/.venv-install.log"
    printf 'preparing %s (once) ...\n' "$environment" >&2
    # A stamp of this folder and this Python means that only the dependencies are out of date.
    if ! grep -qsF -- "${wanted% *} " "$environment"/installed-*; then
        "$base" -m venv --clear "$environment" >"$log" 2>&1 </dev/null ||
            explain_failure "cannot create the virtual environment $environment"
    fi
    (cd "$root" && exec "$python" -m pip install --quiet --disable-pip-version-check \
        --editable ".${extra:+[$extra]}") >"$log" 2>&1 </dev/null ||
        explain_failure "cannot install the project and its dependencies (is the package index within reach?)"
    rm -f "$log"
    printf '%s\n' "$wanted" >"$stamp"
}

explain_failure() {
    tail -n 15 "$log" >&2
    fail "$1 (the whole log: $log)"
}
