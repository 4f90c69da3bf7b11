"""The desk counts all that waits, and offers to take back only what can be taken back."""

import re

import pytest
from django.test import Client

from comments import moderation, reports
from comments.appeals import appeal, decide_appeal
from comments.identity import Visitor
from comments.models import Appeal, Comment, ModerationAct, Notice
from comments.moderation import DecisionError, why_no_undo
from comments.states import Reason, State
from comments.tests.desk import DECIDE, DESK, page_url, press, sign_in_moderator, words_in
from comments.tests.factories import create_comment, create_moderator
from comments.tests.test_desk_queues import report

pytestmark = pytest.mark.django_db


def notice(comment: Comment | None = None) -> Notice:
    return reports.file_notice(
        address="/guides/queues/",
        explanation=f"It names me, and says what is not true; number {Notice.objects.count()}.",
        visitor=Visitor(),
        network="198.51.100.1",
        comment=comment,
    )


def count_at_the_head(client: Client) -> int:
    found = re.search(r"Comments \((\d+) waiting\)", client.get(DESK).text)
    assert found, "the head of the desk counts nothing"
    return int(found[1])


def counts_of_tabs(client: Client) -> dict[str, int]:
    tabs = client.get(DESK).text.split('class="mod-tabs"')[1].split("</nav>")[0]
    found = re.findall(r">([\w ]+) <span class=\"mod-count\"[^>]*>(\d+)<", tabs)
    return {label: int(count) for label, count in found}


def test_the_head_counts_what_waits_in_each_queue_once(client: Client) -> None:
    mo = sign_in_moderator(client)
    assert count_at_the_head(client) == 0
    create_comment(state=State.PENDING)
    create_comment(state=State.UNCONFIRMED)
    reported, hidden = create_comment(by=mo), create_comment(by=mo)
    for _ in range(2):  # one comment, however many readers
        report(reported)
        report(hidden)
    moderation.decide(
        hidden, State.HIDDEN, actor=moderation.READERS, reason=Reason.REPORTED, detail="2 reports"
    )
    notice()
    notice_of = create_comment(by=mo)
    notice(notice_of)
    act = moderation.reject(notice_of, user=mo, reason=Reason.SPAM)
    appeal(act, "It was a quotation.")

    tabs = counts_of_tabs(client)
    assert tabs == {"Pending": 1, "Reported": 2, "Held by rule": 0, "Appeals": 1, "Notices": 2}
    assert count_at_the_head(client) == sum(tabs.values())


def test_what_was_answered_waits_no_more(client: Client) -> None:
    mo = sign_in_moderator(client)
    comment = create_comment(by=mo)
    report(comment)
    moderation.keep(comment, user=mo)
    made = notice()
    reports.decide_notice(made, Notice.Outcome.KEPT, user=mo, statement="It is true.")
    assert count_at_the_head(client) == 0


def after_a_notice(mo) -> Comment:
    comment = create_comment()
    reports.decide_notice(notice(comment), Notice.Outcome.REMOVED, user=mo, statement="§ 186.")
    return comment


def after_an_appeal(mo) -> Comment:
    comment = create_comment(state=State.REJECTED)
    act = comment.acts.newest_first()[0]
    made = appeal(act, "It was a quotation.")
    decide_appeal(made, Appeal.Outcome.REVERSED, user=mo, statement="Right.")
    return comment


def after_a_colleague(mo) -> Comment:
    comment = create_comment(state=State.REJECTED, by=mo)
    moderation.approve(comment, user=create_moderator(name="Carla"))
    return comment


def after_an_undo(mo) -> Comment:
    comment = create_comment(state=State.REJECTED, by=mo)
    moderation.undo(comment.acts.newest_first()[0], user=mo)
    return comment


BARRED = [after_a_notice, after_an_appeal, after_a_colleague, after_an_undo]


@pytest.mark.parametrize("happened", BARRED, ids=lambda happened: happened.__name__)
def test_no_offer_that_must_fail(client: Client, happened) -> None:
    mo = sign_in_moderator(client)
    comment = happened(mo)
    act = ModerationAct.objects.filter(comment=comment, actor=mo).decisions().newest_first()[0]
    with pytest.raises(DecisionError) as refused:
        moderation.undo(act, user=mo)

    assert why_no_undo(act, mo) == str(refused.value) != ""
    assert f'"undo:{comment.pk}"' not in client.get(DESK).text
    recent = client.get(DESK, {"queue": "recent"}).text
    assert f'data-card="{comment.pk}"' in recent
    assert f'"undo:{comment.pk}"' not in recent
    assert f'"undo:{comment.pk}"' not in client.get(page_url(comment)).text


def test_an_offer_wherever_it_works(client: Client) -> None:
    mo = sign_in_moderator(client)
    comment = create_comment(state=State.REJECTED, by=mo)
    button = f'value="undo:{comment.pk}"'
    assert why_no_undo(comment.acts.newest_first()[0], mo) == ""
    assert button in client.get(DESK).text
    assert button in client.get(DESK, {"queue": "recent"}).text
    assert button in client.get(page_url(comment)).text
    assert "Taken back" in words_in(press(client, "undo", comment, url=DECIDE))
