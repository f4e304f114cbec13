"""Every benchmark, one after the other: ``python -m benchmarks``. Each prints its own table of ratios."""

import subprocess
import sys

BENCHMARKS = (
    "benchmarks.commitments",
    "benchmarks.drafting",
    "benchmarks.documents",
    "benchmarks.feeds",
    "benchmarks.planning",
    "benchmarks.changes",
    "benchmarks.letters",
    "benchmarks.reminders",
)

if __name__ == "__main__":
    for name in BENCHMARKS:
        # A process of its own, so that none warms the caches or fills the memory of the next.
        print(f"\n{name}")
        subprocess.run([sys.executable, "-m", name], check=True)
