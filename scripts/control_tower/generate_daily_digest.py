#!/usr/bin/env python3
"""Fetches the daily digest from a Control Tower and prints it.

    python scripts/control_tower/generate_daily_digest.py                        # a tower that runs here with --dev
    CT_URL=https://ct.example.com CT_TOKEN=... python scripts/control_tower/generate_daily_digest.py --date 2025-09-27

The tower writes and archives the digest; this only asks for it (GET /reports/daily). What a maintainer's token gets has CI,
exceptions and finance, too. Needs nothing but Python 3.9.

Exit codes: 0 printed; 1 the tower answered with an error; 2 wrong usage; 3 the tower could not be reached;
4 this deployment does not offer the daily digest (or has none for that day).
"""

import argparse
import datetime
import http.client
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request

MEDIA_TYPES = {"markdown": "text/markdown", "json": "application/json", "html": "text/html"}

# What every tower that is started with --dev knows; such a tower listens on its own machine only.
DEVELOPMENT_TOKEN = "DEV_TOKEN_MAINTAINER"


class Failure(Exception):
    """Something to tell the user, and the exit code for it."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect could lead the token to another host."""

    def redirect_request(self, *_):
        return None


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="generate_daily_digest.py",
        description="Fetches the daily digest from a Control Tower and prints it to stdout.",
        epilog="Exit codes: 0 printed, 1 error from the tower, 2 usage, 3 not reachable, 4 no digest there.",
    )
    parser.add_argument(
        "--url",
        default=os.environ.get("CT_URL", "http://127.0.0.1:8080"),
        help="where the tower is (environment CT_URL; %(default)s)",
    )
    parser.add_argument("--date", type=date, help="the day, as YYYY-MM-DD (the latest digest when left out)")
    parser.add_argument("--format", choices=sorted(MEDIA_TYPES), default="markdown", help="what to print (%(default)s)")
    parser.add_argument(
        "--token-env",
        default="CT_TOKEN",
        metavar="NAME",
        help="environment variable that holds the bearer token, which needs a role that may read (%(default)s)",
    )
    parser.add_argument(
        "--token",
        help="the token itself; better in the environment, as arguments show in the list of processes. Without any, a tower"
        " on this machine is asked with its development token",
    )
    parser.add_argument("--timeout", type=float, default=30, metavar="SECONDS", help="how long to wait (%(default)s)")
    return parser.parse_args(arguments)


def date(text):
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2025-09-27") from None


def request(options):
    """The request for the digest."""
    parts = urllib.parse.urlsplit(options.url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise Failure(2, f"--url: {options.url!r} is not an http or https address")
    token = (options.token or os.environ.get(options.token_env, "")).strip()
    if not token and is_here(parts.hostname):
        token = DEVELOPMENT_TOKEN
    if not token:
        raise Failure(2, f"no token: set the environment variable {options.token_env}, or name another by --token-env")
    if not token.isascii() or not token.isprintable() or " " in token:
        raise Failure(2, "the token has characters that no token has")
    query = f"?date={options.date}" if options.date else ""
    return urllib.request.Request(
        f"{options.url.rstrip('/')}/reports/daily{query}",
        headers={"Accept": MEDIA_TYPES[options.format], "Authorization": f"Bearer {token}"},
    )


def is_here(host):
    """Whether a host is this machine."""
    return host in ("localhost", "127.0.0.1", "::1")


def problem(error):
    """What the tower says about an error (RFC 9457), in one line."""
    try:
        document = json.loads(error.read(65536))
        words = [document.get("detail") or document["title"]]
        if "requestId" in document:
            words.append(f"(request {document['requestId']})")
        return " ".join(words)
    except (ValueError, KeyError, TypeError, AttributeError, OSError, http.client.HTTPException):
        return error.reason or "no explanation"


def fetch(options):
    """The digest's bytes."""
    opener = urllib.request.build_opener(NoRedirects)
    try:
        with opener.open(request(options), timeout=options.timeout) as answer:
            media_type = answer.headers.get_content_type()
            if media_type != MEDIA_TYPES[options.format]:
                raise Failure(1, f"{options.url} answers with {media_type}, not with {MEDIA_TYPES[options.format]}; try --format json")
            return answer.read()
    except urllib.error.HTTPError as error:
        if error.code == 404:
            day = f" for {options.date}" if options.date else ""
            raise Failure(
                4, f"{options.url} has no daily digest{day}, or does not offer /reports/daily yet: {problem(error)}"
            ) from None
        hint = f" Set {options.token_env} to a token with a role that reads." if error.code in (401, 403) else ""
        raise Failure(1, f"{options.url} answered {error.code}: {problem(error)}{hint}") from None
    except urllib.error.URLError as error:
        raise Failure(3, f"{options.url} cannot be reached: {error.reason}") from None
    except (OSError, http.client.HTTPException) as error:
        raise Failure(3, f"{options.url} broke off: {error or type(error).__name__}") from None


def main(arguments=None):
    options = parse(arguments)
    try:
        digest = fetch(options)
    except Failure as failure:
        print(f"generate_daily_digest: {failure}", file=sys.stderr)
        return failure.code
    if options.format == "json":
        try:
            digest = json.dumps(json.loads(digest), indent=2, ensure_ascii=False).encode()
        except ValueError:
            print(f"generate_daily_digest: {options.url} did not answer with JSON", file=sys.stderr)
            return 1
    try:
        sys.stdout.buffer.write(digest if digest.endswith(b"\n") else digest + b"\n")
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())
