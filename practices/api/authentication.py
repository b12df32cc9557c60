"""Who calls the API: the reach was built at the roof, this only tells the framework."""

from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer …`: one user in one membership, no cookies, no CSRF."""

    keyword = "Bearer"

    def authenticate(self, request: Request) -> tuple[object, object] | None:
        if not request.headers.get("Authorization", "").startswith(f"{self.keyword} "):
            return None
        acting = request._request.acting  # noqa: SLF001 - the framework wraps Django's request
        if acting is None:
            raise AuthenticationFailed("This token is unknown, expired or revoked.")
        return acting.user, acting

    def authenticate_header(self, request: Request) -> str:
        return self.keyword


class BrowserSession(SessionAuthentication):
    """The cookie of a signed-in browser, with CSRF."""

    def authenticate(self, request: Request) -> tuple[object, object] | None:
        acting = request._request.acting  # noqa: SLF001 - the framework wraps Django's request
        if acting is None:
            return None
        self.enforce_csrf(request)
        return acting.user, acting


class IsSignedIn(BasePermission):
    """Somebody in a live membership."""

    def has_permission(self, request: Request, view: object) -> bool:
        return request.auth is not None
