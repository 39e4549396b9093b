#!/bin/sh
# The fastest and the middle sample of the last `cargo bench --bench engine`, for one person or one load, in microseconds.
# On a machine that does other things, too, the fastest says more about the program than the mean does.
set -eu
cd "$(dirname "$0")/.."
exec python3 - "${CARGO_TARGET_DIR:-target}/criterion" <<'PYTHON'
import json, pathlib, statistics, sys

for sample in sorted(pathlib.Path(sys.argv[1]).glob("**/new/sample.json")):
    measured = json.loads(sample.read_text())
    about = json.loads(sample.with_name("benchmark.json").read_text())
    people = (about["throughput"] or {}).get("Elements", 1)
    times = [time / runs / people / 1000 for time, runs in zip(measured["times"], measured["iters"])]
    print(f"{about['full_id']:42} fastest {min(times):9.2f} µs   middle {statistics.median(times):9.2f} µs")
PYTHON
