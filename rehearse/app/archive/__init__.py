"""Everything of a profile in one ZIP file, to keep or to take to another computer.

::

    manifest.json                 the schema, and how many of each there are
    answers/ID.json               an analysed answer: words, numbers, what the person wrote, earlier analyses
    answers.csv                   the same answers as a table
    takes/ID/audio.wav, take.json a recording and its notes
    documents.json                rounds, preparation, settings
    question_sets/                question sets of the person's own

An import takes all of a file or nothing. The file is untrusted, whoever names it.
"""

from rehearse.app.archive.exporting import Exported, export, pack
from rehearse.app.archive.importing import Imported, restore, restore_file

__all__ = ["Exported", "Imported", "export", "pack", "restore", "restore_file"]
