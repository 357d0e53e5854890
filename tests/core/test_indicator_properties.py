"""What holds of every rate, whatever the figures."""

from decimal import Context, Decimal, localcontext
from fractions import Fraction

from hypothesis import assume, example, given
from hypothesis import strategies as st

from kaikaku.core.indicators import Direction, Formula, Observation, achieve, rate_many, rate_one

D = Decimal


figures = st.decimals(-1_000_000, 1_000_000, allow_nan=False, allow_infinity=False, places=3)
positive = st.decimals("0.001", 1_000_000, allow_nan=False, allow_infinity=False, places=3)
maybe = st.none() | figures
observations = st.builds(
    Observation,
    actual=maybe,
    target=maybe | st.just(D(0)),
    baseline=maybe,
    direction=st.none() | st.sampled_from(Direction),
    formula=st.sampled_from(Formula),
    band_upper=st.none() | figures,
    actual_year=st.none() | st.integers(2018, 2030),
    target_year=st.none() | st.integers(2018, 2030),
    baseline_year=st.none() | st.integers(2018, 2030),
    cumulative_from=st.none() | st.just(2019),
)


@given(observations)
def test_every_observation_has_a_rate_or_a_reason_and_a_text_for_both(observation: Observation) -> None:
    rated = rate_one(observation)
    assert (rated.rate is None) is (rated.reason is not None)
    assert rated.working("円")
    assert rated.choice.why
    assert rated.formula is not Formula.AUTO


@given(
    st.lists(observations, max_size=20), st.sampled_from([Formula.AUTO, Formula.RATIO, Formula.EXPECTED_PATH])
)
def test_rating_many_is_bit_for_bit_rating_one_by_one(many: list[Observation], preferred: Formula) -> None:
    bulk = rate_many(many, preferred=preferred)
    single = [rate_one(one, preferred=preferred).rate for one in many]
    assert [str(rate) for rate in bulk] == [str(rate) for rate in single]


@given(figures, figures, figures)
def test_rating_from_a_baseline_is_symmetric_under_negation(a: D, t: D, b: D) -> None:
    assume(t != b)
    rated = achieve(actual=a, target=t, baseline=b, formula=Formula.FROM_BASELINE)
    mirrored = achieve(actual=-a, target=-t, baseline=-b, formula=Formula.FROM_BASELINE)
    assert rated.rate == mirrored.rate


@given(figures, positive, figures, figures)
def test_nearer_the_target_is_never_rated_lower(a: D, step: D, t: D, b: D) -> None:
    assume(t != b)
    better = a + step if t > b else a - step
    rates = rate_many([Observation(x, t, b) for x in (a, better)])
    assert rates[0] is not None
    assert rates[1] is not None
    assert rates[0] < rates[1]


@given(positive, positive, positive, st.sampled_from([Formula.INVERSE_RATIO, Formula.TWO_MINUS_RATIO]))
def test_where_lower_is_better_more_is_never_rated_higher(a: D, step: D, t: D, formula: Formula) -> None:
    low, high = rate_many([Observation(x, t, formula=formula) for x in (a, a + step)])
    assert low is not None
    assert high is not None
    assert low >= high


@given(figures, figures, st.none() | st.text(max_size=5))
def test_an_external_factor_changes_no_rate(a: D, t: D, factor: str | None) -> None:
    assert achieve(actual=a, target=t, external_factor=factor).rate == achieve(actual=a, target=t).rate


@given(figures, figures, figures, st.integers(0, 6))
@example(D("7.995"), D(10), D(0), 1)
def test_rounding_decides_as_the_exact_fraction_does(a: D, t: D, b: D, decimals: int) -> None:
    assume(t != b)
    rated = achieve(actual=a, target=t, baseline=b, formula=Formula.FROM_BASELINE)
    exact = Fraction(a - b) / Fraction(t - b) * 100
    scaled = abs(exact) * 10**decimals
    rounded = int(scaled + Fraction(1, 2))
    expected = D(rounded if exact > 0 else -rounded).scaleb(-decimals)
    assert D(rated.rate_shown(decimals).replace("△", "-")) == expected


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 200))
def test_the_rate_meets_a_threshold_exactly_when_the_fraction_does(a: int, t: int, threshold: int) -> None:
    rated = achieve(actual=D(a), target=D(t), direction=Direction.UP)
    assert rated.rate is not None
    assert (rated.rate >= threshold) == (a * 100 >= threshold * t)


@given(observations, st.integers(1, 5))
def test_the_callers_decimal_context_changes_nothing(observation: Observation, precision: int) -> None:
    rated = rate_one(observation)
    expected = (str(rated.rate), rated.working("円"), rated.rate_shown(3))
    with localcontext(Context(prec=precision, traps=[])):
        again = rate_one(observation)
        assert (str(again.rate), again.working("円"), again.rate_shown(3)) == expected


@given(st.integers(1, 10**60), st.integers(1, 10**60))
def test_figures_of_any_length_are_shown_whole(actual: int, target: int) -> None:
    rated = achieve(actual=D(actual), target=D(target), formula=Formula.RATIO)
    assert rated.rate_shown(2)
    assert rated.working()
