"""Long phrases that everybody knows, and that guessers try early, whatever their length.

Lists of breached passwords hold few of 12 characters and more, and a count of words takes a famous
sentence for words that have nothing to do with each other. Written here by hand; compared without
case, blanks and signs, and without digits at the end.
"""

PHRASES = """
    correct horse battery staple
    the quick brown fox
    the quick brown fox jumps
    the quick brown fox jumps over the lazy dog
    the quick brown fox jumped over the lazy dog
    jackdaws love my big sphinx of quartz
    pack my box with five dozen liquor jugs
    to be or not to be
    to be or not to be that is the question
    may the force be with you
    may the fourth be with you
    luke i am your father
    these are not the droids you are looking for
    never gonna give you up
    never gonna let you down
    winter is coming
    you know nothing jon snow
    one ring to rule them all
    you shall not pass
    my precious my precious
    live long and prosper
    beam me up scotty
    hasta la vista baby
    houston we have a problem
    frankly my dear i dont give a damn
    theres no place like home
    supercalifragilisticexpialidocious
    antidisestablishmentarianism
    pneumonoultramicroscopicsilicovolcanoconiosis
    llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch
    abracadabra open sesame
    open sesame open sesame
    once upon a time
    happily ever after
    mary had a little lamb
    twinkle twinkle little star
    humpty dumpty sat on a wall
    row row row your boat
    happy birthday to you
    happy new year
    merry christmas
    in the beginning was the word
    our father who art in heaven
    our father which art in heaven
    the lord is my shepherd
    for god so loved the world
    jesus is my saviour
    jesus loves you
    god save the queen
    god save the king
    god bless america
    rule britannia
    liverpool football club
    manchester united
    youll never walk alone
    i have a dream
    we the people
    four score and seven years ago
    i think therefore i am
    cogito ergo sum
    carpe diem carpe diem
    veni vidi vici
    lorem ipsum dolor sit amet
    hello my name is
    my name is inigo montoya
    hakuna matata
    all your base are belong to us
    the cake is a lie
    winner winner chicken dinner
    somewhere over the rainbow
    stairway to heaven
    let it be let it be
    we will rock you
    we are the champions
    is this the real life is this just fantasy
    hello darkness my old friend
    all you need is love
    an apple a day keeps the doctor away
    hello world hello world
    this is my password
    what is my password
    i forgot my password
    i love my mommy
    i love my family
    let me in please
    this is a secret password
    password password password
    change me please
    spongebob squarepants
"""


def bare(password: str) -> str:
    """Return a password as it is compared: letters and digits in small, no digits at the end."""
    signs = "".join(sign for sign in password.casefold() if sign.isalnum())
    return signs.rstrip("0123456789")


KNOWN = frozenset(bare(line) for line in PHRASES.splitlines() if line.strip())


def is_known(password: str) -> bool:
    """Return whether a password is one of these phrases, however it is written."""
    return bare(password) in KNOWN
