"""Proves that a form was filled in on a page of ours: a page elsewhere cannot know the token of its reader's cookie."""

import hashlib
import hmac


class FormTokens:
    """Makes and checks tokens. Every instance with the same `secret` accepts the same ones; nothing is kept."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def token(self, holder: str) -> str:
        """The token in the forms of whoever has that value in a cookie that only they can have."""
        return hmac.new(self._secret, holder.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()

    def accepts(self, holder: str, token: str) -> bool:
        """Whether the token is that holder's; nobody's where there is no cookie."""
        return bool(holder) and hmac.compare_digest(self.token(holder).encode(), token.encode(errors="surrogatepass"))
