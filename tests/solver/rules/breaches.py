"""One roster for each default rule that breaks it, with the names and dates that its words must tell."""

from __future__ import annotations

from dataclasses import replace

from tests.solver.kit import POSTS_OF_A_DAY, SHIFTS, D, N, arrange, ban, day_off, lock, need, nurse
from wardteam_solver.matrix import Grid
from wardteam_solver.problem import BedNeed, FairShare, Problem, ShiftSpec

LONG = ShiftSpec("L", 750, "day", ((480, 1230),), name="长班", name_en="Long")
POSTS = (POSTS_OF_A_DAY, *SHIFTS[1:])
BUSY = "-----D-"

Breach = tuple[tuple[Problem, Grid], tuple[str, ...], tuple[str, ...]]
"""The roster, and what the English and the Chinese words must contain."""

DAY_0, DAY_1 = ("2 Mar", "3月2日"), ("3 Mar", "3月3日")
NURSE = ("Zhao Yi", "赵一")


def _needed(code: str, minimum: int, wished: int, row: str = "-", **fields: object) -> tuple[Problem, Grid]:
    problem, grid = arrange(row, "-")
    return replace(problem, needs=(need(problem, 0, code, minimum, wished)._replace(**fields),)), grid


def _barred(code: str) -> tuple[Problem, Grid]:
    return arrange("-N", people=(nurse(bans=(ban(code, range(2), "N"),)),))


def _fair(measure: str, row: str, low: int, high: int, **fields: object) -> tuple[Problem, Grid]:
    return arrange(row, fair_shares=(FairShare(measure, 0, low, high),), **fields)


def _tells(*pairs: tuple[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(en for en, _ in pairs), tuple(zh for _, zh in pairs)


def _first_years() -> tuple[Problem, Grid]:
    return arrange("N", "N", people=tuple(nurse(n, is_first_year=True) for n in range(2)))


def _team_beds() -> tuple[Problem, Grid]:
    return arrange("-", people=(nurse(team=3),), bed_needs=(BedNeed(3, 0, 2, 6),), capacity={"": 4})


def _away() -> tuple[Problem, Grid]:
    problem, grid = arrange("-", shifts=POSTS, capacity={"leader": 4}, owned_beds={0: 3})
    grid[0, 0] = 1
    return problem, grid


def _wrong_post() -> tuple[Problem, Grid]:
    return arrange("D", people=(nurse(posts=frozenset({""})),), shifts=(POSTS_OF_A_DAY,))


BREACHES: dict[str, Breach] = {
    "staffing": (
        _needed("D", 2, 2, team=4, detail="leader"),
        *_tells(DAY_0, ("2 too few on Day of team 4 (leader's post)", "第4组白班（组长岗）缺2人")),
    ),
    "double_staffing": (
        _needed("N", 1, 1, "N", is_double=True),
        *_tells(DAY_0, ("Night", "夜班"), ("1 of 2", "1/2")),
    ),
    "clock_staffing": (arrange("D|D"), *_tells(DAY_0, ("00:00-08:00", "00:00-08:00"))),
    "bed_capacity": (_team_beds(), *_tells(DAY_0, ("team 3: 6 beds (N2", "第3组：有6张床（需N2"))),
    "maximum_staffing": (
        _needed("D", 0, 0, "D", maximum=0),
        *_tells(DAY_0, ("1 too many on Day", "白班多排1人")),
    ),
    "post_skill": (_wrong_post(), *_tells(NURSE, DAY_0, ("leader's post", "组长岗"))),
    "locked": (arrange("D", locks=(lock(0, 0),)), *_tells(NURSE, DAY_0)),
    "leave": (arrange("D", people=(nurse(leave={0: "sick"}),)), *_tells(NURSE, DAY_0)),
    "leave_entitlement": (
        arrange("-", people=(nurse(leave={0: "annual"}, annual_leave_left=0),)),
        *_tells(NURSE, ("1 days", "1天")),
    ),
    "seniority": (
        arrange("N", people=(nurse(level=1),), shifts=(D, N)),
        *_tells(DAY_0, ("Night has no nurse of level N2", "夜班没有N2及以上")),
    ),
    "first_years_apart": (_first_years(), *_tells(DAY_0, ("2 first-year nurses", "2名"), ("Night", "夜班"))),
    "supervision": (
        arrange("D", people=(nurse(is_supervised=True),)),
        *_tells(NURSE, DAY_0, ("Day", "白班")),
    ),
    "registration": (_barred("registration"), *_tells(NURSE, DAY_1)),
    "pregnancy": (_barred("pregnancy"), *_tells(NURSE, DAY_1)),
    "nursing_mother": (_barred("nursing_mother"), *_tells(NURSE, DAY_1)),
    "barred_shift": (_barred("barred_shift"), *_tells(NURSE, DAY_1)),
    "rest": (arrange("PD"), *_tells(NURSE, DAY_0, DAY_1, ("11 h", "间隔不足11小时"))),
    "off_after_nights": (arrange("N-D"), *_tells(NURSE, DAY_0, ("4 Mar", "3月4日"))),
    "second_day_off_after_nights": (arrange("N--D"), *_tells(NURSE, DAY_0, ("5 Mar", "3月5日"))),
    "days_in_a_row": (arrange("DDDDDDD"), *_tells(NURSE, DAY_0, ("8 Mar", "3月8日"))),
    "nights_in_a_row": (arrange("NNNN"), *_tells(NURSE, DAY_0, ("5 Mar", "3月5日"))),
    "weekly_rest": (arrange("DDDDDDD"), *_tells(NURSE, DAY_0, ("8 Mar", "3月8日"))),
    "long_day": (arrange("L", shifts=(LONG,)), *_tells(NURSE, DAY_0, ("3 h", "3小时"))),
    "overtime": (arrange("DDDDD"), *_tells(NURSE, DAY_0, ("40 h", "工时40小时"), ("36 h", "36小时"))),
    "free_weekend": (arrange(BUSY * 4), *_tells(NURSE, ("7 Mar", "3月7日"), ("29 Mar", "3月29日"))),
    "fair_nights": (_fair("night", "NN", 0, 1), *_tells(NURSE, ("2 nights", "夜班2个"), ("0 to 1", "0～1"))),
    "fair_evenings": (
        _fair("evening", "PP", 0, 1),
        *_tells(NURSE, ("2 evenings", "中班2个"), ("0 to 1", "0～1")),
    ),
    "fair_weekends": (
        _fair("weekend", BUSY, 0, 0),
        *_tells(NURSE, ("1 weekends", "1个周末班"), ("share is 0.", "应为0个")),
    ),
    "fair_holidays": (
        _fair("holiday", "DD", 0, 1, holidays=frozenset({0, 1})),
        *_tells(NURSE, ("on 2 public holidays", "法定节假日上班2天"), ("0 to 1", "0～1")),
    ),
    "fair_wishes": (
        _fair("wish", "-D", 2, 9, requests=(day_off(0, 0), day_off(0, 1))),
        *_tells(NURSE, ("1 wishes granted", "满足1个"), ("least 2", "满足2个")),
    ),
    "wishes": (arrange("D", requests=(day_off(0, 0),)), *_tells(NURSE, DAY_0)),
    "wished_staffing": (
        _needed("D", 0, 2),
        *_tells(DAY_0, ("2 fewer than wished on Day", "白班比期望人数少2人")),
    ),
    "continuity": (_away(), *_tells(NURSE, DAY_0)),
    "hours": (
        arrange("DDDD", people=(nurse(minutes_owed=2400),)),
        *_tells(
            NURSE,
            ("32 h", "32小时"),
            ("carried in, 40 h are owed", "上期结余后应上40小时"),
            (" 8 h", "相差8小时"),
        ),
    ),
    "long_week": (
        arrange("DDDDDD-"),
        *_tells(NURSE, DAY_0, ("8 Mar", "3月8日"), ("48 h", "48小时"), ("44 h", "44小时")),
    ),
    "single_working_day": (arrange("-D-"), *_tells(NURSE, DAY_1)),
    "single_day_off": (arrange("D-D"), *_tells(NURSE, DAY_1)),
    "kinds_per_week": (arrange("DPN----"), *_tells(NURSE, ("3 kinds", "3种班"), DAY_0, ("8 Mar", "3月8日"))),
    "kinds_forward": (arrange("PD"), *_tells(NURSE, DAY_1)),
    "whole_weekends": (arrange(BUSY), *_tells(NURSE, ("7 Mar", "3月7日"))),
    "public_holidays": (arrange("D", holidays=frozenset({0})), *_tells(NURSE, DAY_0, ("300", "300%"))),
    "beds_to_nurses": (arrange("-", bed_count=5), *_tells(("1 nurses fewer", "缺护士1人"))),
    "patients_per_nurse": (arrange("-", patients=(9,)), *_tells(DAY_0, ("8 patients", "8人"))),
}
