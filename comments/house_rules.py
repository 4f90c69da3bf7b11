"""The rules of the house: what is rejected here, in words for those who write."""

from dataclasses import dataclass

from comments.states import REJECTIONS, Reason


@dataclass(frozen=True)
class HouseRule:
    """One reason for which comments are rejected."""

    reason: Reason
    name: str
    text: str


HOUSE_RULES = (
    HouseRule(
        Reason.SPAM,
        "Advertising",
        "Words that are there to sell something, or to have a link read by search engines. A link "
        "to your own work is welcome where it answers the guide.",
    ),
    HouseRule(
        Reason.OFF_TOPIC,
        "Off the subject",
        "What is neither about the guide nor about the comment that it answers, however good.",
    ),
    HouseRule(
        Reason.ABUSE,
        "Attacks on people",
        "Insults, threats, contempt for people because of what they are. Attack the argument as "
        "hard as you like.",
    ),
    HouseRule(
        Reason.PERSONAL_DATA,
        "Private details of others",
        "Names, addresses, pay or health of people who are not public and have not agreed.",
    ),
    HouseRule(
        Reason.MISLEADING,
        "Harmful untruth",
        "What is stated as fact, is known to be wrong, and would hurt whoever believes it. An "
        "opinion that we do not share is none of these.",
    ),
    HouseRule(
        Reason.REPEATED,
        "Repetition",
        "The same point once more, by the same person or by many.",
    ),
    HouseRule(
        Reason.ILLEGAL,
        "Against the law",
        "What we believe a law forbids. The moderator says which one.",
    ),
    HouseRule(
        Reason.OTHER,
        "Something else",
        "Rare. The moderator then gives the reason in their own words.",
    ),
)
assert {rule.reason for rule in HOUSE_RULES} == set(REJECTIONS)
