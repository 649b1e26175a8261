#!/usr/bin/env python3
"""portal.notify.retry: sends notifications that failed once more.

    retry_notifications.py [--receiver URL]

Without a receiver it starts one on this machine, which writes down what arrives; so the example needs nothing else. Each
notification has its id as idempotency key: a receiver that has it already does nothing.
"""

import argparse
import datetime
import http.server
import json
import threading
import urllib.error
import urllib.request

from executor import artifact, fail, finish, order, progress, sample


class Receiver(http.server.BaseHTTPRequestHandler):
    """Takes notifications, each once, and refuses those without a recipient."""

    received = {}

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not body.get("recipient"):
            return self.send_error(422, "no recipient")
        self.received.setdefault(self.headers["Idempotency-Key"], body)
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def local_receiver():
    """Starts a receiver on a free port of this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/notifications"


def send(url, notification):
    """Sends one; returns whether it was taken."""
    request = urllib.request.Request(
        url,
        data=json.dumps(notification).encode(),
        headers={"Content-Type": "application/json", "Idempotency-Key": notification["id"]},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            print(f"{notification['id']}: {response.status}", flush=True)
            return True
    except (urllib.error.URLError, OSError) as error:
        print(f"{notification['id']}: {error}", flush=True)
        return False


def instant(text):
    """An instant with any offset, as RFC 3339 has it."""
    return datetime.datetime.fromisoformat(text.upper().replace("Z", "+00:00"))


def chosen(inputs):
    """The failed notifications that are meant."""
    failed = {notification["id"]: notification for notification in sample("notifications.json")}
    if unknown := [name for name in inputs.get("notificationIds", []) if name not in failed]:
        fail(f"these are not among the failed notifications: {', '.join(unknown)}")
    names = inputs.get("notificationIds", list(failed))
    since = instant(inputs.get("since", "0001-01-01T00:00:00Z"))
    return [failed[name] for name in names if instant(failed[name]["failedAt"]) >= since]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--receiver")
    url = parser.parse_args().receiver or local_receiver()
    notifications = chosen(order()["inputs"])
    sent = 0
    for done, notification in enumerate(notifications, 1):
        sent += send(url, notification)
        progress(done, len(notifications))
    if Receiver.received:
        artifact("received.ndjson", "".join(json.dumps(body) + "\n" for body in Receiver.received.values()))
    finish(notificationsSent=sent, notificationsFailed=len(notifications) - sent)


main()
