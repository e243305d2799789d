# Verifies access tokens with PyJWT. One question a line on stdin, one answer a line on stdout, in the same order.
import json
import sys
import urllib.request

import jwt

remote = {}


def keys_of(issuer):
    if issuer not in remote:
        with urllib.request.urlopen(f"{issuer}/.well-known/oauth-authorization-server") as answer:
            metadata = json.load(answer)
        if metadata["issuer"] != issuer:
            raise ValueError(f"the metadata's issuer is {metadata['issuer']}")
        remote[issuer] = jwt.PyJWKClient(metadata["jwks_uri"])
    return remote[issuer]


def verify(question):
    token = question["token"]
    header = jwt.get_unverified_header(token)
    if header["typ"] != "at+jwt":
        raise ValueError(f"typ is {header['typ']}")
    jwt.decode(
        token,
        keys_of(question["issuer"]).get_signing_key_from_jwt(token).key,
        algorithms=[question["algorithm"]],
        issuer=question["issuer"],
        audience=question["audience"],
        options={"require": ["iss", "sub", "aud", "client_id", "iat", "exp", "jti"]},
    )


for line in sys.stdin:
    try:
        verify(json.loads(line))
        reply = {"ok": True}
    except Exception as error:
        reply = {"ok": False, "error": f"{type(error).__name__}: {error}"}
    print(json.dumps(reply), flush=True)
