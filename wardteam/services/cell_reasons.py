"""What holds a cell by itself: granted leave, a lock, the freeze line, a wish."""

from __future__ import annotations

from collections.abc import Iterator

from wardteam.domain.labels import label
from wardteam.domain.shifts import LeaveKind
from wardteam.errors import Message, Named
from wardteam.services.why_scene import DAY_OFF, Scene
from wardteam_solver.problem import OFF, Request
from wardteam_solver.words import shift_name

Cell = tuple[int, int]
LEAVE = frozenset(kind.value for kind in LeaveKind)


def present(scene: Scene, cell: Cell) -> tuple[str, Named | Message]:
    """Give what stands in a cell: its code, and its name with the post or the kind of leave."""
    nurse, day = cell
    key = (scene.problem.people[nurse].key, scene.problem.date_of(day))
    stored = scene.roster.cells.get(key)
    option = int(scene.grid[cell])
    if option == OFF and stored is not None and stored.code in LEAVE:
        return stored.code, Message(label(LeaveKind(stored.code)))
    return (scene.option_code(option) if option != OFF else DAY_OFF), scene.option_with_post(option)


def reasons(scene: Scene, cell: Cell) -> Iterator[Message]:
    """Say what holds the cell besides the rules."""
    nurse, day = cell
    problem = scene.problem
    on = problem.date_of(day)
    stored = scene.roster.cells.get((problem.people[nurse].key, on))
    if stored is not None and stored.is_locked:
        yield Message("The cell is locked: the search leaves it as it is.")
    frozen = scene.roster.frozen_until
    if frozen is not None and on <= frozen:
        yield Message("The roster is frozen up to {day}; the answer says what might have been.", day=frozen)
    leave = problem.people[nurse].leave.get(day)
    if leave is not None:
        yield Message("She has granted leave: {kind}.", kind=LeaveKind(leave) if leave in LEAVE else leave)
    for request in problem.requests:
        if (request.nurse, request.day) == cell:
            yield Message(
                "{wish} {outcome}", wish=wish_text(scene, request), outcome=_outcome(scene, request)
            )


def wish_text(scene: Scene, request: Request) -> Message:
    """Say what a wish asks for and what it weighs; points for wishes refused before are named."""
    day, points = scene.problem.date_of(request.day), _points(request)
    if request.is_day_off:
        return Message("Wish for {day}: off ({points}).", day=day, points=points)
    codes = {scene.problem.shift_of(option).code for option in request.options}
    if request.options == scene.problem.duty or len(codes) != 1:
        text = "Wish for {day}: any duty ({points})."
        return Message(text, day=day, points=points)
    shift = shift_name(scene.problem, codes.pop())
    if request.wants:
        return Message("Wish for {day}: {shift} ({points}).", day=day, shift=shift, points=points)
    return Message("Wish for {day}: not {shift} ({points}).", day=day, shift=shift, points=points)


def _points(request: Request) -> Message:
    if not request.remembered:
        return Message("{points} wish points", points=request.points)
    text = "{points} wish points, {more} of them because her wishes were refused before"
    return Message(text, points=request.points, more=request.remembered)


def refused(scene: Scene) -> list[Request]:
    """Give the wishes that the roster doesn't grant, by day and nurse."""
    matrix = scene.matrix
    index = next((i for i, rule in enumerate(matrix.rules) if rule.code == "wishes"), None)
    if index is None:
        return []
    activity = matrix.activity(matrix.point(scene.grid))
    rows = [row for row in range(matrix.row_count) if matrix.rule_of[row] == index]
    pairs = zip(rows, scene.problem.requests, strict=True)
    missed = [r for row, r in pairs if not matrix.low[row] <= activity[row] <= matrix.high[row]]
    return sorted(missed, key=lambda request: (request.day, request.nurse))


def _outcome(scene: Scene, request: Request) -> Message:
    return Message("It is not granted.") if request in refused(scene) else Message("It is granted.")
