"""The cache in files: of many that add the same key at once, exactly one does."""

import multiprocessing
from collections import Counter
from pathlib import Path

from core.cache import FileCache

PROCESSES, ROUNDS = 4, 20


def add_all(folder: str, barrier, won) -> None:
    cache = FileCache(folder, {})
    for number in range(ROUNDS):
        barrier.wait(30)
        if cache.add(f"key-{number}", "mine"):
            won.put(number)


def test_of_many_at_once_exactly_one_adds(tmp_path: Path) -> None:
    start = multiprocessing.get_context("spawn")  # a fork of threads may hang
    barrier, won = start.Barrier(PROCESSES), start.Queue()
    arguments = (str(tmp_path), barrier, won)
    processes = [start.Process(target=add_all, args=arguments) for _ in range(PROCESSES)]
    for process in processes:
        process.start()
    found = Counter(won.get(timeout=60) for _ in range(ROUNDS))
    for process in processes:
        process.join(60)
    assert won.empty()
    assert found == Counter(range(ROUNDS))


def test_it_behaves_as_any_cache(tmp_path: Path) -> None:
    cache = FileCache(str(tmp_path / "not-there-yet"), {})
    assert cache.add("a", 1)
    assert not cache.add("a", 2)
    assert cache.get("a") == 1
    assert cache.add("b", 1, timeout=-1)
    assert cache.get("b") is None  # has run out
    assert cache.add("b", 2)
    assert cache.get("b") == 2
    cache.delete("a")
    assert cache.add("a", 3)
    assert not [
        path for path in tmp_path.rglob("*") if path.is_file() and "djcache" not in path.name
    ]
