"""The yardstick: one pass over the text of a pile, CPU seconds of one thread.

    python bench/pass.py [--pages 2000] [--seed 1]

Finds the words and hashes every five of them in a row, as plain Python does it.
"""

import argparse
import re
import time
from collections.abc import Iterable

import xxhash

from generate import generate


def one_pass(texts: Iterable[str]) -> int:
    """Hash every five words in a row; return how many there were."""
    count = 0
    for text in texts:
        words = re.findall(r"\w+", text.lower())
        for at in range(len(words) - 4):
            xxhash.xxh3_64_intdigest(" ".join(words[at : at + 5]).encode())
            count += 1
    return count


def cpu_seconds_of_pass(texts: Iterable[str]) -> float:
    """CPU seconds of one pass over some texts."""
    start = time.process_time()
    one_pass(texts)
    return time.process_time() - start


def main() -> None:
    """Print seconds and megabytes a second."""
    parser = argparse.ArgumentParser(description="Time one plain pass over a generated pile.")
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    texts = [page.text for page in generate(args.pages, args.seed, form="jsonl")]
    size = sum(len(text.encode()) for text in texts) / 1e6
    seconds = cpu_seconds_of_pass(texts)
    print(f"{args.pages} pages, {size:.1f} MB: {seconds:.2f} CPU s, {size / seconds:.1f} MB/s")


if __name__ == "__main__":
    main()
