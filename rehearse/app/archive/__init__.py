"""A whole profile in one ZIP file, as a backup or to move to another computer.

::

    manifest.json                 the schema, and how many of each there are
    answers/ID.json               an analysed answer: words, numbers, what the person wrote, earlier analyses
    answers.csv                   the same answers as a table
    takes/ID/audio.wav, take.json a recording and its notes
    documents.json                rounds, preparation, settings
    question_sets/                question sets of the person's own

An import is all or nothing. The file is untrusted, even if the person chose it.
"""

from rehearse.app.archive.exporting import Exported, export, pack
from rehearse.app.archive.importing import Imported, restore, restore_file

__all__ = ["Exported", "Imported", "export", "pack", "restore", "restore_file"]
