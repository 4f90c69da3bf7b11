"""Characters that would harm whoever reads: taken out of what is shown."""

import re

# Control characters, halves of characters, what Unicode keeps for itself, and the marks that turn
# the direction of all that follows: with them "cod.exe" reads "exe.doc". The marks of direction
# that stand for themselves (U+200E, U+200F, U+061C) and joiners stay; scripts need them.
HARMFUL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u206f\ud800-\udfff"
    "\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff]"
)
LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Letters that cannot be seen, used to hide words; three flags are spelt with them.
TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007f]{1,7})|[\U000e0000-\U000e007f]")
# Marks above and below a letter: more than six reach into the neighbours' words.
MARKS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
PILED = re.compile(f"({MARKS}{{6}}){MARKS}+")


def visible(text: str) -> str:
    """Return a text without characters that disturb what stands around them."""
    plain = HARMFUL.sub("", LINE_ENDS.sub("\n", text))
    return PILED.sub(r"\1", TAGS.sub(r"\1", plain))
