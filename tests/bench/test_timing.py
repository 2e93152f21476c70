import pytest

from bench.timing import Spread, slope, spread


def test_a_spread_says_how_much_half_and_nearly_all_needed() -> None:
    found = spread([float(value) for value in range(101)])
    assert found == Spread(count=101, p50=50, p95=95, p99=99, most=100)
    assert spread([3.0]) == Spread(count=1, p50=3, p95=3, p99=3, most=3)
    assert spread([]) == Spread(count=0, p50=0, p95=0, p99=0, most=0)


def test_a_slope_is_that_of_the_line_through_the_points() -> None:
    assert slope([(hour, 100 + 2 * hour) for hour in range(5)]) == pytest.approx(2)
    assert slope([(1, 5), (1, 7)]) == 0
    assert slope([]) == 0
