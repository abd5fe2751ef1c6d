"""The sheet of the nurses with their present teams, and the one of earlier memberships."""

from __future__ import annotations

from collections.abc import Iterator

from wardteam.domain.people import Education, Level, Nurse, Sex, StaffKind, Title
from wardteam.domain.teams import Membership, Role
from wardteam.domain.ward import WardBook
from wardteam.errors import Message
from wardteam.exchange.kinds import CODE, DATE, STAFF_NO, TEAM, TEXT, YES_NO, choice, computed, hours, whole
from wardteam.exchange.tables import Column, Complaint, Known, Record, SheetSpec

_TITLES = {"初级护士": Title.NURSE, "副高": Title.ASSOCIATE_CHIEF, "正高": Title.CHIEF}
_EDUCATION = {"专科": Education.COLLEGE, "学士": Education.BACHELOR, "研究生": Education.MASTER}
_KINDS = {"护士": StaffKind.WARD, "轮转": StaffKind.TRAINEE, "实习": StaffKind.STUDENT}
_KINDS |= {"借调": StaffKind.BORROWED, "在编": StaffKind.WARD}

_PERSON = (
    Column(
        "staff_no",
        "工号",
        "Staff no.",
        CODE,
        note=Message("Each nurse's own number; it must not occur twice."),
    ),
    Column("name", "姓名", "Name", TEXT),
    Column("name_en", "英文姓名", "Name (English)", TEXT, ""),
    Column("sex", "性别", "Sex", choice(Sex), Sex.FEMALE),
    Column("kind", "人员类别", "Kind of staff", choice(StaffKind, other=_KINDS), StaffKind.WARD),
    Column("birth_date", "出生日期", "Date of birth", DATE),
    Column("title", "职称", "Title", choice(Title, other=_TITLES), width=14),
    Column("title_since", "任职称日期", "Title since", DATE),
    Column("service_since", "参加工作日期", "Service since", DATE),
    Column("education", "学历", "Education", choice(Education, other=_EDUCATION)),
    Column(
        "level",
        "层级",
        "Level",
        choice(Level),
        None,
        note=Message("Empty: derived from title and years of service."),
        width=8,
    ),
    Column(
        "ability",
        "能力评分",
        "Ability",
        whole(1, 5),
        3,
        note=Message("The head nurse's grading: 1 learning to 5 expert."),
    ),
    Column(
        "contract_percent",
        "合同比例%",
        "Contract %",
        whole(1, 100),
        100,
        other_names=("合同比例", "Contract"),
    ),
    Column("is_preceptor", "带教老师", "Preceptor", YES_NO, False),
    Column("registration_until", "执业注册有效期", "Registered until", DATE, None),
    Column("is_registered_here", "注册在本院", "Registered here", YES_NO, True),
    Column("joined", "入科日期", "Joined", DATE, None),
    Column("left", "离科日期", "Left", DATE, None),
    Column("strengths", "专长", "Strengths", TEXT, "", width=24),
    Column("strengths_en", "英文专长", "Strengths (English)", TEXT, "", width=24),
    Column("photo", "照片文件", "Photo", TEXT, ""),
    Column("photo_consent", "照片同意日期", "Photo consent", DATE, None),
    Column("photo_consent_withdrawn", "撤回同意日期", "Consent withdrawn", DATE, None),
    Column("hours_balance_minutes", "结转工时", "Hours carried", hours(-2000, 2000), 0),
    Column("annual_leave_days", "年休假余额", "Annual leave left", whole(-60, 120), 0),
)
_TEAM = (
    Column("team", "组号", "Team", TEAM, None),
    Column("role", "组内角色", "Role", choice(Role), Role.MEMBER),
    Column(
        "team_since",
        "入组日期",
        "In team since",
        DATE,
        None,
        note=Message("Empty: since she joined the ward."),
    ),
    Column("is_pinned", "固定在本组", "Pinned", YES_NO, False),
)


def _dates_in_order(record: Record, _known: Known) -> Iterator[Complaint]:
    joined, left = record["joined"], record["left"]
    if joined and left and left < joined:
        yield "left", Message("A date on or after {first} was expected.", first=joined.isoformat())
    if record["service_since"] < record["birth_date"]:
        yield "service_since", Message("A date after the date of birth was expected.")


def _records(book: WardBook) -> Iterator[Record]:
    present = present_memberships(book)
    for nurse in book.nurses:
        place = present.get(nurse.staff_no)
        team: Record = {"team": None, "role": None, "team_since": None, "is_pinned": None}
        if place is not None:
            team = {
                "team": place.team,
                "role": place.role,
                "team_since": place.start,
                "is_pinned": place.is_pinned,
            }
        yield vars(nurse) | team


def present_memberships(book: WardBook) -> dict[str, Membership]:
    """Give each nurse's lasting membership, the one that her own line carries."""
    known = {nurse.staff_no for nurse in book.nurses}
    lasting = [m for m in book.memberships if m.end is None and m.staff_no in known]
    return {m.staff_no: m for m in reversed(lasting)}


NURSES = SheetSpec(
    key="nurses",
    zh="护士",
    en="Nurses",
    about=Message("Everyone on the roster, one a line, with her present team and role."),
    columns=(*_PERSON, *_TEAM),
    records=_records,
    checks=(_dates_in_order,),
    unique=(("staff_no",),),
    other_names=("护士名单", "护理人员", "人员"),
)


def build_nurses(records: list[Record]) -> tuple[Nurse, ...]:
    """Make the nurses in the sheet's order."""
    fields = [column.field for column in _PERSON]
    return tuple(Nurse(**{name: record[name] for name in fields}) for record in records)


def build_memberships(present: list[Record], earlier: list[Record]) -> tuple[Membership, ...]:
    """Make the memberships: the present ones by team, role and the nurses' order, then the others."""
    lasting = (
        Membership(
            record["staff_no"],
            record["team"],
            record["role"],
            record["team_since"] or record["joined"] or record["service_since"],
            is_pinned=record["is_pinned"],
        )
        for record in present
        if record["team"] is not None
    )
    in_order = sorted(lasting, key=lambda m: (m.team, list(Role).index(m.role)))
    return (*in_order, *(Membership(**_without_name(record)) for record in earlier))


def _without_name(record: Record) -> Record:
    return {name: value for name, value in record.items() if name != "name"}


def _ends_after_start(record: Record, _known: Known) -> Iterator[Complaint]:
    if record["end"] is not None and record["end"] < record["start"]:
        yield "end", Message("A date on or after {first} was expected.", first=record["start"].isoformat())


def _earlier_records(book: WardBook) -> Iterator[Record]:
    shown = {id(m) for m in present_memberships(book).values()}
    return (vars(m) for m in book.memberships if id(m) not in shown)


EARLIER_TEAMS = SheetSpec(
    key="earlier_teams",
    zh="历次分组",
    en="Earlier teams",
    about=Message("Memberships that ended, or that begin later; the present ones stand on the nurses sheet."),
    columns=(
        Column("staff_no", "工号", "Staff no.", STAFF_NO),
        Column("name", "姓名", "Name", computed(), None, is_computed=True),
        Column("team", "组号", "Team", TEAM),
        Column("role", "组内角色", "Role", choice(Role), Role.MEMBER),
        Column("start", "开始日期", "From", DATE),
        Column("end", "结束日期", "Until", DATE, None),
        Column("is_pinned", "固定在本组", "Pinned", YES_NO, False),
    ),
    records=_earlier_records,
    checks=(_ends_after_start,),
)
