#!/usr/bin/env python3
"""Runs the JSON Schema test suite through the compiled and the interpreting validator; see schema-suite.

Every schema of the suite becomes a file of its own. Those that the generator takes are compiled into a small package,
which judges all instances; the interpreting validator judges them through `openapi-gen validate`.
"""

import collections
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TOOL = ROOT / ".build/debug/openapi-gen"

PACKAGE = """// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "schema-suite",
  dependencies: [.package(name: "control-tower", path: "%s")],
  targets: [
    .executableTarget(
      name: "judge", dependencies: [.product(name: "CTRuntime", package: "control-tower")], exclude: ["spec"],
      plugins: [.plugin(name: "OpenAPIGen", package: "control-tower")])
  ],
  swiftLanguageModes: [.v6]
)
"""

JUDGE = """import CTRuntime

// Each line is a schema's name, a tab, and an instance; the answer is 1 where it is valid.
while let line = readLine() {
  let parts = line.split(separator: "\\t", maxSplits: 1)
  print(validate(schema: String(parts[0]), json: Array(parts[1].utf8)).isEmpty ? 1 : 0)
}
"""


# What the suite asks for that this project does otherwise, on purpose: formats are asserted (docs/generator.md), so the
# file that has them as annotations is left out; those under optional/format, which has them asserted, are in.
LEFT_OUT = {"format"}


def groups(folder):
    """Every group of the suite, the optional ones too: a name, its schema and its tests."""
    root = folder / "draft2020-12"
    for path in sorted(root.rglob("*.json")):
        name = "-".join(path.relative_to(root).with_suffix("").parts)
        if name in LEFT_OUT:
            continue
        for number, group in enumerate(json.loads(path.read_text(encoding="utf-8"))):
            yield f"{name}-{number:02}.json", group["schema"], group


def refusal(schema, out):
    """Why the generator does not take a schema; None where it does."""
    folder = schema.parent / (schema.stem + ".d")
    folder.mkdir(exist_ok=True)
    (folder / schema.name).write_text(schema.read_text(encoding="utf-8"), encoding="utf-8")
    run = subprocess.run(
        [TOOL, "generate", "--schemas", folder, "--out", out], capture_output=True, text=True, check=False)
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    if run.returncode == 0:
        return None
    return run.stderr.strip().splitlines()[0].split("error: ", 1)[-1]


def interpret(spec, name, instances, folder):
    """Which instances of a group the interpreting validator takes: they are judged as the items of one array."""
    (folder / "items.json").write_text(json.dumps({"items": {"$ref": f"{spec}/{name}"}}), encoding="utf-8")
    (folder / "instances.json").write_text(json.dumps(instances), encoding="utf-8")
    run = subprocess.run(
        [TOOL, "validate", "--format", "json", "--schema", folder / "items.json", "--instance",
         folder / "instances.json"], capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"schema-suite: validate failed on {name}: {run.stdout}{run.stderr}")
    wrong = {int(finding["pointer"].split("/")[1]) for finding in json.loads(run.stdout)["findings"]}
    return [place not in wrong for place in range(len(instances))]


def main():
    folder, swift = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    work = folder / "package"
    spec = work / "Sources/judge/spec"
    spec.mkdir(parents=True, exist_ok=True)
    for old in spec.glob("*.json"):
        old.unlink()
    (work / "Package.swift").write_text(PACKAGE % ROOT, encoding="utf-8")
    (work / "Sources/judge/main.swift").write_text(JUDGE, encoding="utf-8")

    tests, verdicts, refused = [], [], {}
    for name, schema, group in groups(folder):
        file = spec / name
        file.write_text(json.dumps(schema), encoding="utf-8")
        reason = refusal(file, folder / "out")
        if reason:
            file.unlink()
            refused[name] = (reason, len(group["tests"]))
            continue
        tests += [(name, group["description"], test) for test in group["tests"]]
        verdicts += interpret(spec, name, [test["data"] for test in group["tests"]], folder)

    build = subprocess.run([swift, "build", "--package-path", work], capture_output=True, text=True, check=False)
    if build.returncode != 0:
        sys.exit(f"schema-suite: what was generated does not compile:\n{build.stdout[-4000:]}")
    lines = "".join(f"{name}\t{json.dumps(test['data'])}\n" for name, _, test in tests)
    answers = subprocess.run(
        [work / ".build/debug/judge"], input=lines, capture_output=True, text=True, check=True).stdout.split()

    wrong = 0
    for (name, description, test), interpreted, answer in zip(tests, verdicts, answers, strict=True):
        for path, verdict in (("compiled", answer == "1"), ("interpreted", interpreted)):
            if verdict != test["valid"]:
                wrong += 1
                print(f"{name}: {description}: {test['description']}: {path} says {verdict}")
    reasons = collections.Counter()
    for name, (reason, count) in refused.items():
        reasons[reason] += count
    for reason, count in sorted(reasons.items(), key=lambda item: -item[1]):
        print(f"refused, {count} tests: {reason}")
    total = len(tests) + sum(count for _, count in refused.values())
    print(f"{total} tests: {len(tests)} judged by both validators, {wrong} wrong answers, "
          f"{total - len(tests)} of {len(refused)} schemas that are refused")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
