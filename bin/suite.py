"""`make test`: install what tests need, then run the whole suite in parallel."""

import os
import sys

import environment


def main() -> None:
    """Become pytest. Arguments go on to it; without -n the suite runs on every core."""
    environment.ensure("requirements-dev.txt")
    arguments = sys.argv[1:]
    if not any(argument.startswith(("-n", "--numprocesses")) for argument in arguments):
        arguments = ["-n", "auto", *arguments]
    python = str(environment.PYTHON)
    os.chdir(environment.ROOT)
    os.execv(python, [python, "-m", "pytest", *arguments])


if __name__ == "__main__":
    main()
