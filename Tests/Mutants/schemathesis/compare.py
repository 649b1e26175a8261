#!/usr/bin/env python3
"""Puts the faults of Tests/Mutants to schemathesis, and prints what it finds beside what ctconform finds.

    compare.py JUDGE [--examples N] [--only FAULT,...] [--judged FILE] [--markdown FILE]

JUDGE is the built command judge-mutants. schemathesis is installed into a virtual environment under .build unless one
is there. It is given the spec, the secret, an owner's token (hooks.py) and the path at which the fault shows. It has
found a fault when it reports a failure that it does not report there for the deployment without a fault. Seconds are
of the processor: what else the machine does then counts for nothing. ctconform's include the deployment's own.
"""

import argparse
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
VERSION = "4.32.5"


def schemathesis():
    """The command, installed when it is not there."""
    folder = pathlib.Path(".build/schemathesis")
    command = folder / "bin" / "schemathesis"
    if not command.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin" / "pip", "install", "--quiet", f"schemathesis=={VERSION}"], check=True)
    return str(command.absolute())


class Deployment:
    """A faulty deployment, or the one without a fault, while it is judged."""

    def __init__(self, judge, fault):
        self.process = subprocess.Popen(
            [judge, "--serve", fault], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.url = self.process.stdout.readline().strip()
        if not self.url.startswith("http"):
            sys.exit(f"compare: {judge} --serve {fault}: {self.url or 'no address'}")

    def __enter__(self):
        return self.url

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


def run(command, spec, url, path, examples, folder):
    """What it reports of a path, by code and operation, and how many seconds of the processor that took."""
    report = pathlib.Path(folder, "report.json")
    report.unlink(missing_ok=True)
    words = [command, "run", spec, "--url", url, "--phases", "examples,coverage,fuzzing", "--seed", "1"]
    words += ["--max-examples", str(examples), "--no-shrink", "--continue-on-failure", "--request-timeout", "5"]
    # A stream has no end that it could wait for.
    words += ["--include-path", path] if path else ["--exclude-path", "/events/stream"]
    words += ["--warnings", "off"]
    words += ["--report", "json", "--report-json-path", str(report)]
    environment = os.environ | {
        "CT_WEBHOOK_SECRET": "secret", "CT_TOKEN_OWNER": "TOKEN_OWNER", "SCHEMATHESIS_HOOKS": str(HERE / "hooks.py")
    }
    start = used_by_children()
    try:
        subprocess.run(words, env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)
    except subprocess.TimeoutExpired:
        return {("timeout", "")}, used_by_children() - start
    seconds = used_by_children() - start
    if not report.exists():
        return {("no report", "")}, seconds
    told = json.loads(report.read_text())
    found = {(f["code"], o) for f in told.get("failures", []) for o in f.get("operations", [])}
    if told.get("errors"):
        found.add(("error", ""))
    return found, seconds


def used_by_children():
    """Seconds of the processor that all programs have used that were waited for."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def ctconform(judge, table):
    """What ctconform says of each fault: caught or not, and its milliseconds of the processor."""
    if table:
        text = pathlib.Path(table).read_text()
    else:
        text = subprocess.run([judge], stdout=subprocess.PIPE, text=True).stdout
    rows = re.findall(r"^(caught|MISSED)\s+(\w+)\s.*\s(\d+) ms of the processor$", text, re.MULTILINE)
    return {fault: (verdict == "caught", int(milliseconds)) for verdict, fault, milliseconds in rows}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("judge")
    parser.add_argument("--examples", type=int, default=10, help="generated requests for each operation (10)")
    parser.add_argument("--only", help="these faults, with commas between them")
    parser.add_argument("--markdown", help="also write the table to this file")
    parser.add_argument("--judged", help="the table that judge-mutants has printed, instead of making it again")
    options = parser.parse_args()
    judge = os.path.abspath(options.judge)
    listed = subprocess.run([judge, "--list"], stdout=subprocess.PIPE, text=True, check=True).stdout
    places = dict(line.split(" ", 1) for line in listed.splitlines())
    faults = options.only.split(",") if options.only else list(places)
    for fault in faults:
        if fault not in places:
            parser.error(f"there is no fault '{fault}'; see {options.judge} --list")
    command = schemathesis()
    ours = ctconform(judge, options.judged)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        spec = str(pathlib.Path(folder, "spec.json"))
        clean = {}
        with Deployment(judge, "none") as url:
            urllib.request.urlretrieve(f"{url}/openapi.json", spec)
            # The whole of it once, for its time.
            reported, whole = run(command, spec, url, None, options.examples, folder)
            print(f"no fault: schemathesis reports {len(reported)}, which count for none; {whole:.1f} s", flush=True)
            for path in dict.fromkeys(places[fault] for fault in faults):
                clean[path], _ = run(command, spec, url, path, options.examples, folder)
        for fault in faults:
            path = places[fault]
            with Deployment(judge, fault) as url:
                found, seconds = run(command, spec, url, path, options.examples, folder)
            more = sorted(found - clean[path])
            why = ", ".join(f"{code} {operation}".strip() for code, operation in more[:2])
            caught, milliseconds = ours.get(fault, (False, 0))
            rows.append((fault, caught, milliseconds / 1000, bool(more), seconds, why))
            print(f"{fault:32} {'caught' if caught else 'MISSED'}  {'found' if more else '-':6} {seconds:5.1f} s  {why}", flush=True)
    total = len(rows)
    summary = (
        f"ctconform: {sum(r[1] for r in rows)} of {total} in {sum(r[2] for r in rows):.0f} s; "
        f"schemathesis {VERSION}: {sum(r[3] for r in rows)} of {total} in {sum(r[4] for r in rows):.0f} s "
        f"(a run over all paths takes {whole:.0f} s)"
    )
    print(summary)
    if options.markdown:
        lines = [summary, "", "| fault | ctconform | s | schemathesis | s | by |", "|---|---|--:|---|--:|---|"]
        for fault, caught, own, other, seconds, why in rows:
            lines.append(
                f"| {fault} | {'yes' if caught else 'no'} | {own:.1f} | {'yes' if other else 'no'} | {seconds:.1f} | {why} |"
            )
        pathlib.Path(options.markdown).write_text("\n".join(lines) + "\n")


main()
