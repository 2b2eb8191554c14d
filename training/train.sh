#!/bin/sh
# Builds the windows and trains: train.sh SHARED_DATA BASE_MODEL OUT
set -e
here=$(dirname "$0")
python "$here/data.py" "$1" "$3/data"
exec python "$here/train.py" --data "$3/data" --base "$2" --out "$3"
