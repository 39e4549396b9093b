#!/bin/sh
# From the start of the process to the first question, and to the end of a decision: the fastest and the middle of RUNS
# runs (50 by default), in milliseconds. Builds nothing: run `cargo build --release` before.
set -eu
cd "$(dirname "$0")/.."
exec python3 - "${CAREPATH:-${CARGO_TARGET_DIR:-target}/release/carepath}" "${RUNS:-50}" <<'PYTHON'
import os, statistics, subprocess, sys, time

program, runs = sys.argv[1], int(sys.argv[2])

def until_asked(arguments):
    """Milliseconds until the prompt of the first question is there."""
    reader, writer = os.pipe()
    start = time.monotonic_ns()
    child = subprocess.Popen([program, *arguments], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=writer)
    os.close(writer)
    said = b""
    while not said.endswith(b"\n> "):
        more = os.read(reader, 65536)
        if not more:
            sys.exit(f"no question from {program}")
        said += more
    took = time.monotonic_ns() - start
    child.stdin.close()
    child.wait()
    os.close(reader)
    return took / 1e6

def until_ended(command):
    """Milliseconds until the process has ended."""
    start = time.monotonic_ns()
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (time.monotonic_ns() - start) / 1e6

def report(what, measure, argument):
    measure(argument)  # the first run reads the program from the disk
    times = [measure(argument) for _ in range(runs)]
    print(f"{what:40} fastest {min(times):6.1f} ms   middle {statistics.median(times):6.1f} ms")

report("carepath --plain: first question", until_asked, ["--plain"])
report("carepath --plain < /dev/null: ended", until_ended, [program, "--plain"])
report("carepath --version: ended", until_ended, [program, "--version"])
report("/bin/true, for comparison: ended", until_ended, ["/bin/true"])
PYTHON
