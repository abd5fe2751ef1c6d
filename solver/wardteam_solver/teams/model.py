"""The CP-SAT model of the teams: who is in which, what must hold, and how even they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wardteam.domain.people import Nurse
from wardteam.domain.teams import Role
from wardteam_solver.lexicographic import Stage
from wardteam_solver.teams.case import Need, Requirement, TeamCase, pinned_as
from wardteam_solver.teams.measures import Band, Scale, bands, scales

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    Terms = list[cp_model.LinearExprT]


@dataclass(frozen=True)
class TeamModel:
    """The model, its membership variables by (staff number, team), and what giving up costs."""

    model: cp_model.CpModel
    is_in: Mapping[tuple[str, int], cp_model.IntVar]
    broken: Mapping[tuple[Requirement, int], cp_model.IntVar]
    balance: cp_model.LinearExprT


def build_model(case: TeamCase, needs: Iterable[Requirement], *, may_break: bool = False) -> TeamModel:
    """Build the model with these requirements; with `may_break` each may be given up at its price."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    is_in = {
        (n.staff_no, t): model.new_bool_var(f"{n.staff_no} in {t}") for n in case.nurses for t in case.teams
    }
    sizes = _even_sizes(model, case, is_in)
    broken = dict[tuple[Requirement, int], "cp_model.IntVar"]()
    writer = _NeedWriter(model, case, is_in, broken if may_break else None)
    for need in needs:
        writer.require(need)
    if case.is_from_nothing:
        _break_symmetry(model, case, is_in)
    terms = [_band_spread(model, case, is_in, band) for band in bands(case)]
    terms += [_scale_spread(model, case, is_in, sizes, scale) for scale in scales(case)]
    return TeamModel(model, is_in, broken, sum(terms))


def stages(case: TeamCase, built: TeamModel) -> list[Stage]:
    """Give the stages: what is given up, balance, moves, then leaders and deputies who stay."""
    found = [Stage("balance", built.balance)]
    if built.broken:
        price = sum(need.need.price * flag for (need, _), flag in built.broken.items())
        found.insert(0, Stage("given up", price))
    if case.present:
        leaving = [1 - built.is_in[s, t] for s, t in case.present.items()]
        found.append(Stage("moves", sum(leaving)))
    held = {s: t for s, t in case.present.items() if s in case.roles}
    if held:
        weights = {Role.LEADER: 2, Role.DEPUTY: 1}
        lost = [weights[case.roles[s]] * (1 - built.is_in[s, t]) for s, t in held.items()]
        found.append(Stage("leaders", sum(lost)))
    return found


def _even_sizes(
    model: cp_model.CpModel, case: TeamCase, is_in: Mapping[tuple[str, int], cp_model.IntVar]
) -> dict[int, cp_model.IntVar]:
    for nurse in case.nurses:
        model.add_exactly_one(is_in[nurse.staff_no, t] for t in case.teams)
    most = -(-len(case.nurses) // len(case.teams))
    sizes = {t: model.new_int_var(case.least_size, most, f"size {t}") for t in case.teams}
    for t, size in sizes.items():
        model.add(sum(is_in[n.staff_no, t] for n in case.nurses) == size)
    return sizes


def _break_symmetry(
    model: cp_model.CpModel, case: TeamCase, is_in: Mapping[tuple[str, int], cp_model.IntVar]
) -> None:
    """Number the teams by their first nurse in seniority, as interchangeable teams multiply the search."""
    seniors = sorted(case.nurses, key=lambda n: (n.staff_no not in case.leaders, n.service_since, n.staff_no))
    for place, nurse in enumerate(seniors):
        for rank, team in enumerate(case.teams[1:], start=1):
            earlier = [is_in[n.staff_no, case.teams[rank - 1]] for n in seniors[:place]]
            model.add_bool_or([~is_in[nurse.staff_no, team], *earlier])


def _band_spread(
    model: cp_model.CpModel, case: TeamCase, is_in: Mapping[tuple[str, int], cp_model.IntVar], band: Band
) -> cp_model.LinearExprT:
    """Give the weighted difference between the most and the fewest of a band in a team."""
    count, teams = len(band.staff), len(case.teams)
    low = model.new_int_var(0, count // teams, "")
    high = model.new_int_var(-(-count // teams), count, "")
    for t in case.teams:
        model.add_linear_constraint(sum(is_in[s, t] for s in band.staff) - low, 0, count)
        model.add(sum(is_in[s, t] for s in band.staff) <= high)
    return band.weight * (high - low)


def _scale_spread(
    model: cp_model.CpModel,
    case: TeamCase,
    is_in: Mapping[tuple[str, int], cp_model.IntVar],
    sizes: Mapping[int, cp_model.IntVar],
    scale: Scale,
) -> cp_model.LinearExprT:
    """Give the weighted number of tolerances by which the teams' means differ, at least one.

    Exact means would be hard to prove and mean nothing; a difference within one tolerance is even.
    """
    total, staff = sum(scale.values.values()), len(case.nurses)
    reach = staff * total
    low, high = model.new_int_var(-reach, reach, ""), model.new_int_var(-reach, reach, "")
    for t in case.teams:
        own = sum(value * is_in[s, t] for s, value in scale.values.items())
        model.add(staff * own - total * sizes[t] >= low)
        model.add(staff * own - total * sizes[t] <= high)
    unit = max(1, round(scale.tolerance * staff * case.least_size))
    tolerances = model.new_int_var(1, max(1, -(-2 * reach // unit)), "")
    model.add(high - low <= unit * tolerances)
    return scale.weight * tolerances


@dataclass(frozen=True)
class _NeedWriter:
    """Writes requirements into the model; with `broken`, each with a flag that lifts it."""

    model: cp_model.CpModel
    case: TeamCase
    is_in: Mapping[tuple[str, int], cp_model.IntVar]
    broken: dict[tuple[Requirement, int], cp_model.IntVar] | None

    def require(self, need: Requirement) -> None:
        match need.need:
            case Need.LEADER | Need.DEPUTY:
                for team in self.case.teams:
                    self._require_post(need, team)
            case Need.PIN:
                home = self.case.present[need.staff[0]]
                self._add(need, 0, self.is_in[need.staff[0], home], 1, 1)
            case _:
                self._require_pair(need)

    def _require_pair(self, need: Requirement) -> None:
        first, second = need.staff
        for t in self.case.teams:
            one, other = self.is_in[first, t], self.is_in[second, t]
            if need.need is Need.TOGETHER:
                self._add(need, 0, one - other, 0, 0)
            else:
                self._add(need, 0, one + other, 0, 1)

    def _require_post(self, need: Requirement, team: int) -> None:
        """Ask for a leader, or for a deputy beside her: by Hall's theorem counting is enough."""
        leaders = self.case.leaders - pinned_as(self.case, Role.DEPUTY)
        deputies = self.case.deputies - pinned_as(self.case, Role.LEADER)
        everyone = len(self.case.nurses)
        if need.need is Need.LEADER:
            self._add(need, team, self._count(leaders, team), 1, everyone)
            return
        self._add(need, team, self._count(deputies, team), 1, everyone)
        either = self._count(leaders | deputies, team)
        if self.broken:
            either += self.broken[Requirement(Need.LEADER), team]
        self._add(need, team, either, 2, everyone)

    def _count(self, staff: frozenset[str], team: int) -> cp_model.LinearExpr:
        from ortools.sat.python import cp_model

        return cp_model.LinearExpr.sum([self.is_in[s, team] for s in sorted(staff)])

    def _add(self, need: Requirement, team: int, terms: cp_model.LinearExprT, low: int, high: int) -> None:
        constraint = self.model.add_linear_constraint(terms, low, high)
        if self.broken is None:
            return
        if (need, team) not in self.broken:
            self.broken[need, team] = self.model.new_bool_var("")
        constraint.only_enforce_if(~self.broken[need, team])


def ranked(nurses: Iterable[Nurse]) -> list[Nurse]:
    """Order nurses by title, then years of service, ability and staff number, the most senior first."""
    return sorted(nurses, key=lambda n: (-n.title.rank, n.service_since, -n.ability, n.staff_no))
