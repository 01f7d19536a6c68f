"""The life of an assessment as a model: an officer and a panel act at random, and a plain dictionary knows better.

What the model keeps is what each assessor last gave and what lay on the table when scores were opened. After every
step the database must say the same: no score is lost, none changes once it is locked unless its own assessor reopened
the sheet before anybody compared, and nobody sees what is not theirs to see.
"""

from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.assessment import services
from portal.assessment.models import Assignment, Moderation, Score
from portal.assessment.queries import Inside, my_sheet, opened_standing, scores_opened, sheet_rows
from portal.assessment.queries.standing import Standing, before_of
from portal.assessment.ranking import Tie
from portal.db import Conflict, Database
from portal.machine import MoveRefused, NotAllowed, NotNow
from portal.policy import Actor
from tests.support.assessed import Scene, scene

REFUSED = (Conflict, MoveRefused, NotAllowed, NotNow)
Key = tuple[int, int]
"""A sheet and a criterion."""

who, which, value = st.integers(0, 2), st.integers(0, 2), st.integers(0, 5)


def _latest_agreement(session: Session, response: int, criterion: int) -> Moderation | None:
    agreements = select(Moderation).where(Moderation.response_id == response, Moderation.criterion_id == criterion)
    return session.scalars(agreements.order_by(Moderation.id.desc())).first()


class AssessmentLife(RuleBasedStateMachine):
    """Three assessors, three responses, two criteria, one officer."""

    database: ClassVar[Database]
    made: Scene

    @initialize(each=st.sampled_from([None, 2]))
    def begin(self, each: int | None) -> None:
        self.made = scene(self.database)
        self.made.seat(each=each)
        self.given: dict[Key, int] = {}
        self.locked: dict[int, dict[int, int]] = {}
        self.opened = False

    @rule(who=who, which=which)
    def declares(self, who: int, which: int) -> None:
        self._try(who, which, lambda session, sheet: services.declare(session, self._actor(session, who), sheet))

    @rule(who=who, which=which, first=value, second=value)
    def scores(self, who: int, which: int, first: int, second: int) -> None:
        """Both criteria in one act, as somebody who reads on; either all of it is kept or none."""
        kept: dict[Key, int] = {}

        def save(session: Session, sheet: Assignment) -> None:
            for row, given in zip(sheet_rows(session, sheet), (first, second), strict=True):
                version = row.score.version if row.score else None
                marking = services.Marking(given, "Because of the trial.", version)
                services.save_score(session, self._actor(session, who), sheet, row.criterion, marking)
                kept[sheet.id, row.criterion.id] = given

        if self._try(who, which, save) is not None:
            self.given |= kept

    @rule(who=who, which=which)
    def locks(self, who: int, which: int) -> None:
        sheet = self._try(who, which, lambda session, sheet: services.lock(session, self._actor(session, who), sheet))
        if sheet is not None:
            self.locked[sheet] = {c: given for (s, c), given in self.given.items() if s == sheet}

    @rule(who=who, which=which)
    def reopens(self, who: int, which: int) -> None:
        def reopen(session: Session, sheet: Assignment) -> None:
            services.reopen(session, self._actor(session, who), sheet, "I misread it.")

        sheet = self._try(who, which, reopen)
        if sheet is not None:
            assert not self.opened, "a sheet was reopened after somebody may have compared"
            del self.locked[sheet]

    @rule(who=who, which=which)
    def stands_down(self, who: int, which: int) -> None:
        def recuse(session: Session, sheet: Assignment) -> None:
            services.recuse(session, self._actor(session, who), sheet, "A friend works there.")

        sheet = self._try(who, which, recuse)
        if sheet is not None:
            self.locked.pop(sheet, None)

    @rule(data=st.lists(value, min_size=18, max_size=18))
    def panel_finishes(self, data: list[int]) -> None:
        """Everybody does what they still have to do, so that walks come as far as comparing."""
        for who in range(3):
            for which in range(3):
                self.declares(who, which)
                self.scores(who, which, data.pop(), data.pop())
                self.locks(who, which)

    @precondition(lambda self: not self.opened)
    @rule()
    def officer_opens_the_scores(self) -> None:
        try:
            self.made.open_scores()
        except REFUSED:
            return
        self.opened = True

    @precondition(lambda self: self.opened)
    @rule(which=which, after=value)
    def panel_agrees(self, which: int, after: int) -> None:
        made = self.made
        try:
            with made.database.writing() as session:
                officer, inside = made.actor(session, made.officer), made.inside(session)
                response = made.response(session, which)
                judged = opened_standing(session, officer, inside).of(response.id)
                assert judged is not None
                point = judged.points[0]
                seen = services.what_was_seen(session, response.id, point.criterion.id, point.values)
                meeting = services.Meeting(after, "They looked again.", seen)
                services.moderate(session, officer, inside, response, point.criterion, meeting)
        except REFUSED:
            return

    @invariant()
    def the_database_says_the_same(self) -> None:
        """Every rule is looked at after every step, in one transaction, since nobody acts meanwhile."""
        with self.database.reading() as session:
            inside = self.made.inside(session)
            self._no_answer_is_lost_and_no_locked_score_changes(session, inside)
            self._nobody_sees_what_is_not_theirs(session, inside)
            try:
                stands = opened_standing(session, self.made.actor(session, self.made.officer), inside)
            except REFUSED:
                return
            self._what_counts_is_the_mean_or_what_was_agreed_on_exactly_these_scores(session, stands)
            self._the_order_is_what_anybody_can_work_out_by_hand(session, inside, stands)

    def _no_answer_is_lost_and_no_locked_score_changes(self, session: Session, inside: Inside) -> None:
        rows = session.execute(
            select(Score.assignment_id, Score.criterion_id, Score.value).where(
                Score.assignment_id.in_({sheet for sheet, _ in self.given} or {0})
            )
        ).all()
        assert {(sheet, criterion): given for sheet, criterion, given in rows} == self.given
        sheets = select(Assignment.id).where(Assignment.state == "locked", Assignment.round_id == inside.round.id)
        assert set(session.scalars(sheets)) == set(self.locked)
        for sheet, scores in self.locked.items():
            assert {c: given for (s, c), given in self.given.items() if s == sheet} == scores

    def _nobody_sees_what_is_not_theirs(self, session: Session, inside: Inside) -> None:
        made = self.made
        columns = select(Assignment.reference, Assignment.person_id, Assignment.state)
        references = session.execute(columns.where(Assignment.round_id == inside.round.id)).all()
        for person in made.assessors:
            actor = made.actor(session, person)
            self._is_refused(session, actor, inside)
            for reference, owner, state in references:
                seen = my_sheet(session, actor, reference)
                assert (seen is not None) is (owner == person.id and state != "recused")
        working = any(state in ("assigned", "scoring") for *_, state in references)
        if working or scores_opened(session, inside.round) is None:
            self._is_refused(session, made.actor(session, made.officer), inside)

    @staticmethod
    def _what_counts_is_the_mean_or_what_was_agreed_on_exactly_these_scores(session: Session, stands: Standing) -> None:
        for judged in stands.judged:
            for point in judged.points:
                latest = _latest_agreement(session, judged.response.id, point.criterion.id)
                if latest is not None and latest.before == before_of(point.values):
                    assert point.agreed == latest.after
                elif point.agreed is not None:
                    assert point.agreed * len(point.values) == sum(point.values.values())

    def _the_order_is_what_anybody_can_work_out_by_hand(
        self, session: Session, inside: Inside, stands: Standing
    ) -> None:
        """From the rows alone: weighted means, then the heavier criterion, and an equal rank where nothing differs."""
        weights = {each.id: each.weight for each in inside.round.criteria}
        heaviest_first = sorted(weights, key=lambda key: (-weights[key], key))
        keys = {}
        for response, scores in self._counting(session, inside).items():
            if scores.keys() == weights.keys():
                total = sum(scores[key] * weights[key] for key in weights) / 5
                keys[response] = (total, *(scores[key] for key in heaviest_first))
        places = stands.places
        assert keys.keys() == places.keys()
        for response, key in keys.items():
            assert places[response].total == key[0]
            assert places[response].rank == 1 + sum(other > key for other in keys.values())
            assert (places[response].tie is Tie.OPEN) == (list(keys.values()).count(key) > 1)

    @staticmethod
    def _counting(session: Session, inside: Inside) -> dict[int, dict[int, Fraction]]:
        """What counts of each response by criterion: an agreement on these scores, or their mean where near."""
        rows = session.execute(
            select(Assignment.response_id, Score.criterion_id, Assignment.id, Score.value)
            .join(Score, Score.assignment_id == Assignment.id)
            .where(Assignment.round_id == inside.round.id, Assignment.state == "locked")
        )
        given: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
        for response, criterion, sheet, score in rows:
            assert score is not None, "a locked sheet has every score"
            given[response, criterion][sheet] = score
        found: dict[int, dict[int, Fraction]] = defaultdict(dict)
        for (response, criterion), scores in given.items():
            agreement = _latest_agreement(session, response, criterion)
            if agreement is not None and agreement.before == before_of(scores):
                found[response][criterion] = Fraction(agreement.after)
            elif max(scores.values()) - min(scores.values()) <= inside.round.spread_limit:
                found[response][criterion] = Fraction(sum(scores.values()), len(scores))
        return found

    @staticmethod
    def _is_refused(session: Session, actor: Actor, inside: Inside) -> None:
        try:
            opened_standing(session, actor, inside)
        except (NotAllowed, NotNow):
            return
        raise AssertionError("scores were shown to somebody who may not see them")

    def _try(self, who: int, which: int, act: Callable[[Session, Assignment], object]) -> int | None:
        """Do something with an assessor's own sheet; answers the sheet, or None where it was refused in words."""
        made = self.made
        try:
            with made.database.writing() as session:
                reference = self._reference(session, who, which)
                sheet = my_sheet(session, self._actor(session, who), reference) if reference else None
                if sheet is None:
                    return None
                act(session, sheet)
            return sheet.id
        except REFUSED:
            return None

    def _reference(self, session: Session, who: int, which: int) -> str | None:
        return session.scalars(
            select(Assignment.reference).where(
                Assignment.person_id == self.made.assessors[who].id,
                Assignment.response_id == self.made.response(session, which).id,
            )
        ).first()

    def _actor(self, session: Session, who: int) -> Actor:
        return self.made.actor(session, self.made.assessors[who])
