"""Show the pages of signing in, of one's own account and of the administrators."""

from permissions.views.errors import bad_request, csrf_failure, forbidden, not_found, server_error

__all__ = ["bad_request", "csrf_failure", "forbidden", "not_found", "server_error"]
