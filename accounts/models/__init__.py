from accounts.models.agreements import Consent, Document, DocumentVersion
from accounts.models.deletion import CommentsChoice, DeletionRequest, Erasure
from accounts.models.profile import NotificationChoice, ProfileLink
from accounts.models.user import User, UserManager

__all__ = [
    "CommentsChoice",
    "Consent",
    "DeletionRequest",
    "Document",
    "DocumentVersion",
    "Erasure",
    "NotificationChoice",
    "ProfileLink",
    "User",
    "UserManager",
]
