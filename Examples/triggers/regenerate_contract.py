#!/usr/bin/env python3
"""contract.regenerate: makes the documents of a contract pack from their templates.

Starting it twice does no harm: the same documents are made again.
"""

import html
import string

from executor import HERE, artifact, fail, finish, order, progress, sample

DOCUMENTS = ["agreement", "schedule", "summary"]


def render(document, contract):
    """The document, with the contract's values in the places of its template."""
    text = (HERE / "templates" / f"{document}.html").read_text(encoding="utf-8")
    values = {name: html.escape(str(value)) for name, value in contract.items()}
    values["total"] = f"{contract['dailyRate'] * contract['days']:,.2f}"
    return string.Template(text).substitute(values)


def main():
    inputs = order()["inputs"]
    contract = sample("contracts.json").get(inputs["contractId"])
    if contract is None:
        fail(f"there is no contract {inputs['contractId']} in the sample data")
    if inputs.get("contractorId", contract["contractorId"]) != contract["contractorId"]:
        fail(f"contract {inputs['contractId']} is not one of contractor {inputs['contractorId']}")
    contract["contractId"] = inputs["contractId"]
    documents = [name for name in DOCUMENTS if name in inputs.get("documents", DOCUMENTS)]
    for done, document in enumerate(documents, 1):
        artifact(f"{document}.html", render(document, contract))
        progress(done, len(documents))
    finish(documentsGenerated=len(documents))


main()
