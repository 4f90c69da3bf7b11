from accounts.models.agreements import Consent, Document, DocumentVersion
from accounts.models.deletion import CommentsChoice, DeletionRequest, Erasure
from accounts.models.member_page import MemberPage, RetiredHandle
from accounts.models.profile import NotificationChoice, ProfileLink
from accounts.models.second_look import SecondLook
from accounts.models.user import User, UserManager

__all__ = [
    "CommentsChoice",
    "Consent",
    "DeletionRequest",
    "Document",
    "DocumentVersion",
    "Erasure",
    "MemberPage",
    "NotificationChoice",
    "ProfileLink",
    "RetiredHandle",
    "SecondLook",
    "User",
    "UserManager",
]
