"""Paired ratios: A and B in short slices in turn, so that the slow drifts of a shared machine cancel out.

Why: on a busy machine one absolute figure is good to about 30 %; the median of paired ratios repeats to a few.
"""

import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

Operation = Callable[[], object]
Make = Callable[[int], tuple[Operation, Callable[[], None]]]
"""Makes thread i's operation and what closes it."""

SLICE_SECONDS = 0.25
WARM_SECONDS = 0.05
PAIRS = 14


@dataclass(frozen=True, slots=True)
class Ratio:
    """The median of the rates of A over those of B, its quartiles, and both median rates a second."""

    median: float
    low: float
    high: float
    rate_a: float
    rate_b: float


def paired(make_a: Make, make_b: Make, threads: int = 1, pairs: int = PAIRS, seconds: float = SLICE_SECONDS) -> Ratio:
    """How many times as many operations a second A does as B, over `pairs` pairs of slices."""
    rates: list[tuple[float, float]] = []
    with _Crew(make_a, threads) as a, _Crew(make_b, threads) as b:
        for turn in range(pairs):
            first, second = (a, b) if turn % 2 == 0 else (b, a)
            taken = {first: first.rate(seconds), second: second.rate(seconds)}
            rates.append((taken[a], taken[b]))
    low, median, high = statistics.quantiles((x / y for x, y in rates), n=4)
    return Ratio(median, low, high, statistics.median(x for x, _ in rates), statistics.median(y for _, y in rates))


class _Crew:
    """Threads with one operation each, which stay between the slices, as their connections do."""

    def __init__(self, make: Make, threads: int) -> None:
        self._made = [make(i) for i in range(threads)]

    def __enter__(self) -> "_Crew":
        return self

    def __exit__(self, *error: object) -> None:
        for _, close in self._made:
            close()

    def rate(self, seconds: float) -> float:
        """Operations a second of all threads together, after a short warm-up."""
        counts = [0] * len(self._made)
        warm, stop = threading.Event(), threading.Event()

        def work(i: int, operation: Operation) -> None:
            while not warm.is_set():
                operation()
            done = 0
            while not stop.is_set():
                operation()
                done += 1
            counts[i] = done

        crew = [threading.Thread(target=work, args=(i, made[0])) for i, made in enumerate(self._made)]
        for thread in crew:
            thread.start()
        time.sleep(WARM_SECONDS)
        warm.set()
        begun = time.perf_counter()
        time.sleep(seconds)
        elapsed = time.perf_counter() - begun
        stop.set()
        for thread in crew:
            thread.join()
        if not all(counts):
            raise ValueError("a thread did nothing: its operation fails")
        return sum(counts) / elapsed
