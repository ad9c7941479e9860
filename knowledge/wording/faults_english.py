"""What is said of faults in English."""

from collections.abc import Mapping
from typing import Final

from knowledge.wording.report_words import FaultWords

_SAVE_AS_UTF8 = (
    "In Notepad: File, Save as, Encoding 'UTF-8'. In Hangul: Save as, file type 'Text document', character code "
    "'Unicode (UTF-8)', with the name '{name}'."
)

ENGLISH: Final[Mapping[str, FaultWords]] = {
    # files
    "utf-16": FaultWords("The file is saved as UTF-16.", _SAVE_AS_UTF8),
    "cp949": FaultWords("The file is saved in the old Korean code (CP949, ANSI).", _SAVE_AS_UTF8),
    "not-utf-8": FaultWords("The file is not UTF-8 text (byte {byte}).", _SAVE_AS_UTF8),
    "document-file": FaultWords(
        "This is a document of {program}, not a text file.",
        "Open it, copy the text, and save it with a text editor as UTF-8 under the name '{name}'.",
    ),
    "unreadable": FaultWords("The file cannot be read: {reason}.", "See whether it is there and may be read."),
    "too-large": FaultWords("The file is over {limit} bytes.", "Split the topic into two files."),
    "empty-file": FaultWords("The file is empty.", "Write something, or remove the file."),
    "cut-off": FaultWords(
        "The file ends within a line, as if it was cut off.",
        "See whether its last line is whole, and end it with a line break.",
    ),
    "wrong-name": FaultWords("A file named '{name}' is not read.", "Name it '{near}'."),
    "not-read": FaultWords(
        "'{name}' is not read: only files whose name ends with .yaml are, in this folder.",
        "Move it elsewhere.",
        nearer="If it holds a topic, call it '{near}', else move it elsewhere.",
    ),
    "not-in-entries": FaultWords("'{name}' is not read here.", "If it holds a topic, move it into entries/."),
    "question-file-not-read": FaultWords(
        "'{name}' is not read: practice questions are only in files that end in .jsonl, in a folder in questions/.",
        'Write them into \'{near}\', one a line, as in {{"question": "How much?", "entry": "parking-fee"}}',
    ),
    "not-a-file": FaultWords("'{name}' is a pipe, a socket or a device.", "Put a file with text in its place."),
    "no-topics": FaultWords("There is no *.yaml file here.", "Name the folder that has entries/."),
    # writing
    "full-width-colon": FaultWords("The colon is a full-width '：'.", "Write an ordinary colon and a space: {near}"),
    "missing-colon": FaultWords("There is no colon behind '{key}'.", "Write: {near}"),
    "missing-space": FaultWords("There is no space behind '{key}:'.", "Write: {near}"),
    "tab": FaultWords("A tab stands in the indentation.", "Use spaces, two for each level."),
    "odd-space": FaultWords("There is {name} in place of a space.", "Delete it and press the space bar."),
    "missing-dash-space": FaultWords("There is no space behind the dash.", "Write: {near}"),
    "bullet": FaultWords(
        "The list has a bullet '{sign}'.", "Begin each line of a list with a dash and a space: {near}"
    ),
    "missing-dash": FaultWords("This line of the list does not begin with a dash.", "Write: {near}"),
    "list-behind-key": FaultWords(
        "The list begins on the line of its key.", "Put it on the next line, below the other dashes: {near}"
    ),
    "text-not-moved-in": FaultWords(
        "The text below the | is not moved in.", "Put {near} spaces before each line of the text."
    ),
    "text-after-pipe": FaultWords(
        "Text stands on the line of the '{sign}'.",
        "Begin a new line behind the '{sign}', and put {near} spaces before each line of the text.",
    ),
    "wrong-pipe": FaultWords(
        "'{sign}' only looks like a '|', and citizens would read it.", "Write the bar of the keyboard: {near}"
    ),
    "document-mark": FaultWords("A line of '{sign}' cannot stand inside a file.", "Remove the line."),
    "wrong-top": FaultWords("The file does not begin with a key and a colon.", "Begin at the margin, as in {example}"),
    "stray-sign": FaultWords("There is '{sign}' before the line.", "Put spaces in its place: {near}"),
    "strange-line": FaultWords(
        "It is not clear what this line belongs to.",
        "Move it under the line above, begin it with a dash or with a key and a colon, or remove it.",
    ),
    "text-before-list": FaultWords(
        "There is a text behind '{key}:' and a list below.", "Remove the text, or move it into the list: {near}"
    ),
    "line-without-key": FaultWords(
        "This line seems to go on with '{key}' above, and is not moved in.",
        "Leave '{key}: |' alone on its line, and put all of the text below it, each line with {near} spaces before it.",
    ),
    "language-beside-key": FaultWords(
        "'{below}:' is not moved in below '{key}:' above.",
        "Put {near} spaces before ko and en, and move the lines below them in as far.",
    ),
    "two-keys": FaultWords(
        "Two keys stand on one line.", "Begin a new line before '{key}:', as far in as the one above."
    ),
    "language-behind-key": FaultWords(
        "'{below}:' stands on the line of '{key}:'.",
        "Begin a new line behind '{key}:', and write ko and en on a line each, behind {near} spaces.",
    ),
    "comma-at-end": FaultWords("There is a comma at the end of the line.", "Remove it: {near}"),
    "second-topic": FaultWords(
        "The file has a second topic; the first is on line {first}.",
        "Remove the lines from here to 'entries:', or move what follows to a file of its own.",
    ),
    "merge-conflict": FaultWords(
        "Two people changed this place, and the marks of it (<<<<<<<, =======, >>>>>>>) are left.",
        "Keep what is right, and remove the lines with the marks.",
    ),
    "colon-in-text": FaultWords("The text has a colon with a space behind it.", "Quote the whole text: {near}"),
    "hash-in-text": FaultWords(
        "'{lost}' is taken for a note and is no part of the text.",
        "Quote the text: {near}  (a note needs two spaces before its #, or a line of its own)",
    ),
    "leading-sign": FaultWords("The text begins with '{sign}'.", "Quote the whole text: {near}"),
    "text-after-quote": FaultWords(
        "More text follows the closing quote.", "Put the whole text between one pair of quotes: {near}"
    ),
    "open-quote": FaultWords("The quote {sign} is opened and not closed.", "Write {sign} at the end of the text too."),
    "open-bracket": FaultWords("'{sign}' is opened and not closed.", "Write '{closing}' at the end."),
    "pipe-over-languages": FaultWords(
        "The | behind '{key}:' makes '{below}' below it a part of the text.",
        "Remove the | here: {near}  (it belongs right above the text: '{below} |')",
    ),
    "smart-quotes": FaultWords(
        "The curly quotes {sign} are letters to the reader; citizens see them.", "Write straight ones: {near}"
    ),
    "hidden-character": FaultWords(
        "There is a character that nobody sees ({name}).",
        "Delete it with the letters beside it and type these again; it comes along with copied text.",
    ),
    "control-character": FaultWords("There is a character that no text can have ({name}).", "Delete it."),
    "full-width-comma": FaultWords(
        "The list is divided by full-width '{sign}', which makes it one text.", "Write commas with a space: {near}"
    ),
    "indentation": FaultWords(
        "The line is moved in by {now} spaces, unlike any line it could belong to.",
        "Let it begin where the lines of its level do.",
        nearer="Put {near} spaces before it, as the lines of its level have.",
    ),
    "syntax": FaultWords(
        "This line cannot be read.",
        "Look at the colons, quotes, brackets and the indentation here and one line above. (not YAML: {parser})",
    ),
    "anchor": FaultWords("An anchor (&...) is not allowed.", "Quote it when it is text: {near}"),
    "alias": FaultWords(
        "The text begins with '*', which is an alias (*...) and not allowed.", "Quote the whole text: {near}"
    ),
    "tag": FaultWords("The text begins with '!', which is a tag (!...) and not allowed.", "Quote it: {near}"),
    "directive": FaultWords("The line begins with '%': a directive (%...) is not allowed.", "Quote the text."),
    "merge-key": FaultWords("A merge key (<<) is not allowed.", "Write the keys out."),
    "too-deep": FaultWords("This is nested more than {limit} deep.", "Look at the brackets and the indentation."),
    # what belongs where
    "key-not-text": FaultWords("A key must be text, not {what}.", "Write a name before the colon."),
    "unknown-key": FaultWords(
        "'{key}' is not a key that is known here.",
        "There are: {known}. Where it is part of a text, write | above it or quote the text.",
        nearer="Write '{near}'.",
    ),
    "more-unknown-keys": FaultWords(
        "From here on, {count} more keys are not known.", "See whether another file was pasted here."
    ),
    "missing-key": FaultWords("'{key}' is missing.", "Add a line: {example}"),
    "key-twice": FaultWords("'{key}' stands twice; the first is at line {first}.", "Keep one of them."),
    "entry-without-dash": FaultWords(
        "There is no dash before this entry.",
        "Put the dash behind {dash} spaces, and the lines below behind {keys}: {near}",
    ),
    "entry-without-id": FaultWords(
        "Another entry seems to begin here, without its first line. The question before is on line {first}.",
        "Add a line above, such as - id: parking-fee. If it is one entry, leave one question.",
    ),
    "list-for-text": FaultWords("'{key}' must be text, not a list.", "Write: {near}"),
    "mapping-for-text": FaultWords(
        "There should be text here, not something with a key.", "Quote it when it is text: {near}"
    ),
    "list-for-lines": FaultWords(
        "'{key}' takes one text, and there is a list.",
        "Write '{near}' and the text below it, moved in by two spaces. Dashes in the text may stay.",
    ),
    "text-for-keys": FaultWords("'{key}' takes keys of its own.", "Write: {near}"),
    "text-for-list": FaultWords("'{key}' must be a list, not text.", "Write: {near}"),
    "wrong-form": FaultWords("'{key}' has another form.", "Write it as the examples in docs/editors.md do."),
    "too-long": FaultWords(
        "'{key}' has {length} characters, {over} over the limit of {limit}.",
        "Shorten it by {over}, or make two entries of it.",
    ),
    "empty-text": FaultWords("'{key}' is empty.", "Write a text, or remove the line."),
    "empty-needed": FaultWords("'{key}' is empty.", "Write a text behind the colon."),
    "empty-list": FaultWords(
        "There is nothing below '{key}'.", "Begin the next line with two spaces: - id: parking-fee"
    ),
    "too-many": FaultWords("'{key}' has {count} items, more than {limit}.", "Take {over} away."),
    "too-few": FaultWords("'{key}' is an empty list.", "Write at least one item, or remove the line."),
    "bad-id": FaultWords(
        "'{value}' is not an id.",
        "Write small letters, digits and single hyphens only, {limit} at most, as in parking-fee.",
        nearer="Write small letters, digits and single hyphens only, {limit} at most: {near}",
    ),
    "not-an-entry": FaultWords("'{value}' is no entry's id.", "Write another entry's id, as in [parking-fee]."),
    "not-a-source": FaultWords("'{value}' is no source's key.", "Write a key of sources.yaml, as in guide."),
    "open-bold": FaultWords("A ** for bold is opened and not closed.", "Write ** on both sides of the words."),
    "bad-date": FaultWords("'{value}' is not a date.", "Write it as {forms}.", nearer="Write: {near}"),
    "no-such-day": FaultWords("'{value}' is not a day of the calendar.", "Look the day up."),
    "bad-yes-no": FaultWords(
        "'{value}' is neither true nor false.", "Write true or false.", nearer="Write: {key}: {near}"
    ),
    "bad-telephone": FaultWords("'{value}' is not a telephone number.", "Write digits, as in 062-000-0000."),
    "bad-page": FaultWords("'{value}' is not the address of a page.", "Write it with https://"),
    "bad-choice": FaultWords("'{value}' is not known here.", "Write one of: {expected}.", nearer="Write {near}."),
    # what refers to what
    "id-twice": FaultWords("The id '{value}' stands already at {first}.", "Choose another one, or remove one."),
    "topic-twice": FaultWords(
        "The topic '{value}' stands already at {first}.", "Remove the file if it is a copy, else rename the topic."
    ),
    "unknown-entry": FaultWords(
        "No entry has the id '{value}'.", "Mend the id, or remove it.", nearer="Did you mean '{near}'?"
    ),
    "no-sources": FaultWords(
        "{count} entries name a source ({names}), and sources.yaml has none.",
        "Make sources.yaml, with a line for each: {value}: {{name: what it is called}}",
    ),
    "unknown-source": FaultWords(
        "'{value}' is no key of sources.yaml.",
        "Add it there: {value}: {{name: the name of the source}}",
        nearer="Did you mean '{near}'? Add a new source to sources.yaml.",
    ),
    "self-reference": FaultWords("see_also names '{value}', the entry itself.", "Remove '{value}'."),
    "subject-without-gap": FaultWords(
        "'subject' goes with 'known_gap: true' alone.", "Remove it, or add known_gap: true."
    ),
    "other": FaultWords("'{key}': {message}", "See the examples in docs/editors.md."),
    # workbooks
    "sheet-not-excel": FaultWords("This cannot be read as a workbook (.xlsx).", "Save it as .xlsx again."),
    "sheet-too-large": FaultWords("The file is too large (over {limit} MB).", "Remove pictures and unused sheets."),
    "sheet-too-many-rows": FaultWords("There are over {limit} rows.", "Remove empty rows and their formats."),
    "sheet-merged": FaultWords("Cells are merged ({cells}).", "Unmerge them and write into each."),
    "sheet-unknown-column": FaultWords("There is no column named '{name}'.", "Name it as it was, or remove it."),
    "sheet-column-twice": FaultWords("The column '{name}' stands twice.", "Remove one."),
    "sheet-missing-column": FaultWords("The column '{name}' is missing.", "Write its name into the first row."),
    "sheet-formula": FaultWords("The cell has a formula ({text}).", "Write its value as text."),
    "sheet-error": FaultWords("The cell has an error ({text}).", "Write its value as text."),
    "sheet-date": FaultWords(
        "Excel has made a date, a time or a sum of money of this cell ({text}).",
        "Format it as text and write it again.",
    ),
    "sheet-asked": FaultWords(
        "'{text}' is a way to ask for '{other}' already; nobody could say which is meant.",
        "Remove one. If the row is to change that entry, write {other} into its id cell.",
    ),
    "sheet-yes": FaultWords("'{value}' is neither 예 nor nothing.", "Write 예 for what the material does not say."),
    "sheet-empty": FaultWords("The cell of '{heading}' is empty.", "Write a text into it."),
    "sheet-bad-topic": FaultWords(
        "The sheet's name '{name}' cannot name a topic.", "Use small letters, digits and hyphens, as in parking."
    ),
    "sheet-conflict": FaultWords(
        "'{heading}' of '{value}' was changed in the files too, and is left. Files: '{here}' Workbook: '{there}'.",
        "Write it into a workbook that is exported anew.",
    ),
    "sheet-row-missing": FaultWords(
        "The workbook has no row for '{value}'; the entry is left.", "To delete it, delete it in its file."
    ),
    # writing the files
    "copy-not-made": FaultWords("A copy of the knowledge base cannot be made: {reason}.", "Free some space."),
    "changed-meanwhile": FaultWords("{file} was changed meanwhile; nothing was written.", "Try again."),
    "file-not-written": FaultWords(
        "{file} cannot be written: {reason}; nothing was changed.", "See whether you may write there, and free space."
    ),
    "file-not-read": FaultWords(
        "{file} cannot be read: {reason}; nothing was written.", "See whether it is there and you may read it."
    ),
    "folder-not-empty": FaultWords("{folder} is not empty.", "Name a folder that is not there yet."),
    "folder-not-made": FaultWords("{folder} cannot be made: {reason}.", "Name a place where you may write."),
    "not-as-wanted": FaultWords(
        "The files would not say what they should of: {entries}; nothing is written.",
        "Change these in the file itself.",
    ),
    "order-loses": FaultWords("{file} cannot be put in order without losing something.", "It is left as it is."),
    "order-fails": FaultWords("{file} cannot be put in order: {reason}.", "It is left as it is."),
    # question files
    "question-not-json": FaultWords(
        "This line of the question file is not JSON.",
        'Write it as in {{"question": "How much?", "entry": "parking-fee"}}',
    ),
    "question-encoding": FaultWords("This is not UTF-8 text.", "Save it as UTF-8."),
    "question-unreadable": FaultWords("The file cannot be read: {reason}.", "See whether it is there and may be read."),
    "question-list": FaultWords("This must be a list of questions.", "Begin each with a dash and a space."),
    "question-without-key": FaultWords("There is no 'question:' before the question.", "Write: {near}"),
    "question-form": FaultWords(
        "Here a question must be a mapping with 'question' or 'turns'.", "See docs/editors.md."
    ),
    "question-turns": FaultWords(
        "'turns' must be a list of questions, with no 'question' beside it.", "See docs/editors.md."
    ),
    "question-id": FaultWords("'id' must be text.", "Write a text, or remove it."),
    "question-missing": FaultWords("'question' is missing, empty or not text.", "Write what citizens ask."),
    "question-outcome": FaultWords(
        "There must be one way to know the right reply.", "Please name one of 'must', 'entry' and 'unanswerable: true'."
    ),
    "question-texts": FaultWords("'{key}' must be text or a list of texts.", "Write texts in quotes."),
    "question-pattern": FaultWords("'{pattern}' is not a regular expression: {reason}.", "Mend its brackets."),
    # advice on what can be read
    "asked-twice": FaultWords(
        "'{text}' is asked already under '{other}' at {where}; nobody could say which is meant.", "Keep one of them."
    ),
    "asked-again": FaultWords("'{text}' is asked already at {where}.", "Keep one of them."),
    "few-phrasings": FaultWords(
        "'{entry}' has {count} phrasings in {language}.", "With {enough} or more it is found better."
    ),
    "no-english": FaultWords("'{entry}' has no English {key}.", "Add it under en."),
    "review-due": FaultWords(
        "review_by {day} has passed for {count} of this file's entries.", "Review them and write a new day."
    ),
    "no-contact": FaultWords("There is no 'contact': citizens are told that none is set.", "Give one in about.yaml."),
    "won-by-another": FaultWords(
        "Had nobody written '{text}', '{other}' would have answered it and not '{entry}'.",
        "Write more ways to ask under both, with words that tell them apart.",
    ),
    "missed-question": FaultWords(
        "'{text}' is not answered; is it '{entry}' that answers it?", "If so, add it to its phrasings."
    ),
    "question-taken": FaultWords(
        "'{text}' was answered by '{other}' and goes to '{entry}' now.", "If that was right, add it to '{other}'."
    ),
    "gap-is-answered": FaultWords(
        "The known gap '{entry}' is about what '{other}' answers now.", "Remove or narrow the gap."
    ),
    "figure-without-source": FaultWords(
        "The answer of '{entry}' has a figure ('{figure}') and no source.", "Name one of sources.yaml as its source."
    ),
    "figure-not-in-source": FaultWords(
        "The answer of '{entry}' states '{figure}', which is none of the figures of its source ({source}).",
        "Look it up in the source. If it is right, add a line under the source in figures.yaml: - {figure}",
    ),
    "figure-of-another": FaultWords(
        "The answer of '{entry}' states '{figure}', which the source ({source}) says of something else.",
        "It goes with one of: {beside}. If it is right, add a word of this answer to its `beside` in figures.yaml.",
    ),
    "one-voiced": FaultWords(
        "All {count} ways to ask for '{entry}' have the form '{alike}'; who asks otherwise is not understood.",
        "Add short ones, casual ones, and ones with other words.",
    ),
    "answer-not-first": FaultWords(
        "The answer of '{entry}' begins with '{first}': its first line does not answer.",
        "Leave out greetings and the question; begin with the answer.",
    ),
    "long-answer": FaultWords(
        "The answer of '{entry}' has {length} characters; a telephone shows up to {limit} well.",
        "Say the answer in the first line, and divide the rest into entries that see_also leads to.",
    ),
    "unused-words": FaultWords(
        "No entry says any of the words that mean the same: {words}.",
        "Begin the line with the word that entries use, or remove it.",
    ),
    "synonym-joins": FaultWords(
        "By the synonyms in vocabulary.yaml, '{text}' is the same question as '{said}' of '{other}' ({where}).",
        "Add a word that tells them apart, or take the word out of the synonyms.",
    ),
    "no-title": FaultWords(
        "The topic '{topic}' has no title, so citizens see '{topic}'.", "Add a line below it: title: Parking"
    ),
    "lost-character": FaultWords(
        "Citizens see a box or a question mark here ({name}).", "Write it anew: it was lost while being copied."
    ),
    "unknown-rule": FaultWords(
        "There is no advice called '{rule}', or it cannot be turned off.",
        "The names are in docs/editors.md.",
        nearer="Did you mean '{near}'?",
    ),
    "no-reason": FaultWords("The note that turns '{rule}' off gives no reason.", "Write # check off {rule}: why"),
    "future-date": FaultWords("{key} '{value}' is in the future.", "Write when the fact was known. Today is {today}."),
}
