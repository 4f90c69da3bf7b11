"""What follows from a change of rights, of a second factor or of the password."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_used
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import last_seen
from accounts.models import User
from accounts.security import devices, second_factor, sessions
from accounts.signing_in import letters

RIGHTS = ("is_staff", "is_superuser", "is_active")


@receiver(pre_save, sender=User, dispatch_uid="rights_before")
def look_at_rights(instance: User, update_fields: Any = None, **_: Any) -> None:
    """Note whether saving changes what a person may do; costs a query only where it could."""
    instance._rights_change = False  # type: ignore[attr-defined]
    if instance._state.adding or not (update_fields is None or {*RIGHTS} & {*update_fields}):
        return
    stored = User.objects.filter(pk=instance.pk).values_list(*RIGHTS).first()
    now = tuple(getattr(instance, name) for name in RIGHTS)
    instance._rights_change = stored is not None and stored != now  # type: ignore[attr-defined]


@receiver(post_save, sender=User, dispatch_uid="rights_after")
def end_sessions_of_changed_rights(instance: User, **_: Any) -> None:
    """End the sessions of somebody whose rights have changed."""
    if getattr(instance, "_rights_change", False):
        sessions.end_all(instance)


@receiver(m2m_changed, sender=User.groups.through, dispatch_uid="roles_changed")
@receiver(m2m_changed, sender=User.user_permissions.through, dispatch_uid="permissions_changed")
def end_sessions_of_changed_roles(
    sender: Any, instance: Any, action: str, pk_set: set[int] | None, *, reverse: bool, **_: Any
) -> None:
    """End the sessions of those who got or lost a role or a single permission."""
    changed: set[int] = set()
    if action in {"pre_remove", "pre_clear"}:
        instance._losing = _who_has(sender, instance, pk_set, reverse)
    elif action == "post_add" and pk_set:
        changed = pk_set if reverse else {instance.pk}
    elif action in {"post_remove", "post_clear"}:
        changed = instance._losing
    if changed and not reverse:
        sessions.end_all(instance)  # this very copy, so that it knows the new stamp
        return
    for person in User.objects.filter(pk__in=changed):
        sessions.end_all(person)


def _who_has(ties: Any, instance: Any, pks: set[int] | None, is_reverse: bool) -> set[int]:
    """Return the people who have now what is about to be taken; all there is without `pks`."""
    (theirs,) = (field.attname for field in ties._meta.fields if field.related_model is User)
    (other,) = (
        field.attname for field in ties._meta.fields if field.related_model not in {None, User}
    )
    own, named = (other, theirs) if is_reverse else (theirs, other)
    rows = ties.objects.filter(**{own: instance.pk})
    if pks is not None:
        rows = rows.filter(**{f"{named}__in": pks})
    return set(rows.values_list(theirs, flat=True))


@receiver(authenticator_added, dispatch_uid="factor_added")
def renew_for_new_factor(
    request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    """Give the session a new key; with a first factor, end those that never had to give one."""
    if authenticator.type not in second_factor.FACTORS or request.user.pk != user.pk:
        return
    factors = Authenticator.objects.filter(user=user, type__in=second_factor.FACTORS)
    if factors.exclude(pk=authenticator.pk).exists():
        sessions.renew(request)
        return
    second_factor.count_as_proven(request, authenticator)
    sessions.end_all(user, keep=request)


@receiver(authenticator_removed, dispatch_uid="factor_removed")
def end_sessions_of_removed_factor(
    request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    """End all other sessions: whoever removes a factor may have lost the device it was on."""
    if authenticator.type in second_factor.FACTORS:
        sessions.end_all(user, keep=request)


@receiver(authenticator_used, dispatch_uid="recovery_code_used")
def tell_of_recovery_code(
    request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    """Tell the owner that a recovery code was used: it is what a thief of papers would use."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        about = {"user": user}
        get_adapter(request).send_notification_mail(letters.RECOVERY_CODE_USED, user, about)


@receiver(password_changed, dispatch_uid="password_changed")
@receiver(password_set, dispatch_uid="password_set")
def tidy_after_new_password(request: HttpRequest, user: User, **_: Any) -> None:
    """Keep the list of devices right: a new password has ended all other sessions."""
    if request.user.pk == user.pk:
        sessions.end_others_of_changed_password(request, user)


@receiver(password_reset, dispatch_uid="password_reset")
def end_sessions_of_reset_password(user: User, **_: Any) -> None:
    """End every session: somebody else may have known the old password."""
    sessions.end_all(user)


@receiver(user_logged_in, dispatch_uid="seen_at_sign_in")
def note_sign_in(request: HttpRequest, **_: Any) -> None:
    """Signing in is being seen: the next note is due an hour later."""
    last_seen.note(request)


@receiver(user_logged_out, dispatch_uid="session_of_signed_out")
def forget_session(request: HttpRequest, **_: Any) -> None:
    """Take a session off the list of devices when its person signs out."""
    UserSession.objects.filter(session_key=request.session.session_key or "").delete()


@receiver(pre_save, sender=UserSession, dispatch_uid="shorten_address")
def shorten_address(instance: UserSession, **_: Any) -> None:
    """Store the network of a device, never its whole address."""
    instance.ip = devices.network(instance.ip)
