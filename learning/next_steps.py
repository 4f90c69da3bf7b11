"""What the overview of the account suggests to somebody who has saved and read nothing yet."""

from django.urls import reverse

from accounts.models import User
from accounts.registries.next_steps import NextStep
from learning.models import ReadGuide, SavedGuide


def begin(user: User) -> NextStep | None:
    """Suggest to save a guide, as long as the person has neither saved nor read one."""
    saved = SavedGuide.objects.of(user).order_by().values("pk")
    if saved.union(ReadGuide.objects.of(user).order_by().values("pk")).exists():
        return None
    return NextStep(
        "Save a guide for later, or mark it as read. Your account then tells you what changed in "
        "it since.",
        "Choose a guide",
        reverse("articles:list"),
    )
