"""Comments to learn the spam score from and to try it on, all written for these tests.

`GOOD` and `SPAM` are templates; each is filled five times. The held-out part has templates of its
own, so nothing in it was ever seen. `HARD` was written by hand to be confused: honest comments that
talk about money, links and offers, and advertising that talks like a developer.
"""

import random

from comments.rendering import render_comment
from comments.screening.learning import Example
from comments.screening.reading import read_html
from comments.screening.score import terms_of

FEW_GOOD = ["Retries need care in queues", "Queues need retries", "Care for the reader"]
FEW_SPAM = ["Win money with our casino https://luck.example", "Casino money!! https://luck.example"]

WORDS = {
    "tool": [
        "PostgreSQL",
        "Redis",
        "Django",
        "Kafka",
        "Docker",
        "Terraform",
        "nginx",
        "SQLite",
        "RabbitMQ",
        "Celery",
    ],
    "topic": [
        *("indexes", "transactions", "code review", "on-call", "retries", "caching"),
        *("queues", "testing", "pagination", "logging", "migrations", "rate limits"),
    ],
    "time": ["last year", "three months ago", "in spring", "two weeks ago", "in my first job"],
    "place": ["Berlin", "Kraków", "Lyon", "Porto", "Leeds", "Bengaluru", "a small town", "Tallinn"],
    "role": ["junior", "mid-level engineer", "tech lead", "career changer", "student", "tester"],
    "n": ["2", "3", "4", "6", "12", "40"],
    "site": ["best-deal", "win-now", "fast-cash", "luck7", "top-offer", "promo24", "vip-club"],
    "end": ["example", "test", "invalid"],
    "money": ["$500", "$3,000", "€900", "£250", "5000 USD", "$10k", "1 BTC"],
    "name": ["Mrs Judith", "Dr Frank", "agent Peter", "Sir Lucas", "Madam Rose", "coach Tina"],
    "thing": [
        *("casino bonus", "crypto signals", "essay service", "loan", "followers", "diet pills"),
        *("exam dumps", "replica watches", "forex robot", "backlinks", "IPTV", "certificates"),
    ],
}

GOOD = [
    "The section on {topic} finally made it click for me. We use {tool} and I had it backwards.",
    "Small correction: in {tool} the default changed, so the number in the second table is old.",
    "I moved from support to back end {time}. What helped most was writing about {topic}.",
    "How do you explain {topic} to a manager who only asks about dates? Ours never listens.",
    "We tried this with {tool} and it fell over after {n} weeks. The missing piece was {topic}.",
    "Thanks for the figure with its source. In {place} pay for a {role} is about what you show.",
    "I disagree with the part on {topic}. At {n} services it is fine, at 60 it is a nightmare.",
    "Could you say more about {topic}? The example with the repair shop stops just before it.",
    "As a {role} in {place} I can confirm that interviews here ask about {topic} every time.",
    "My team reads one chapter a week. The exercise about {topic} took us {n} evenings.",
    "Is there a reason to prefer {tool} here? I would have reached for plain SQL first.",
    "Typo in the third paragraph, “recieve”. Otherwise the clearest text on {topic} I know.",
    "I failed {n} interviews before I understood {topic}. Nobody had told me why it matters.",
    "For what it is worth, {tool} logs this as a warning, and nobody here reads warnings.",
    "The diagram helped, though the arrow between worker and {tool} points the wrong way.",
]
GOOD_HELD_OUT = [
    "Does the advice on {topic} hold for a team of {n}? Ours has no one who does operations.",
    "I printed this for our new {role}. She asked why {tool} is not in the list, and so do I.",
    "In {place} nobody hires remotely any more, so the paragraph about offices rings true.",
    "We broke production {time} in just this way. A post-mortem about {topic} followed.",
    "The survey behind the chart is from before {tool} had that feature, isn't it?",
    "Reading this as a {role} I felt seen. The bit about asking early is what I needed.",
    "Please keep the old version linked; I cite your table on {topic} in my thesis.",
    "After {n} years with {tool} I would put the chapter on {topic} first, not last.",
    "What would you learn next if {topic} is your weak side and you have {n} hours a week?",
]
SPAM = [
    "Make {money} a week from home!! Visit https://{site}.{end} and claim your {thing} now.",
    "I was broke until {name} helped me earn {money} with {thing}. Contact her on WhatsApp today.",
    "Great post! Check out my website https://{site}.{end} for cheap {thing} and free delivery.",
    "BEST {thing} ONLINE, 100% GUARANTEED, click here: https://{site}.{end}",
    "Nice blog, very informative. Buy {thing} at [best price](https://{site}.{end}/buy) today.",
    "Congratulations, you have been selected to win {money}. Claim at https://{site}.{end} now",
    "Invest {money} and get double in 24 hours. {name} is the best broker, write to her email.",
    "Need {thing}? Instant approval, no questions, lowest price guaranteed at {site}.{end}",
    "Hello dear, I recovered my lost {money} thanks to {name}, a legit hacker. "
    "Contact on Telegram.",
    "Get more traffic to your website with {thing}, 100% safe, order now https://{site}.{end}/seo",
    "Play and win at {site}: free {thing}, daily bonus {money}, sign up at https://{site}.{end}",
    "Thank you for sharing such wonderful information. Visit us for {thing}: https://{site}.{end}",
    "Earn passive income with {thing}. Join our Telegram group, {money} profit every day!!",
    "Cheap {thing} for sale, worldwide shipping, discount code inside https://{site}.{end}",
    "Want to pass any exam? Buy real {thing}, registered, no test needed, WhatsApp {name}.",
]
SPAM_HELD_OUT = [
    "My life changed when {name} traded {money} for me and paid the profit in 24 hours. Email her.",
    "Visit https://{site}.{end} for {thing}, the best price online, order today!!",
    "Very useful article, thanks for sharing. Our {thing} are 100% legit: https://{site}.{end}",
    "Free bonus {money} for new players, claim it now at https://{site}.{end}/win",
    "LOWEST PRICE on {thing}, click https://{site}.{end}, offer ends tonight",
    "Do you need a loan of {money}? Contact {name} on WhatsApp for instant approval.",
    "Join {site} and earn {money} daily from home, no experience, guaranteed profit.",
    "I buy and sell {thing}. Telegram @{site}, fast delivery, cheap, worldwide.",
    "Wonderful blog post. See also https://{site}.{end} and https://{site}2.{end} for {thing}.",
]
EACH = 5

HARD_GOOD = [
    "I earn 52,000 € in Leipzig, for what it's worth. The offer before was 45,000 €.",
    "You can buy the book or read it for free; the link in the sources is dead, this one works: "
    "https://archive.example/ddia",
    "My first offer was terrible. I asked for 10% more and got it by email the same day.",
    "Our bonus is paid in shares, which nobody here should count as income.",
    "Check your website on a phone: the second table is cut off at 360 pixels.",
    "Crypto companies pay well until they do not pay at all. Mine was closed within a week.",
    "CAPITALS IN ENVIRONMENT VARIABLES ARE A CONVENTION, NOT A RULE, or am I wrong?",
    "Thanks!! This saved my evening.",
    "https://www.postgresql.org/docs/current/ddl-partitioning.html says it in one page.",
    "Do certificates help at all? Everyone tries to sell me one.",
    "I contacted the recruiter on LinkedIn and never heard back. Is that normal?",
    "A free tier is not free: our bill was $3,000 after one weekend of retries.",
    "Great post. One question: why not an outbox here?",
    "Remote work from home since 2020, and I miss the whiteboard.",
    "Visit a meetup before you pay for a boot camp. Mine had people from five companies.",
    "We lost money on this: the queue delivered each order twice.",
    "How much traffic can SQLite take before it hurts? Ours serves 40 requests a second.",
    "I was selected for the second round. Any exercise on pagination you would recommend?",
    "The price of Redis in the cloud is what made us go back to a table.",
    "See https://docs.example/a, https://docs.example/b and https://docs.example/c; they disagree.",
]
HARD_SPAM = [
    "As a back end developer I finally doubled my salary after this course: https://pro-dev.example",
    "PostgreSQL is hard, so let our experts do your homework. Cheap, fast, 100% original.",
    "I struggled with interviews until a mentor gave me the real questions. Write me on Telegram.",
    "Interesting article on caching. Also read https://luck7.example/caching-casino",
    "Good points about testing. We test websites for a living, order a report at promo24.test",
    "Need a job in Berlin? Our agency has a secret list, only $500, contact us today.",
    "For migrations I can recommend this tool, 50% discount this week: https://top-offer.test/db",
    "I agree. By the way my brother recovered his wallet with the help of a hacker named Frank.",
    "Redis, Kafka, Docker dumps, latest exam questions, pass guaranteed, WhatsApp only.",
    "Nice diagram. Our designers make such diagrams cheap, see our website.",
    "Junior developers can earn $3,000 a week with our trading bot written in Python.",
    "Thanks for the advice on code review! Visit my profile for followers and likes.",
    "Your site loads slowly, I can bring it to the first page of search results, email me.",
    "I learned Django in 24 hours with this one trick https://fast-cash.example/django",
    "Great for students: essay and thesis on queues delivered over night, lowest price.",
    "Working from home as a tester changed my life, ask Mrs Judith how.",
    "Best laptops for developers, reviewed: https://best-deal.invalid/laptops",
    "We hire! No experience, no interview, daily pay, send your bank details by email.",
    "Rate limits are boring, gambling with limits is fun: luck7.example",
    "Backlinks from real developer blogs, this one is for sale too, contact on Telegram.",
]


def filled(templates: list[str], seed: int) -> list[str]:
    """Return each template filled five times, the same on every machine."""
    chance = random.Random(seed)
    return [_fill(template, chance) for template in templates for _ in range(EACH)]


def _fill(template: str, chance: random.Random) -> str:
    return template.format(**{name: chance.choice(words) for name, words in WORDS.items()})


def terms(text: str) -> frozenset[str]:
    """Return what counts of a text."""
    return terms_of(read_html(render_comment(text)))


def examples(good: list[str], spam: list[str]) -> list[Example]:
    """Return texts as the score learns from them."""
    return [(terms(text), False) for text in good] + [(terms(text), True) for text in spam]
