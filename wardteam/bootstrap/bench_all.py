"""Every public instance of a folder, and invented larger ones, each run in a process of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from fnmatch import fnmatch
from functools import partial
from pathlib import Path

from wardteam.bootstrap.apart import peak_megabytes
from wardteam.domain.roster import SolveStatus
from wardteam.errors import BadInput, Finding, Message, Stopped
from wardteam.services.bench_public import PublicResult, load_curtois, load_inrc2, solve_plain, solve_public
from wardteam.services.own_process import in_process
from wardteam_solver.benchmarks.curtois import read_curtois
from wardteam_solver.benchmarks.inrc2 import InstanceName
from wardteam_solver.benchmarks.public import Benchmark
from wardteam_solver.benchmarks.published import INRC2, SHAPES
from wardteam_solver.benchmarks.shapes import Shape, invented

SECONDS, INRC2_SECONDS, LARGE_SECONDS = 60.0, 120.0, 300.0
LARGE = frozenset({"Instance13", "Instance15", *(f"Instance{number}" for number in range(18, 25))})


class Engine(StrEnum):
    """Who solves: the ward's own engine, or one plain CP-SAT solve of the same limits."""

    OURS = "ours"
    PLAIN = "plain"


@dataclass(frozen=True)
class Source:
    """Where an instance comes from: a file, a folder of INRC-II, or a shape to be invented with seed 0."""

    name: str
    path: Path | None = None
    shape: Shape | None = None

    def load(self) -> Benchmark:
        """Read the instance, or invent it."""
        if self.shape is not None:
            one = invented(self.shape, 0)
            return read_curtois(one.text, one.name)
        if self.path is None:
            raise ValueError(f"{self.name} has neither a path nor a shape")
        if self.path.is_dir():
            return load_inrc2(self.path, InstanceName.parse(self.name))
        return load_curtois(self.path)

    @property
    def seconds(self) -> float:
        """How long it is searched where nothing else is said."""
        if self.shape is not None or self.name in LARGE:
            return LARGE_SECONDS
        return INRC2_SECONDS if self.path is not None and self.path.is_dir() else SECONDS


@dataclass(frozen=True)
class Run:
    """One finished run: who solved, with what, the result, and the most memory the process held."""

    engine: Engine
    budget: float
    workers: int
    seed: int
    result: PublicResult
    peak_mb: int | None

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two runs the same."""
        return self.result.instance, self.engine, self.budget, self.workers, self.seed


def sources(folder: Path | None, patterns: Sequence[str] = ()) -> tuple[Source, ...]:
    """Give the instances of a folder's `curtois` and `inrc2`, then the invented shapes.

    Raises
    ------
    BadInput
        If the folder holds neither, no instance has a name that fits, or a chosen file is wrong.
    """
    found: list[Source] = []
    if folder is not None:
        files = sorted((folder / "curtois").glob("*.txt"), key=lambda path: (len(path.stem), path.stem))
        found += [Source(path.stem, path) for path in files]
        for one in INRC2:
            place = folder / "inrc2" / InstanceName.parse(one.name).scenario
            found += [Source(one.name, place)] if place.is_dir() else []
        if not found:
            text = "A folder with `curtois` or `inrc2` in it was expected."
            raise BadInput((Finding("--folder", Message(text), value=str(folder)),))
    found += [Source(f"Invented-{shape}-0", shape=shape) for shape in SHAPES]
    chosen = [s for s in found if not patterns or any(fnmatch(s.name, pattern) for pattern in patterns)]
    if not chosen:
        names = tuple(source.name for source in found)
        problem = Message("No instance has such a name; there are: {names}.", names=names)
        raise BadInput((Finding("--only", problem, value=" ".join(patterns)),))
    _check(chosen)
    return tuple(chosen)


def _check(chosen: Sequence[Source]) -> None:
    """Read every file before any time is spent; all that is wrong with all of them is told at once."""
    findings: list[Finding] = []
    for source in chosen:
        if source.path is not None:
            try:
                source.load()
            except BadInput as error:
                findings += error.findings
    if findings:
        raise BadInput(tuple(findings))


@dataclass(frozen=True)
class Plan:
    """How instances are run: seconds (None: their own), seeds, workers, and where finished runs are kept."""

    seconds: float | None
    seeds: int
    workers: int
    kept: Path | None = None


def runs(
    chosen: Sequence[Source], plan: Plan, should_stop: Callable[[], bool] = lambda: False
) -> Iterator[Run]:
    """Run every instance: each seed with the ward's engine, then once with plain CP-SAT for as long.

    Runs that are kept already are given without being repeated; a new one is kept as soon as it is done.
    """
    done = {run.key: run for run in _kept(plan.kept)}
    for source in chosen:
        budget = plan.seconds or source.seconds
        wanted = [(Engine.OURS, seed) for seed in range(plan.seeds)] + [(Engine.PLAIN, 0)]
        for engine, seed in wanted:
            run = done.get((source.name, engine, budget, plan.workers, seed))
            if run is None:
                work = partial(one_run, source, engine, budget, plan.workers, seed)
                try:
                    run = in_process(work, should_stop)
                except Stopped:
                    return
                _keep(plan.kept, run)
            yield run


def one_run(source: Source, engine: Engine, budget: float, workers: int, seed: int) -> Run:
    """Run one instance in this process."""
    solve = solve_public if engine is Engine.OURS else solve_plain
    solved = solve(source.load(), seconds=budget, workers=workers, seed=seed)
    return Run(engine, budget, workers, seed, solved.result, peak_megabytes())


def _keep(place: Path | None, run: Run) -> None:
    if place is not None:
        with place.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(run)) + "\n")


def _kept(place: Path | None) -> Iterator[Run]:
    """Read kept runs.

    Raises
    ------
    BadInput
        With every line that is none.
    """
    if place is None or not place.exists():
        return
    findings = []
    for row, line in enumerate(place.read_text(encoding="utf-8").splitlines(), 1):
        try:
            given = json.loads(line)
            given["result"]["status"] = SolveStatus(given["result"]["status"])
            yield Run(Engine(given.pop("engine")), result=PublicResult(**given.pop("result")), **given)
        except (ValueError, TypeError, KeyError, AttributeError):
            text = Message("A finished run was expected, as this command writes them.")
            findings.append(Finding(str(place), text, row=row, value=line[:60]))
    if findings:
        raise BadInput(tuple(findings))
