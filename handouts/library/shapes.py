"""The shapes of text in a content library, and the bounds of what it counts. Phase 1, LOAD."""

# Shapes of text. The same expression is read by Python here and by editors (ECMA 262) from the JSON Schema.
NAME = r"^[a-z0-9]+(-[a-z0-9]+)*$"
ITEM_REFERENCE = r"^[a-z0-9-]+/[a-z0-9-]+$"
ARTICLE_PLACE = r"^article/[a-z-]+/[1-9][0-9]*$"
LANGUAGE_CODE = r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$"
TIME = r"^[1-9][0-9]{0,2}(s|min)$(?!\n)"
# Times of an hour, and of ten minutes, at most.
DURATION = r"^([1-9][0-9]{0,2}s|([1-9]|[1-5][0-9]|60)min)$(?!\n)"
HOLD = r"^(([1-9]|[1-9][0-9]|[1-5][0-9][0-9]|600)s|([1-9]|10)min)$(?!\n)"
DATE = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
ADDRESS = r"^https?://\S+$"
HASH = r"^[0-9a-f]{64}$(?!\n)"
PICTURE = r"^[A-Za-z0-9][A-Za-z0-9._-]*\.([Ss][Vv][Gg]|[Pp][Nn][Gg]|[Jj][Pp][Ee]?[Gg])$"
# One character at least that is neither white space nor invisible: a word of joiners would print as nothing.
VISIBLE = (
    r"[^\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]"
)

# A name on one line: no control character, no sign that turns the text around it (`person.TURNING_SIGNS`), none that
# only one font knows.
NAME_ON_A_LINE = (
    rf"^(?=.*{VISIBLE})"
    r"[^\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ue000-\uf8ff]*$(?!\n)"
)
# The author's own words ("15 to 30 seconds"); what is written as a time keeps to the bound of times.
DURATION_IN_WORDS = rf"{DURATION}|^(?![0-9]+(s|min)$)[\s\S]*{VISIBLE}"
HOLD_IN_WORDS = rf"{HOLD}|^(?![0-9]+(s|min)$)[\s\S]*{VISIBLE}"

# The bounds of a dose (`Dose` says why), in topics, in plans and as it is typed.
MOST_SETS = 10
MOST_REPETITIONS = 100
MOST_TIMES_A_DAY = 24
DAYS_A_WEEK = 7
MOST_WEEKS = 4
