"""When a server counts as recovered."""

from bench.load.messages import Sample
from bench.scenarios.recovery import recovery_seconds, settled_seconds


def _samples(*times: float, start: float = 100.0, failure: str = "") -> list[Sample]:
    return [Sample(start + number, ms, ms, failure) for number, ms in enumerate(times)]


def test_a_server_that_answers_as_usual_at_once_needs_no_time() -> None:
    assert recovery_seconds(_samples(*[2.0] * 30), 100.0, 2.0) == 0.0


def test_recovery_is_when_the_last_slow_window_has_passed() -> None:
    slow_then_usual = _samples(*[50.0] * 20, *[2.0] * 40)

    # Windows of 15 have a usual median as soon as 8 of their requests are usual.
    assert recovery_seconds(slow_then_usual, 100.0, 2.0) == 13.0


def test_one_failure_makes_its_windows_unusual() -> None:
    samples = _samples(*[2.0] * 20) + _samples(2.0, start=120.0, failure="HTTP 503")
    samples += _samples(*[2.0] * 20, start=121.0)

    assert recovery_seconds(samples, 100.0, 2.0) == 21.0


def test_a_server_that_is_still_slow_at_the_end_has_not_recovered() -> None:
    assert recovery_seconds(_samples(*[2.0] * 20, *[50.0] * 20), 100.0, 2.0) is None


def test_without_requests_after_the_abuse_nothing_is_known() -> None:
    assert recovery_seconds(_samples(*[2.0] * 30), 500.0, 2.0) is None


def test_requests_before_the_end_of_the_abuse_do_not_count() -> None:
    samples = _samples(*[90.0] * 20, start=80.0) + _samples(*[2.0] * 20)

    assert recovery_seconds(samples, 100.0, 2.0) == 0.0


def test_memory_is_back_when_it_stays_near_what_it_was() -> None:
    usual = 500_000_000
    sizes = [(99.0, 9 * usual), (100.0, 3 * usual), (101.0, usual), (102.0, 2 * usual), (103.0, usual)]

    assert settled_seconds(sizes, 100.0, usual) == 3.0
    assert settled_seconds(sizes[:4], 100.0, usual) is None
    assert settled_seconds([(100.0, usual)], 100.0, usual) == 0.0
    assert settled_seconds(sizes, 200.0, usual) is None
