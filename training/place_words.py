"""Builds the list of words in names of places that the reader is trained with.

python training/place_words.py OUT_FILE

Words of the names of countries, first-order regions, seas and ranges, and of places with at least
LEAST people, but for common words of English. Source: GeoNames, as packaged (CC BY 4.0).
"""

# Run by hand, never imported by the package: types, seeds and messages may be plain.
# ruff: noqa: ANN201, D103

import io
import sys
from pathlib import Path

import pyarrow.parquet as pq

from firsthand.resources import read_bytes, read_words

LEAST = 30_000
WIDE = (0, 1, 2, 3, 6)
"""Kinds of the gazetteer taken whatever their population: countries, regions, seas, first-order areas."""


def words():
    table = pq.read_table(io.BytesIO(read_bytes("gazetteers/world.parquet")))
    english = read_words("gazetteers/english_words.tsv")
    found = set()
    for row in table.select(["kind", "name", "population"]).to_pylist():
        if row["kind"] in WIDE or row["population"] >= LEAST:
            found |= {
                word
                for word in row["name"].lower().replace("-", " ").split()
                if len(word) > 2 and word.isalpha() and word not in english
            }
    return sorted(found)


if __name__ == "__main__":
    head = (
        "# Words of place names from GeoNames, CC BY 4.0; built by training/place_words.py\nword\n"
    )
    Path(sys.argv[1]).write_text(head + "\n".join(words()) + "\n", encoding="utf-8")
