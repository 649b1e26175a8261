#!/usr/bin/env python3
"""finance.export.backfill as a function that the tower calls over HTTP; it stands for one in the cloud.

    CT_EXECUTOR_SECRET=SECRET function.py [--port N] [--pause SECONDS] [--tower URL]

Counts the invoices of each day of a range, a day after the other. Asked again while it works it says how far it is (202),
and when it is done what came of it (200). With --tower it does not wait to be asked: it reports to the tower, with the
token CT_TOKEN and the secret CT_WEBHOOK_SECRET. Told to cancel it stops after the day that it is at.
"""

import argparse
import datetime
import decimal
import hashlib
import hmac
import http.server
import json
import os
import threading
import time
import urllib.error
import urllib.request

from executor import sample


def signature(secret, body):
    """The value of X-CT-Signature for a body."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


class Job:
    """The work of one run, however often it is asked for."""

    def __init__(self, order, options):
        self.run_id = order["runId"]
        self.first, last = (datetime.date.fromisoformat(order["inputs"][name]) for name in ("from", "to"))
        self.total = (last - self.first).days + 1
        checkpoint = order.get("checkpoint", {"done": 0, "invoices": 0, "amount": "0"})
        self.done = checkpoint["done"]
        self.invoices = checkpoint["invoices"]
        self.amount = decimal.Decimal(checkpoint["amount"])
        self.options = options
        self.is_cancelled = False
        threading.Thread(target=self.work, daemon=True).start()

    def work(self):
        invoices = sample("invoices.json")
        while self.done < self.total and not self.is_cancelled:
            time.sleep(self.options.pause)
            day = (self.first + datetime.timedelta(days=self.done)).isoformat()
            of_day = [invoice for invoice in invoices if invoice["date"] == day]
            self.invoices += len(of_day)
            self.amount += sum(decimal.Decimal(invoice["total"]) for invoice in of_day)
            self.done += 1
            if self.options.tower and not self.is_cancelled:
                self.report({"status": "running", **self.state()})
        if self.options.tower and not self.is_cancelled:
            self.report({"status": "success", **self.result()})

    def state(self):
        checkpoint = {"done": self.done, "invoices": self.invoices, "amount": str(self.amount)}
        return {"progress": {"done": self.done, "total": self.total}, "checkpoint": checkpoint}

    def result(self):
        return {"metrics": {"invoicesProcessed": self.invoices, "amount": float(self.amount)}}

    def report(self, report):
        """Tells the tower; again and again until it has heard, or does not want to."""
        body = json.dumps(report).encode()
        request = urllib.request.Request(
            f"{self.options.tower}/runs/{self.run_id}/callback",
            data=body,
            headers={
                "Authorization": f"Bearer {os.environ['CT_TOKEN']}",
                "Content-Type": "application/json",
                "X-CT-Signature": signature(os.environ["CT_WEBHOOK_SECRET"], body),
            },
        )
        while True:
            try:
                with urllib.request.urlopen(request, timeout=30):
                    return
            except urllib.error.HTTPError as error:
                if error.code not in (429, 503):
                    return print(f"{self.run_id}: the tower answered {error.code}", flush=True)
            except OSError as error:
                print(f"{self.run_id}: {error}", flush=True)
            time.sleep(1)


class Function(http.server.BaseHTTPRequestHandler):
    """Takes the tower's calls."""

    protocol_version = "HTTP/1.1"
    jobs = {}
    lock = threading.Lock()
    options = None

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        expected = signature(os.environ["CT_EXECUTOR_SECRET"], body)
        if not hmac.compare_digest(expected, self.headers.get("X-CT-Signature", "")):
            return self.answer(401, {"message": "the signature is wrong"})
        order = json.loads(body)
        with self.lock:
            job = self.jobs.get(order["runId"])
            if job is None and "cancel" not in order:
                job = self.jobs[order["runId"]] = Job(order, self.options)
        if "cancel" in order:
            if job is None:
                return self.answer(200, {"metrics": {}})
            job.is_cancelled = True
        if job.is_cancelled or job.done == job.total:
            return self.answer(200, job.result())
        return self.answer(202, job.state())

    def answer(self, status, content):
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, text, *values):
        print(text % values, flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=9090)
    parser.add_argument("--pause", type=float, default=0.2)
    parser.add_argument("--tower")
    Function.options = parser.parse_args()
    if not os.environ.get("CT_EXECUTOR_SECRET"):
        parser.error("CT_EXECUTOR_SECRET is not set: it is what the tower signs its calls with")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", Function.options.port), Function)
    print(f"listening at http://127.0.0.1:{server.server_port}/", flush=True)
    server.serve_forever()


main()
