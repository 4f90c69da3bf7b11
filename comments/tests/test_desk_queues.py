"""The queues of the desk: what stands in each, in which order, and what each card says."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.tests.factories import create_live_guide
from comments import moderation, posting
from comments.models import Comment, Flag
from comments.states import Action, Reason, State
from comments.tests.desk import (
    DESK,
    card_in,
    cards_in,
    press,
    sign_in_moderator,
    words_in,
)
from comments.tests.factories import create_comment, create_moderator, create_reader, set_policy

pytestmark = pytest.mark.django_db


def report(comment: Comment, *, words: str = "", weight: int = 1) -> Flag:
    key = f"reader {Flag.objects.count()}"
    return Flag.objects.create(
        comment=comment, reporter_key=key, reason=Reason.ABUSE, words=words, weight=weight
    )


def by_rule(**fields) -> Comment:
    comment = create_comment(state=State.APPROVED, **fields)
    moderation.decide(
        comment,
        State.PENDING,
        actor=moderation.SYSTEM,
        reason=Reason.RULE,
        detail="Rule “Shops”: “cheap shoes”",
    )
    return comment


def test_pending_comments_stand_oldest_first(client: Client) -> None:
    sign_in_moderator(client)
    waiting = [create_comment(state=State.PENDING) for _ in range(3)]
    now = timezone.now()
    for number, comment in enumerate(waiting):
        Comment.objects.filter(pk=comment.pk).update(created_at=now - timedelta(hours=number))
    for state in (State.APPROVED, State.REJECTED, State.HIDDEN, State.UNCONFIRMED):
        create_comment(state=state)

    assert cards_in(client.get(DESK)) == [comment.pk for comment in reversed(waiting)]


def test_reported_comments_stand_with_what_readers_wrote(client: Client) -> None:
    sign_in_moderator(client)
    flagged, hidden = create_comment(), create_comment(state=State.HIDDEN)
    report(flagged, words="This is about my <sister>.", weight=2)
    answered = create_comment()
    report(answered)
    moderation.keep(answered, user=create_moderator())
    create_comment(state=State.PENDING)
    response = client.get(DESK, {"queue": "reported"})

    assert cards_in(response) == [hidden.pk, flagged.pk]
    card = card_in(response, flagged)
    assert "It attacks or demeans people." in card
    assert "counts 2" in card
    assert "This is about my &lt;sister&gt;." in card
    assert "Keep it public" in card
    assert "Several readers reported it." in card_in(response, hidden)


def test_held_by_rule_is_a_part_of_what_is_pending(client: Client) -> None:
    sign_in_moderator(client)
    create_comment(state=State.PENDING)
    held = by_rule()
    back = by_rule()
    approval = moderation.approve(back, user=create_moderator())
    moderation.undo(approval, user=approval.actor)  # pending again, but not by the rule
    response = client.get(DESK, {"queue": "rule"})

    assert cards_in(response) == [held.pk]
    assert "A rule of the site asks that a moderator reads it first." in card_in(response, held)
    assert "Rule “Shops”: “cheap shoes”" in card_in(response, held)


def test_tabs_count_what_waits(client: Client) -> None:
    sign_in_moderator(client)
    create_comment(state=State.PENDING)
    by_rule()
    create_comment(state=State.HIDDEN)

    text = words_in(client.get(DESK))

    assert "Pending 2 Reported 1 Held by rule 1 Appeals 0 Notices 0 Recently decided" in text
    assert "Comments (3 waiting)" in text


def test_recently_decided_has_my_decisions_latest_first_with_undo(client: Client) -> None:
    mo = sign_in_moderator(client)
    first, second, other = (create_comment(state=State.PENDING) for _ in range(3))
    moderation.approve(first, user=mo)
    moderation.reject(second, user=mo, reason=Reason.SPAM)
    moderation.approve(other, user=create_moderator())
    response = client.get(DESK, {"queue": "recent"})

    assert cards_in(response) == [second.pk, first.pk]
    assert f'value="undo:{first.pk}"' in card_in(response, first)
    assert "Mo Derator" in card_in(response, second)
    assert "It is advertising." in card_in(response, second)


def test_what_a_colleague_decided_since_has_no_undo(client: Client) -> None:
    mo = sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)
    moderation.approve(comment, user=mo)
    moderation.reject(comment, user=create_moderator(), reason=Reason.ABUSE)

    assert "undo:" not in card_in(client.get(DESK, {"queue": "recent"}), comment)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"rejected", "approved", "pending"}),
        ({"q": "kettle"}, {"rejected"}),
        ({"q": "GUS approved"}, {"approved"}),
        ({"q": "harbour"}, {"pending"}),
        ({"q": "50%_\0"}, set()),
        ({"state": "rejected"}, {"rejected"}),
        ({"state": "received"}, {"rejected", "approved", "pending"}),
        ({"reason": "off-topic"}, {"rejected"}),
        ({"reason": "nonsense"}, {"rejected", "approved", "pending"}),
        ({"person": "9" * 30}, {"rejected", "approved", "pending"}),
    ],
)
def test_all_is_searched_and_filtered(client: Client, query: dict, found: set) -> None:
    sign_in_moderator(client)
    made = {
        "rejected": create_comment(state=State.REJECTED, text="A kettle boils.", name="Ann"),
        "approved": create_comment(text="Words approved of."),
        "pending": create_comment(
            create_live_guide(title="Ships in the harbour"), state=State.PENDING, name="Bo"
        ),
    }
    response = client.get(DESK, {"queue": "all", **query})

    assert set(cards_in(response)) == {made[name].pk for name in found}


def test_all_narrows_to_a_guide_or_a_person(client: Client) -> None:
    sign_in_moderator(client)
    one, other = create_comment(email="a@example.org"), create_comment(email="b@example.org")
    query = {"queue": "all", "guide": one.thread.article_id}
    response = client.get(DESK, query)

    assert cards_in(response) == [one.pk]
    assert f'value="{one.thread.article_id}" selected' in response.content.decode()
    assert cards_in(client.get(DESK, {"queue": "all", "person": other.author_id})) == [other.pk]


def test_a_card_says_who_wrote_it_how_it_came_and_what_it_answers(client: Client) -> None:
    sign_in_moderator(client)
    set_policy(approvals_to_post=2)
    parent = create_comment(name="Paula", text="The first word.")
    comment = create_comment(
        state=State.PENDING,
        parent=parent,
        email="same@example.org",
        text="See **this** [shop](https://shop.example/x).",
    )
    create_comment(email="same@example.org")
    create_comment(email="same@example.org", state=State.REJECTED)
    Comment.objects.filter(pk=comment.pk).update(
        score=0.93, score_words=[["shop", 2.41], ["(3 more)", -0.2]]
    )
    moderation.restrict(
        comment.author, Action.HOLD_ALWAYS, user=create_moderator(), reason=Reason.ABUSE
    )
    card = card_in(client.get(DESK), comment)

    assert "<strong>this</strong>" in card
    assert "New here: 0 of 2 approved" in card
    assert "3 comments: 1 public, 1 rejected, 1 waiting" in card
    assert "Always held" in card
    assert "guest, address confirmed" in card
    assert "First comments of a person are read by a moderator." in card
    assert "0.93" in card
    assert "shop +2.4" in card
    assert "(3 more) -0.2" in card
    assert "Links to</dt><dd>shop.example" in card
    assert "Paula" in card
    assert "The first word." in card
    assert comment.thread.article.get_absolute_url() in card


def test_the_section_and_the_account_are_named(client: Client) -> None:
    sign_in_moderator(client)
    guide = create_live_guide(body="## Queues\n\nWords.\n")
    section = guide.outline[0]["id"]
    comment = create_comment(guide, state=State.PENDING, user=create_reader(), section=section)
    card = card_in(client.get(DESK), comment)

    assert "“Queues”" in card
    assert "<dd>account," in card


def test_an_edit_is_shown(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)
    posting.edit(comment, "Other words.")

    assert "edited" in card_in(client.get(DESK), comment)


@pytest.mark.parametrize("queue", ["pending", "reported", "rule", "recent", "all"])
def test_an_empty_queue_says_so(client: Client, queue: str) -> None:
    sign_in_moderator(client)
    response = client.get(DESK, {"queue": queue})

    assert 'class="mod-empty"' in response.content.decode()
    assert "<form method" not in response.content.decode().split('id="content"')[1]


def test_pages_of_fifty_and_a_hundred(client: Client, monkeypatch) -> None:
    monkeypatch.setattr("comments.admin.queues.SIZES", (2, 4))
    monkeypatch.setattr("comments.admin.queues.Search.size", 2, raising=False)
    sign_in_moderator(client)
    waiting = [create_comment(state=State.PENDING).pk for _ in range(5)]

    assert cards_in(client.get(DESK, {"size": 2})) == waiting[:2]
    assert cards_in(client.get(DESK, {"size": 4, "page": 2})) == waiting[4:]
    assert cards_in(client.get(DESK, {"size": 2, "page": 99})) == waiting[4:]
    assert "Page 2 of 3" in words_in(client.get(DESK, {"size": 2, "page": 2}))


def test_an_unknown_queue_is_the_first_one(client: Client) -> None:
    sign_in_moderator(client)
    comment = create_comment(state=State.PENDING)

    assert cards_in(client.get(DESK, {"queue": "nonsense", "size": "7"})) == [comment.pk]


@pytest.mark.parametrize("queue", ["pending", "reported", "rule", "recent", "all"])
def test_fifty_cards_cost_as_many_queries_as_one(
    client: Client, queue: str, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    mo = sign_in_moderator(client)

    def add(number: int) -> None:
        guide = create_live_guide()
        for _ in range(number):
            flagged = create_comment(guide, name="Another", by=mo)
            report(flagged)
            by_rule(parent=flagged, by=mo)

    add(1)
    client.get(DESK, {"queue": queue})
    with django_assert_max_num_queries(22) as first:
        client.get(DESK, {"queue": queue})
    add(6)
    with django_assert_num_queries(len(first)):
        client.get(DESK, {"queue": queue})


def test_the_last_decision_can_be_taken_back_from_every_queue(client: Client) -> None:
    mo = sign_in_moderator(client)
    comment, _ = create_comment(state=State.PENDING), create_comment(state=State.PENDING)
    moderation.approve(comment, user=mo)

    assert "Your last decision: Gus Guest, comment 1, public" in words_in(client.get(DESK))

    press(client, "undo", comment)
    assert "Your last decision" not in words_in(client.get(DESK))


def test_a_guide_without_comments_is_named_where_it_is_asked_for(client: Client) -> None:
    sign_in_moderator(client)
    create_comment()
    guide = create_live_guide(title="Nobody wrote here")
    html = client.get(DESK, {"queue": "all", "guide": guide.pk}).content.decode()

    assert f'<option value="{guide.pk}" selected>Nobody wrote here' in html
    assert "No comment fits what you look for." in html
