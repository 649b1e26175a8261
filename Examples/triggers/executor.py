"""What the example executors have in common: how the tower talks to a command, and how a command talks back.

The tower writes one JSON object to standard input, the order:

    {"runId": "run_…", "trigger": "…", "initiator": "…", "attempt": 1, "inputs": {…}, "checkpoint": {…}}

Every line of standard output and standard error goes into the run's log. A line of standard output that is an object
with `progress` tells how far it is; the last line has to be an object with `metrics`, the result. Files in the folder
CT_ARTIFACTS become artifacts of the run. Any other exit status than 0 is a failure.
"""

import json
import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent


def order():
    """The order, from standard input."""
    return json.load(sys.stdin)


def sample(name):
    """A file of sample data, which stands for the company's own."""
    return json.loads((HERE / "data" / name).read_text(encoding="utf-8"))


def artifact(name, text):
    """Keeps a file as an artifact; it is there whole or not at all, whenever we are killed."""
    path = pathlib.Path(os.environ["CT_ARTIFACTS"]) / name
    draft = path.with_name(f".{name}.draft")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
    print(f"{name}: {len(text.encode())} bytes", flush=True)


def progress(done, total, checkpoint=None):
    """Tells how far we are, and from where to go on if we are started again."""
    line = {"progress": {"done": done, "total": total}}
    if checkpoint is not None:
        line["checkpoint"] = checkpoint
    print(json.dumps(line), flush=True)


def finish(**metrics):
    """The result: the last line."""
    print(json.dumps({"metrics": metrics}), flush=True)


def fail(message):
    """Ends with a failure that a person understands."""
    print(json.dumps({"metrics": {}, "message": message}), flush=True)
    sys.exit(1)
