#!/bin/sh
# Make or refresh the virtual environment of this checkout: environment.sh LOCKED_REQUIREMENTS
# When it already holds what the files ask for, this takes a few milliseconds. Every failure ends in one sentence.
set -eu
cd "$(dirname "$0")/.."
locked=$1
folder=.venv
stamp=$folder/${locked%.txt}.installed
log=$(mktemp)
trap 'rm -f "$log"' EXIT

stop() {
    printf '%s\n' "$*" >&2
    exit 1
}

wanted() { # what the stamp of a finished installation holds: where, and which versions
    pwd
    cat "$locked" pyproject.toml
}

find_python() {
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    stop "Python 3.11 or newer is needed, and ${PYTHON:-python3} is missing, older or does not start."
}

install_venv_module() { # Debian ships venv's installer of pip as a package of its own
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    home=$("$python" -c 'import sys; print(sys.base_prefix)')
    if [ "$(id -u)" != 0 ] || [ "$home" != /usr ] || ! command -v apt-get >/dev/null; then
        stop "Python's module venv is missing: install it as root (on Debian: apt-get install python3-venv), then try again."
    fi
    echo "Installing $package..."
    export DEBIAN_FRONTEND=noninteractive
    if ! { apt-get update -qq && apt-get install -qq -y -o DPkg::Lock::Timeout=120 "$package"; } >"$log" 2>&1; then
        tail -n 5 "$log" >&2
        stop "Python's module venv is missing, and Debian's package $package could not be installed."
    fi
}

make_folder() {
    "$python" -m venv "$folder" >"$log" 2>&1 && return
    rm -rf "$folder"
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        install_venv_module
        "$python" -m venv "$folder" >"$log" 2>&1 && return
        rm -rf "$folder"
    fi
    tail -n 5 "$log" >&2
    stop "$python could not make a virtual environment in $(pwd)/$folder."
}

if wanted | cmp -s - "$stamp" && "$folder/bin/python" -c 'import sys' 2>/dev/null; then
    exit 0
fi
if ! "$folder/bin/python" -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    [ ! -e "$folder" ] || rm -rf "$folder"
    make_folder
fi
echo "Installing the locked dependencies ($locked): about a minute the first time..."
pip() { # its errors, not its warnings; uv, where there is one that reaches the packages, takes a fifth of the time
    if command -v uv >/dev/null && uv pip install --quiet --python "$folder/bin/python" "$@" 2>/dev/null; then
        return
    fi
    "$folder/bin/python" -m pip --disable-pip-version-check --no-input install -qq --no-compile "$@"
}
rm -f "$stamp"
pip --require-hashes --requirement "$locked" ||
    stop "The locked dependencies could not be installed; the lines above say why (often: no network)."
pip --no-deps --no-build-isolation --editable . ||
    stop "The project itself could not be installed in $folder; the lines above say why."
wanted >"$stamp"
