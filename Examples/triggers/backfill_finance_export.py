#!/usr/bin/env python3
"""finance.export.backfill: exports the invoices of each day of a range as CSV.

    backfill_finance_export.py [--pause SECONDS]

A day is a step: its file is written whole, then the day is the checkpoint. Started again it goes on behind it.
--pause makes each day take longer, as a real database would.
"""

import argparse
import csv
import datetime
import io
import time

from executor import artifact, finish, order, progress, sample

COLUMNS = ["invoiceId", "contractorId", "date", "net", "vat", "total"]


def as_csv(invoices):
    """The invoices as a CSV text."""
    output = io.StringIO()
    writer = csv.DictWriter(output, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(invoices)
    return output.getvalue()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pause", type=float, default=0.0)
    pause = parser.parse_args().pause
    command = order()
    first, last = (datetime.date.fromisoformat(command["inputs"][name]) for name in ("from", "to"))
    total = (last - first).days + 1
    checkpoint = command.get("checkpoint", {"day": None, "invoices": 0})
    done = (datetime.date.fromisoformat(checkpoint["day"]) - first).days + 1 if checkpoint["day"] else 0
    count = checkpoint["invoices"]
    if done:
        print(f"going on behind {checkpoint['day']}: {done} of {total} days are done", flush=True)
    invoices = sample("invoices.json")
    for number in range(done, total):
        day = (first + datetime.timedelta(days=number)).isoformat()
        of_day = [invoice for invoice in invoices if invoice["date"] == day]
        if of_day:
            artifact(f"invoices-{day}.csv", as_csv(of_day))
        count += len(of_day)
        time.sleep(pause)
        progress(number + 1, total, {"day": day, "invoices": count})
    finish(invoicesProcessed=count, daysProcessed=total)


main()
