"""A mail server for the tests, on a free port of this machine: aiosmtpd, with what the test asks for.

Prints the port, and then each message that it takes as a line of JSON, as Python's own parser of mail reads it.
"""

import argparse
import asyncio
import email
import email.policy
import json
import ssl

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    def __init__(self, options):
        self.refused = dict(text.split("=", 1) for text in options.refuse)
        self.verdict = options.verdict

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        parts = {part.get_content_type(): part.get_content().replace("\r\n", "\n") for part in message.walk() if not part.is_multipart()}
        report = {
            "sender": envelope.mail_from,
            "recipients": envelope.rcpt_tos,
            "tls": session.ssl is not None,
            "user": session.auth_data.login.decode() if session.auth_data else None,
            "headers": {name.lower(): value for name, value in message.items()},
            "defects": [str(defect) for part in message.walk() for defect in part.defects],
            "longestLine": max(len(line) for line in envelope.content.split(b"\r\n")),
            "isASCII": envelope.content.isascii(),
            "type": message.get_content_type(),
            "plain": parts.get("text/plain"),
            "html": parts.get("text/html"),
        }
        print(json.dumps(report), flush=True)
        return self.verdict


def authenticator(user, password):
    def check(server, session, envelope, mechanism, data):
        if (data.login.decode(), data.password.decode()) != (user, password):
            return AuthResult(success=False, handled=False)
        return AuthResult(success=True, auth_data=data)

    return check


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--tls", action="store_true", help="from the first octet, not by STARTTLS")
    parser.add_argument("--user")
    parser.add_argument("--password")
    parser.add_argument("--no-plain", action="store_true", help="offer AUTH LOGIN only")
    parser.add_argument("--refuse", action="append", default=[], help="ADDRESS=REPLY")
    parser.add_argument("--verdict", default="250 2.0.0 taken", help="the reply to the message")
    parser.add_argument("--silent", action="store_true", help="never say anything")
    options = parser.parse_args()

    context = None
    if options.certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(options.certificate, options.key)
    arguments = {"hostname": "mail.test", "enable_SMTPUTF8": False}
    if context and not options.tls:
        arguments |= {"tls_context": context, "require_starttls": True}
    if options.user:
        arguments |= {"auth_required": True, "authenticator": authenticator(options.user, options.password)}
        # What is spoken over TLS from the start looks like clear text to aiosmtpd.
        arguments |= {"auth_require_tls": not options.tls}
        arguments |= {"auth_exclude_mechanism": ["PLAIN"]} if options.no_plain else {}

    def connection():
        return asyncio.Protocol() if options.silent else SMTP(Handler(options), **arguments)

    loop = asyncio.get_running_loop()
    tls = context if options.tls else None
    server = await loop.create_server(connection, "127.0.0.1", 0, ssl=tls)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
