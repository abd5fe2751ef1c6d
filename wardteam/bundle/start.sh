#!/bin/sh
# Starts wardteam on a computer without a network; README.txt beside this file says more.
# Without arguments it shows the web pages; with arguments it runs that command: ./start.sh demo
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
place="$here/.venv"

if [ ! -x "$place/bin/python" ]; then
    python=
    for name in python3.11 python3 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' >/dev/null 2>&1; then
            python=$name
            break
        fi
    done
    if [ -z "$python" ]; then
        echo "需要 Python 3.11，本机没有找到。 / Python 3.11 is needed and was not found." >&2
        exit 1
    fi
    "$python" -m venv "$place"
fi
if [ ! -f "$place/installed" ]; then
    echo "首次启动，正在从本文件夹安装…… / First start: installing from this folder..."
    "$place/bin/python" -m pip install --quiet --disable-pip-version-check --no-index \
        --find-links "$here/wheels" --force-reinstall wardteam
    : >"$place/installed"
fi

: "${WARDTEAM_FOLDER:=$here/wardteam-data}"
export WARDTEAM_FOLDER
if [ $# -gt 0 ]; then
    exec "$place/bin/python" -m wardteam "$@"
fi
if [ ! -d "$WARDTEAM_FOLDER" ]; then
    "$place/bin/python" -m wardteam init
fi
exec "$place/bin/python" -m wardteam serve
