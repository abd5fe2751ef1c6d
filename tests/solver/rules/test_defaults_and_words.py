"""Every default rule: its kind and source as the ward has them, its words in both languages, its settings."""

from __future__ import annotations

import re

import pytest

from tests.solver.kit import arrange, verdict, ward_rule
from tests.solver.rules.breaches import BREACHES
from wardteam.domain.rules import RuleSetting, Severity
from wardteam.errors import WardteamError
from wardteam.i18n import Language, translator
from wardteam_solver.limits import About
from wardteam_solver.rules import WARD_RULES, Rule, Stage, configured
from wardteam_solver.words import say, where

BY_CODE = {rule.code: rule for rule in WARD_RULES}
LATIN_ALLOWED = re.compile(r"N\d")

DEFAULTS = [
    ("staffing", "soft", "ward", {}),
    ("double_staffing", "soft", "double-staffed", {"at_least": 2}),
    ("wished_staffing", "soft", "ward", {}),
    ("clock_staffing", "soft", "ward", {"at_least": 2}),
    ("seniority", "hard", "ward practice", {"at_least": 1}),
    ("first_years_apart", "hard", "ward practice", {"at_most": 1}),
    ("hours", "soft", "working hours, article 3; Labour Law, articles 36 and 38", {}),
    ("long_week", "warn", "working hours, article 3; Labour Law, articles 36 and 38", {"hours": 44}),
    ("overtime", "hard", "Labour Law, article 41", {"hours": 36}),
    ("long_day", "hard", "Labour Law, article 41", {"hours": 3, "standard_hours": 8}),
    ("weekly_rest", "hard", "Labour Law, article 38", {"window": 7}),
    ("pregnancy", "hard", "Female Employees, article 6", {}),
    ("nursing_mother", "hard", "Female Employees, article 9", {}),
    ("registration", "hard", "Nurses Regulations, articles 8-10 and 21", {}),
    ("supervision", "hard", "ward practice", {}),
    ("rest", "hard", "good practice", {"hours": 11}),
    ("off_after_nights", "hard", "good practice", {"nth_day": 1}),
    ("second_day_off_after_nights", "soft", "good practice", {"nth_day": 2}),
    ("days_in_a_row", "hard", "good practice", {"what": "work", "most": 6}),
    ("nights_in_a_row", "hard", "good practice", {"what": "kind:night", "most": 3}),
    ("single_working_day", "soft", "good practice", {"what": "work", "least": 2}),
    ("single_day_off", "soft", "good practice", {"what": "off", "least": 2}),
    ("kinds_per_week", "soft", "jumbled weeks", {"most": 2}),
    ("kinds_forward", "soft", "jumbled weeks", {}),
    ("whole_weekends", "soft", "good practice", {}),
    ("free_weekend", "hard", "good practice", {"window": 4}),
    ("leave", "hard", "paid annual leave", {}),
    ("leave_entitlement", "warn", "paid annual leave", {}),
    ("public_holidays", "warn", "national annual holidays; Labour Law, article 44", {}),
    ("beds_to_nurses", "warn", "national staffing rules", {"nurses_per_hundred_beds": 40}),
    ("patients_per_nurse", "warn", "national staffing rules", {"most": 8}),
]


@pytest.mark.parametrize(("code", "severity", "source", "parameters"), DEFAULTS)
def test_a_default_rule_has_its_kind_its_source_and_its_numbers(code, severity, source, parameters) -> None:
    rule = BY_CODE[code]
    assert rule.severity == severity
    assert source in rule.source
    assert parameters.items() <= rule.parameters.items()


def test_codes_are_unique_and_every_rule_has_an_example_that_breaks_it() -> None:
    assert list(BREACHES) == [code for code in BREACHES if code in BY_CODE]
    assert set(BREACHES) == set(BY_CODE)
    assert len(BY_CODE) == len(WARD_RULES)


def test_what_comes_first_is_shortage_then_fairness_then_wishes() -> None:
    stages = {rule.code: rule.stage for rule in WARD_RULES if rule.severity is Severity.SOFT}
    assert stages["staffing"] == stages["double_staffing"] == Stage.SHORTAGE
    assert stages["fair_nights"] == Stage.FAIRNESS
    assert stages["wishes"] == Stage.WISHES
    assert stages["hours"] == stages["wished_staffing"] == Stage.QUALITY


@pytest.mark.parametrize("code", BY_CODE)
def test_a_breach_is_told_in_both_languages_with_its_names_and_dates(code: str) -> None:
    (problem, grid), english, chinese = BREACHES[code]
    violation = verdict(problem, grid, BY_CODE[code]).violations[0]
    message = say(problem, violation)
    for language, parts in (("en", english), ("zh", chinese)):
        words = translator(language)(message)
        assert [part for part in parts if part not in words] == [], words
        assert "  " not in words
        assert not re.search(r"[{}]|None", words), words
    assert re.search(r"[a-zA-Z]", LATIN_ALLOWED.sub("", translator("zh")(message))) is None


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("rule", WARD_RULES, ids=lambda rule: rule.code)
def test_title_and_source_are_worded(rule: Rule, language: Language) -> None:
    for text in (rule.title, rule.source):
        words = translator(language)(text)
        assert words.strip()
        assert bool(re.search(r"[一-鿿]", words)) == (language == "zh")


@pytest.mark.parametrize("code", BY_CODE)
@pytest.mark.parametrize("severity", list(Severity))
def test_every_rule_can_be_switched_off_weighted_or_made_hard(code: str, severity: Severity) -> None:
    (problem, grid), _, _ = BREACHES[code]
    rules = configured((RuleSetting(code, severity, 7),))
    rule = next(rule for rule in rules if rule.code == code)
    found = verdict(problem, grid, rule)
    assert bool(found.violations) == (severity is not Severity.OFF)
    assert bool(found.hard) == (severity is Severity.HARD)
    assert (found.cost > 0) == (severity is Severity.SOFT)
    assert found.cost % 7 == 0


def test_a_parameter_is_set() -> None:
    rule = next(
        r
        for r in configured((RuleSetting("days_in_a_row", parameters={"most": 2}),))
        if r.code == "days_in_a_row"
    )
    assert len(verdict(*arrange("DDD"), rule).violations) == 1


@pytest.mark.parametrize(
    "setting",
    [
        RuleSetting("no_such_rule"),
        RuleSetting("rest", parameters={"minutes": 5}),
        RuleSetting("rest", parameters={"hours": "many"}),
        RuleSetting("rest", parameters={"hours": True}),
    ],
)
def test_a_setting_that_fits_no_rule_is_refused_in_words(setting: RuleSetting) -> None:
    with pytest.raises(WardteamError) as refused:
        configured((setting,))
    for language in ("zh", "en"):
        assert "{" not in translator(language)(refused.value.message)


def test_a_shift_without_a_name_is_told_by_its_code() -> None:
    problem, _ = arrange("D")
    assert str(where(problem, About(shift="X"))) == "X"
    assert ward_rule("rest").nurses(problem) == [0]
