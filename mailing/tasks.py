"""Tasks of mail, run by the worker (`manage.py task_worker`)."""

from django.tasks import task

from mailing import delivery


@task
def deliver(letter_pk: int) -> str:
    """Send one letter; return how it went. The sweep takes care of whatever goes wrong here."""
    return delivery.deliver(letter_pk).value
