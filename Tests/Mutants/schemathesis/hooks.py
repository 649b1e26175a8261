"""Lets schemathesis speak as an owner whose bodies are signed, so that it is judged by what it sends and not kept out."""

import hashlib
import hmac
import os

import requests.auth
import schemathesis

SECRET = os.environ["CT_WEBHOOK_SECRET"].encode()
TOKEN = os.environ["CT_TOKEN_OWNER"]


class Signed(requests.auth.AuthBase):
    def __call__(self, request):
        body = request.body or b""
        if isinstance(body, str):
            body = body.encode()
        request.headers["Authorization"] = f"Bearer {TOKEN}"
        tag = hmac.new(SECRET, body, hashlib.sha256).hexdigest()
        request.headers["X-CT-Signature"] = f"sha256={tag}"
        return request


schemathesis.auth.set_from_requests(Signed())
