"""Google's sign-in, for tests: consent with PKCE, tokens, their renewal and their end (RFC 6749, RFC 7636)."""

import base64
import hashlib
import json
import secrets
from urllib.parse import urlencode

READ = "https://www.googleapis.com/auth/calendar.events.readonly"
LIST = "https://www.googleapis.com/auth/calendar.calendarlist.readonly"


NUMBER = "117250000000000000001"
"""The account's number."""


def identity(number: str) -> str:
    """An ID token; its signature is nobody's."""
    parts = ({"alg": "RS256", "typ": "JWT"}, {"iss": "https://accounts.google.com", "sub": number})
    made = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*made, "signature"])


class SignIn:
    """`tokens` are access tokens, `refreshing` refresh tokens, with their scopes; `consent` is what the person does."""

    def __init__(self) -> None:
        self.client = {"client_id": "lab.apps.example", "client_secret": "planted-client-secret"}
        self.consent = "allow"
        self.codes: dict[str, dict[str, str]] = {}
        self.refreshing: dict[str, list[str]] = {"planted-refresh": [READ, LIST]}
        self.tokens: dict[str, list[str]] = {"planted-access": [READ, LIST]}
        self.rotates = False

    def expire_access(self) -> None:
        """The hour of all access tokens is over."""
        self.tokens.clear()

    def revoke(self) -> None:
        """The person has taken back the access."""
        self.tokens.clear()
        self.refreshing.clear()

    def grant(self, scopes: list[str], *, refresh: str = "") -> dict[str, object]:
        access = f"access-{secrets.token_urlsafe(8)}"
        self.tokens[access] = scopes
        told = {"access_token": access, "expires_in": 3599, "scope": " ".join(scopes), "token_type": "Bearer"}
        if "openid" in scopes:
            told["id_token"] = identity(NUMBER)
        return {**told, "refresh_token": refresh} if refresh else told

    def ask(self, query: dict[str, str]) -> str:
        """Where the browser is sent, after the person has seen what is asked for."""
        assert query["response_type"] == "code"
        assert query["client_id"] == self.client["client_id"]
        assert query["code_challenge_method"] == "S256"
        assert query["access_type"] == "offline"
        assert query["redirect_uri"].startswith("http://127.0.0.1:")
        assert len(query["state"]) > 20
        if self.consent == "deny":
            told = {"error": "access_denied", "state": query["state"]}
        else:
            code = f"code-{secrets.token_urlsafe(8)}"
            scopes = query["scope"].split()[:-1] if self.consent == "less" else query["scope"].split()
            self.codes[code] = {**query, "scope": " ".join(scopes)}
            told = {"state": query["state"], "code": code, "scope": " ".join(scopes)}
            if self.consent == "forged":
                told["state"] = "forged"
        return f"{query['redirect_uri']}?{urlencode(told)}"

    def token(self, form: dict[str, str]) -> tuple[int, object, dict[str, str]]:
        """The token endpoint: code, answer, headers."""
        if {key: form.get(key) for key in self.client} != self.client:
            return 401, {"error": "invalid_client"}, {}
        if form["grant_type"] == "refresh_token":
            scopes = self.refreshing.get(form["refresh_token"])
            if scopes is None:
                return 400, {"error": "invalid_grant", "error_description": "Token has been revoked."}, {}
            if self.rotates:
                del self.refreshing[form["refresh_token"]]
                self.refreshing["rotated-refresh"] = scopes
            return 200, self.grant(scopes, refresh="rotated-refresh" if self.rotates else ""), {}
        asked = self.codes.pop(form["code"], None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if asked is None or asked["code_challenge"] != challenge or asked["redirect_uri"] != form["redirect_uri"]:
            return 400, {"error": "invalid_grant", "error_description": "Bad Request"}, {}
        refresh = f"refresh-{secrets.token_urlsafe(8)}"
        self.refreshing[refresh] = asked["scope"].split()
        return 200, self.grant(asked["scope"].split(), refresh=refresh), {}
