"""`drafts`: staff answers on their way into the knowledge base."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from bot.errors import AssistantError
from handlers.command_line.follow_up.question_acts import Checked
from handlers.command_line.output import reader_may_leave, staff_words, write_json
from handlers.command_line.root import staff_member, with_follow_up

if TYPE_CHECKING:
    from bot.follow_up.drafts.draft_desk import Plan
    from bot.follow_up.service import FollowUp
    from bot.records.drafts import Draft
    from handlers.command_line.root import CompositionRoot
    from knowledge.base import Language

_Json = Annotated[bool, typer.Option("--json", help="JSON, for programs.")]
_Numbers = Annotated[list[int], typer.Argument(help="The numbers of drafts.")]
_Number = Annotated[int, typer.Argument(help="The draft's number.")]


def drafts_app(root: "CompositionRoot") -> typer.Typer:
    """The commands on drafts."""
    app = typer.Typer(help="Staff answers on their way into the knowledge base.", no_args_is_help=True)
    _add_looking(app, root)
    _add_suggestions(app, root)
    _add_changing(app, root)
    _add_writing(app, root)
    return app


def _add_looking(app: typer.Typer, root: "CompositionRoot") -> None:
    @app.command("list")
    def list_drafts(
        *,
        everything: Annotated[bool, typer.Option("--all", help="Also those written or discarded.")] = False,
        as_json: _Json = False,
    ) -> None:
        """List drafts, the oldest first."""
        from bot.records.drafts import DraftState
        from handlers.command_line.follow_up.draft_views import draft_object, show_drafts

        state = None if everything else DraftState.NEW
        drafts = with_follow_up(root, lambda follow_up: follow_up.drafts.listed(state))
        with reader_may_leave():
            if as_json:
                write_json([draft_object(draft) for draft in drafts])
            else:
                show_drafts(drafts)

    @app.command()
    def show(number: _Number) -> None:
        """Show what a draft adds to the knowledge base."""
        from bot.records.errors import UnknownDraftError
        from handlers.command_line.follow_up.draft_views import show_draft

        drafts = with_follow_up(root, lambda follow_up: follow_up.drafts.listed())
        draft = next((draft for draft in drafts if draft.number == number), None)
        if draft is None:
            raise UnknownDraftError(number)
        with reader_may_leave():
            show_draft(draft)


def _add_suggestions(app: typer.Typer, root: "CompositionRoot") -> None:
    @app.command()
    def suggest(
        *,
        accept: Annotated[
            list[int] | None, typer.Option(help="Make a draft of the wording of that number; may be repeated.")
        ] = None,
        as_json: _Json = False,
    ) -> None:
        """List how citizens asked for an entry that they then chose; nothing is added by itself."""
        from handlers.command_line.follow_up.draft_views import draft_object, show_suggestions, suggestion_object

        if accept:

            async def accepted(follow_up: "FollowUp") -> "list[Draft]":
                return [await follow_up.drafts.accept(number, staff_member()) for number in accept]

            drafts = with_follow_up(root, accepted)
            if as_json:
                write_json([draft_object(draft) for draft in drafts])
            else:
                for draft in drafts:
                    typer.echo(staff_words().accepted.format(number=draft.number, entry=draft.entry_id))
            return
        wordings = with_follow_up(root, lambda follow_up: follow_up.drafts.suggested())
        with reader_may_leave():
            if as_json:
                write_json([suggestion_object(wording) for wording in wordings])
            else:
                show_suggestions(wordings)


def _add_changing(app: typer.Typer, root: "CompositionRoot") -> None:
    @app.command()
    def discard(numbers: _Numbers) -> None:
        """Never write these drafts; what citizens were told stays as it is."""
        with_follow_up(root, lambda follow_up: follow_up.drafts.discard(numbers, staff_member()))
        typer.echo(staff_words().discarded.format(numbers=", ".join(map(str, numbers))))

    @app.command()
    def change(  # noqa: PLR0917  # one parameter an option
        number: _Number,
        entry_id: Annotated[
            str | None, typer.Option(help="The id of the new entry, or of the one that answers.")
        ] = None,
        topic: Annotated[str | None, typer.Option(help="The id of the topic that the entry belongs to.")] = None,
        question: Annotated[str | None, typer.Option(help="The entry's question in Korean.")] = None,
        question_en: Annotated[str | None, typer.Option(help="The entry's question in English.")] = None,
        answer: Annotated[str | None, typer.Option(help="The entry's answer in Korean.")] = None,
        answer_en: Annotated[str | None, typer.Option(help="The entry's answer in English.")] = None,
        without: Annotated[list[str] | None, typer.Option(help="A phrasing to leave out; may be repeated.")] = None,
    ) -> None:
        """Change a draft before it is written."""
        from bot.follow_up.drafts.draft_desk import DraftChanges

        changes = DraftChanges(
            entry_id, topic, _texts(question, question_en), _texts(answer, answer_en), tuple(without or ())
        )
        if changes == DraftChanges(None, None, {}, {}):
            raise AssistantError("nothing to change was named; see: python main.py drafts change --help")
        with_follow_up(root, lambda follow_up: follow_up.drafts.change(number, changes, staff_member()))
        typer.echo(staff_words().changed.format(number=number))


def _add_writing(app: typer.Typer, root: "CompositionRoot") -> None:
    @app.command()
    def write(
        numbers: Annotated[list[int] | None, typer.Argument(help="The numbers of drafts.")] = None,
        *,
        everything: Annotated[bool, typer.Option("--all", help="Every new draft.")] = False,
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
        quick: Annotated[bool, typer.Option("--quick", help="Ask the practice questions of staff only.")] = False,
        checked: Checked = False,
        as_json: _Json = False,
    ) -> None:
        """Put drafts into the files of the knowledge base, once nothing speaks against it; say what changes."""
        from bot.follow_up.drafts.draft_trial import DraftTrial
        from bot.follow_up.staff_texts import require_confirmed
        from handlers.command_line.follow_up import draft_views

        if bool(numbers) == everything:
            raise AssistantError("name the numbers of drafts, or --all; see: python main.py drafts list")
        folder, today = root.settings().knowledge_dir, datetime.now(ZoneInfo(root.settings().timezone)).date()

        async def planned(follow_up: "FollowUp") -> "Plan":
            plan = await follow_up.drafts.plan(numbers)
            require_confirmed(plan.doubtful, confirmed=checked or dry_run)
            return plan

        plan = with_follow_up(root, planned)
        trial = DraftTrial(folder, plan, root.finder, today)
        result = trial.run(draft_views.progress, quick=quick)
        if not as_json and result.questions:
            lines = draft_views.question_lines(result.questions)
            for line in (*lines, *draft_views.difference_lines(result.differences, result.asked)):
                typer.echo(line)
        if not dry_run:
            by, publish, undo = staff_member(), trial.publish, trial.restore
            with_follow_up(root, lambda follow_up: follow_up.drafts.write(plan, by, publish, undo, confirmed=checked))
        if as_json:
            write_json(draft_views.trial_object(trial, result, written=not dry_run))
        else:
            draft_views.say_trial(trial, folder, written=not dry_run)


def _texts(korean: str | None, english: str | None) -> "dict[Language, str]":
    texts: dict[Language, str | None] = {"ko": korean, "en": english}
    return {language: text.strip() for language, text in texts.items() if text and text.strip()}
