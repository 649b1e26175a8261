#!/usr/bin/env python3
"""Writes random JSON Schemas that use every keyword in every combination, for CTSchemaSetTests to compile and judge.

    scripts/random_schemas.py --seed 1 --count 40 --out Tests/CTSchemaSetTests/spec/random

The same seed gives the same files. `make schema-fuzz` takes a new seed, runs the tests on its schemas, and puts those of
the repository back.
"""

import argparse
import json
import pathlib
import random

WORDS = ["a", "b", "c", "kind", "x-y", "é"]
STRINGS = WORDS + ["", "abcde", "2025-09-27", "a@b.c", "10.0.0.1", "/a~0b", "P1D"]
NUMBERS = [0, 1, -1, 2, 3, 0.25, 1.5, -7.125, 1000, 4.0]
PATTERNS = ["^a", "b$", "[0-9]+", "^.{2}$", "é", "^(a|bc)*$", "\\d\\.\\d", "^\\p{L}+$"]
FORMATS = ["date", "date-time", "email", "ipv4", "ipv6", "uri", "uuid", "duration", "json-pointer", "hostname", "regex"]
TYPES = ["null", "boolean", "object", "array", "number", "string", "integer"]


class Writer:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.defs = self.random.randrange(4)

    def chance(self, share):
        return self.random.random() < share

    def scalar(self):
        return self.random.choice([None, True, False, self.random.choice(NUMBERS), self.random.choice(STRINGS)])

    def value(self, depth=0):
        if depth < 2 and self.chance(0.15):
            return [self.value(depth + 1) for _ in range(self.random.randrange(3))]
        if depth < 2 and self.chance(0.15):
            return {word: self.value(depth + 1) for word in self.random.sample(WORDS, 2)}
        return self.scalar()

    def values(self):
        """Different ones: JSON Schema takes 1 and 1.0 for the same."""
        found = {}
        for _ in range(self.random.randrange(1, 5)):
            value = self.value()
            found[json.dumps(value, sort_keys=True).replace(".0", "")] = value
        return list(found.values())

    def document(self):
        schema = self.object_schema(0, self.defs)
        if self.defs:
            schema["$defs"] = {f"d{number}": self.schema(1, number) for number in range(self.defs)}
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        return schema

    def schema(self, depth, limit):
        """`limit`: only definitions before it may be referred to where the same value is looked at."""
        if self.chance(0.05):
            return self.chance(0.7)
        if limit and self.chance(0.25):
            return {"$ref": f"#/$defs/d{self.random.randrange(limit)}"}
        return self.object_schema(depth, limit)

    def part(self, depth):
        """A schema for a member or an item: it may lead back to any definition."""
        return self.schema(depth + 1, self.defs)

    def object_schema(self, depth, limit):
        schema = {}
        kinds = ["type", "number", "string", "array", "object"] + (["in place"] if depth < 3 else [])
        for kind in self.random.sample(kinds, self.random.choice([1, 1, 2, 2, 3])):
            {"type": self.type, "number": self.number, "string": self.string, "array": self.array,
             "object": self.object, "in place": self.in_place}[kind](schema, depth, limit)
        return schema

    def type(self, schema, _depth, _limit):
        choice = self.random.randrange(4)
        if choice == 0:
            schema["enum"] = self.values()
        elif choice == 1 and self.chance(0.5):
            schema["const"] = self.value()
        elif choice == 2:
            schema["type"] = self.random.sample(TYPES, self.random.randrange(2, 4))
        else:
            schema["type"] = self.random.choice(TYPES)

    def number(self, schema, _depth, _limit):
        for keyword in self.random.sample(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"], 2):
            schema[keyword] = self.random.choice(NUMBERS)
        if self.chance(0.3):
            schema["multipleOf"] = self.random.choice([1, 2, 0.25, 0.5, 3])

    def string(self, schema, _depth, _limit):
        if self.chance(0.5):
            schema["minLength"] = self.random.randrange(3)
        if self.chance(0.5):
            schema["maxLength"] = self.random.randrange(1, 6)
        if self.chance(0.3):
            schema["pattern"] = self.random.choice(PATTERNS)
        if self.chance(0.2):
            schema["format"] = self.random.choice(FORMATS)

    def array(self, schema, depth, _limit):
        if depth > 3:
            return
        if self.chance(0.5):
            schema["items"] = self.part(depth)
        if self.chance(0.4):
            schema["prefixItems"] = [self.part(depth) for _ in range(self.random.randrange(1, 3))]
        if self.chance(0.3):
            schema["contains"] = self.part(depth)
            if self.chance(0.4):
                schema["minContains"] = self.random.randrange(3)
            if self.chance(0.4):
                schema["maxContains"] = self.random.randrange(1, 3)
        if self.chance(0.2):
            schema["uniqueItems"] = True
        if self.chance(0.2):
            schema["minItems"] = self.random.randrange(3)
        if self.chance(0.2):
            schema["maxItems"] = self.random.randrange(1, 4)
        if self.chance(0.25):
            schema["unevaluatedItems"] = self.part(depth)

    def object(self, schema, depth, _limit):
        if depth > 3:
            return
        if self.chance(0.7):
            words = self.random.sample(WORDS, self.random.randrange(1, 4))
            schema["properties"] = {word: self.part(depth) for word in words}
        if self.chance(0.4):
            schema["required"] = self.random.sample(WORDS, self.random.randrange(1, 3))
        if self.chance(0.3):
            schema["patternProperties"] = {self.random.choice(PATTERNS): self.part(depth)}
        if self.chance(0.3):
            schema["additionalProperties"] = self.part(depth)
        if self.chance(0.15):
            schema["propertyNames"] = {"maxLength": self.random.randrange(1, 5)}
        if self.chance(0.2):
            schema["dependentRequired"] = {self.random.choice(WORDS): self.random.sample(WORDS, 1)}
        if self.chance(0.15):
            schema["minProperties"] = self.random.randrange(3)
        if self.chance(0.15):
            schema["maxProperties"] = self.random.randrange(1, 4)
        if self.chance(0.3):
            schema["unevaluatedProperties"] = self.part(depth)

    def in_place(self, schema, depth, limit):
        for keyword in self.random.sample(["allOf", "anyOf", "oneOf", "not", "if", "dependentSchemas"], 2):
            if keyword in ("allOf", "anyOf", "oneOf"):
                count = self.random.randrange(1, 4)
                schema[keyword] = [self.schema(depth + 1, limit) for _ in range(count)]
            elif keyword == "not":
                schema["not"] = self.schema(depth + 1, limit)
            elif keyword == "if":
                for part in ["if", "then", "else"]:
                    if part == "if" or self.chance(0.7):
                        schema[part] = self.schema(depth + 1, limit)
            else:
                schema["dependentSchemas"] = {self.random.choice(WORDS): self.schema(depth + 1, limit)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for old in arguments.out.glob("*.json"):
        old.unlink()
    for number in range(arguments.count):
        text = json.dumps(Writer(arguments.seed * 1000 + number).document(), indent=1, ensure_ascii=False)
        (arguments.out / f"{number:02}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
