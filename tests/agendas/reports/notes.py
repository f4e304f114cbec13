"""What one side alone has noted, which no report may hold."""

from agendas.commitments.notes import Note, write_note
from scheduler.db.work import Work


def note_of_one_side(work: Work, words: str) -> None:
    """Write a note on a commitment for the acting side alone."""
    write_note(work, "uk-nl", Note(work.now.date(), {"en": words, "nl": words}, ("JS-C26",)), joint=False)
