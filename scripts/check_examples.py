"""Holds every example in the specification against its schema, with the jsonschema package.

    python check_examples.py SPEC.yaml FOLDER      (run by scripts/check-spec)

FOLDER holds `schemas/*.schema.json` and `config.example.yaml`. Exits 1 when an example does not fit its schema.
"""

import json
import pathlib
import sys
import urllib.parse

import yaml
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

# Their values are data, not schemas.
DATA = {"example", "examples", "const", "enum", "default"}


class Loader(yaml.SafeLoader):
    """YAML as OpenAPI means it: what looks like a date is a string."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(path):
    text = path.read_text(encoding="utf-8")
    return json.loads(text) if path.suffix == ".json" else yaml.load(text, Loader)


def retrieve(uri):
    path = pathlib.Path(urllib.parse.unquote(urllib.parse.urlparse(uri).path))
    return Resource(contents=load(path), specification=DRAFT202012)


class Checker:
    def __init__(self):
        self.registry = Registry(retrieve=retrieve)
        self.checked = 0
        self.faults = []

    def check(self, file, pointer, example, where):
        """Holds one example against the schema at the pointer."""
        schema = {"$ref": f"{file.as_uri()}#{urllib.parse.quote(pointer)}"}
        validator = Draft202012Validator(schema, registry=self.registry, format_checker=FormatChecker())
        self.checked += 1
        for error in validator.iter_errors(example):
            self.faults.append(f"{file.name}#{where}: {error.json_path}: {error.message}")

    def walk(self, file, node, pointer=""):
        """Finds the examples of a node and of all nodes below it."""
        if isinstance(node, list):
            for index, child in enumerate(node):
                self.walk(file, child, f"{pointer}/{index}")
        if not isinstance(node, dict):
            return
        examples = node.get("examples")
        if isinstance(examples, list):  # of a schema
            for index, example in enumerate(examples):
                self.check(file, pointer, example, f"{pointer}/examples/{index}")
        if "schema" in node:  # of a parameter, a header, a media type
            if "example" in node:
                self.check(file, f"{pointer}/schema", node["example"], f"{pointer}/example")
            if isinstance(examples, dict):
                for name, example in examples.items():
                    self.check(file, f"{pointer}/schema", example["value"], f"{pointer}/examples/{name}")
        for name, child in node.items():
            # Below `properties` and the like, such a name is a name and not a keyword.
            if name not in DATA or pointer.endswith(("/properties", "/$defs", "/schemas")):
                self.walk(file, child, f"{pointer}/{str(name).replace('~', '~0').replace('/', '~1')}")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    spec, folder = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    checker = Checker()
    schemas = sorted((folder / "schemas").glob("*.schema.json"))
    for file in schemas:
        schema = load(file)
        Draft202012Validator.check_schema(schema)
        checker.walk(file, schema)
    checker.walk(spec, load(spec))
    config = folder / "config.example.yaml"
    checker.check(folder / "schemas/config.schema.json", "", load(config), f" for {config.name}")

    for fault in checker.faults:
        print(fault, file=sys.stderr)
    if checker.faults:
        sys.exit(1)
    print(f"{checker.checked} examples fit their schemas")


if __name__ == "__main__":
    main()
