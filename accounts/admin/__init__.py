"""The desk for people, their roles, their public pages, and the texts they agree to."""

from accounts.admin import documents, member_pages, people, roles

__all__ = ["documents", "member_pages", "people", "roles"]
