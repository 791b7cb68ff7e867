"""What the pages show, and that every form does what it says."""

from pathlib import Path

import pytest

from showup.store.database import Database
from showup.web.questions import parsed, worth_asking
from tests.support.page import Served, Visitor, serve
from tests.support.played import event, play

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>'); {{7*7}} </title>"
HOSTILE = event(
    "evil-1",
    r"Interview with <b>Evil</b> & Söhne <img src=x onerror=alert(1)> {{7*7}} </title>\u202e\u0007",
    "2026-07-02T10:00:00-04:00",
    "2026-07-02T10:30:00-04:00",
)
STORY = f"""owner = ["sam@example.org"]
start = 2026-07-01T09:00:00-04:00
end = 2026-07-02T11:00:00-04:00
[[step]]
at = 2026-07-01T09:00:00-04:00
calendar = "put"
event = {HOSTILE}
"""


def look(visitor: Visitor, path: str) -> str:
    told = visitor.get(path)
    assert told.status == 200, told.seen
    return told.seen


# ---------------------------------------------------------------- overview
def test_employers_come_with_their_figures_by_the_lower_end(visitor: Visitor) -> None:
    seen = look(visitor, "/")
    assert seen.index("Acme") < seen.index("Calder") < seen.index("Birchwood")
    acme = seen[seen.index("Acme") : seen.index("Calder")]
    for told in ("pattern", "64 35–88", "count 2", "no-shows 2", "waited by you 48 minutes", "misses in a row 2"):
        assert told in acme
    assert "3 Mar no show" in acme
    markup = visitor.get("/").text
    assert 'aria-label="Reliability 64 of 100, with 90 % certainty between 35 and 88"' in markup
    assert 'aria-label="Appointments, oldest first: 3 Mar no show; 4 Mar no show"' in markup


def test_it_can_be_searched_filtered_and_sorted(visitor: Visitor) -> None:
    assert "1 of 3 companies" in look(visitor, "/?q=bIrCh")
    seen = look(visitor, "/?label=pattern")
    assert "Acme" in seen
    assert "Calder" not in seen
    seen = look(visitor, "/?sort=name")
    assert seen.index("Acme") < seen.index("Birchwood") < seen.index("Calder")
    assert "No company fits this" in look(visitor, "/?q=nobody&label=watch")
    for odd in (
        "/?page=9999999999999",
        "/?page=-1",
        "/?page=x",
        "/?label=x&sort=y",
        "/?q=%00%ff",
        "/?said=x",
        "/?said=999",
    ):
        look(visitor, odd)


def test_no_history_looks_like_none(tmp_path: Path) -> None:
    play(STORY.replace("2026-07-02T11:00:00-04:00", "2026-07-01T11:00:00-04:00"), tmp_path / "a.sqlite")
    with serve(tmp_path / "a.sqlite", tmp_path, "2026-07-01T12:00:00-04:00") as served:
        told = served.visitor().get()
        assert "no history" in told.seen
        assert "nothing counts yet" in told.seen
        assert "No history, so there is no score" in told.text
        assert "Reliability 85" not in told.text
        assert "nothing to draw" in look(served.visitor(), "/employers/1")


def test_an_empty_record_says_so(tmp_path: Path) -> None:
    with serve(tmp_path / "new.sqlite", tmp_path, "2026-07-01T12:00:00-04:00") as served:
        assert "Nothing is on record yet" in look(served.visitor(), "/")


def test_a_question_is_answered_by_one_click_and_taken_back_by_another(tmp_path: Path) -> None:
    play(STORY, tmp_path / "a.sqlite")
    with serve(tmp_path / "a.sqlite", tmp_path, "2026-07-02T12:00:00-04:00") as served:
        visitor = served.visitor()
        assert "Only you can tell" in look(visitor, "/")
        after = visitor.say("/", "/appointments/1/answer", word="no_show", back="/?sort=name")
        assert "Stored:" in after.seen
        assert "no show." in after.seen
        assert "Only you can tell" not in after.seen
        assert "no-show 1" in after.seen
        of = after.text.partition('name="of" value="')[2].partition('"')[0]
        undo = {"word": "undo", "of": of.replace("&#43;", "+"), "token": after.token}
        assert visitor.post("/appointments/1/answer", undo).status == 303
        assert "Only you can tell" in look(visitor, "/")
        again = visitor.post("/appointments/1/answer", undo)  # a second click takes back no more
        assert again.status == 409
        assert "There is nothing to take back" in again.seen


# ---------------------------------------------------------------- employer
def test_an_employer_is_told_in_sentences_and_drawn(visitor: Visitor) -> None:
    told = visitor.get("/employers/1")
    assert "Missed two in a row. Told you" in told.seen
    assert "Reliability over 2 counted appointments: it began at 85" in told.text
    assert "is now 64, between 35 and 88" in told.text
    assert "takes the place of Tue 3 Mar 2026, 10:00 EST" in told.seen
    assert "its place was taken by a later one" in told.seen
    assert told.text.count('class="point missed"') == 2


def test_a_note_is_kept_and_changed_and_taken_away(served: Served, visitor: Visitor) -> None:
    text = f"Kind.\n{EVIL}"
    after = visitor.say("/employers/1", "/employers/1/note", note=text)
    assert "<script>" not in after.text
    assert text in after.seen.replace("> ", ">\n").replace("Kind. ", "Kind.\n") or EVIL in after.seen
    assert "written Fri 6 Mar 2026" in after.seen
    assert EVIL not in visitor.say("/employers/1", "/employers/1/note", note="").seen
    gone = visitor.post("/employers/999/note", {"token": after.token, "note": "x"})
    assert gone.status == 409
    assert served.said == []


def test_the_two_way_side_takes_three_taps(visitor: Visitor, database: Path) -> None:
    path, page = "/appointments/2/impression", "/appointments/2"
    for name, value in (("questions", "little"), ("colleagues", "no"), ("feeling", "good")):
        told = visitor.say(page, path, **{name: value})
        assert f'value="{value}" aria-pressed="true"' in told.text
    seen = look(visitor, "/employers/2")
    assert "Time for your questions a little 1" in seen
    assert "How it felt good 1" in seen
    score = [line for line in look(visitor, "/").split("Birchwood")[1].split() if "–" in line][:1]
    assert score == ["63–99"]
    told = visitor.say(page, path, feeling="good")
    assert 'value="good" aria-pressed="false"' in told.text
    with_nothing = visitor.post(path, {"token": told.token, "feeling": "angry"})
    assert with_nothing.status == 409
    assert visitor.post("/appointments/1/impression", {"token": told.token, "feeling": "bad"}).status == 409
    store = Database(database)
    with store.reading() as record:
        assert record.impression(1) is None
    store.close()


def test_questions_worth_asking_are_the_persons_own(alone: Served, tmp_path: Path) -> None:
    visitor = alone.visitor()
    assert "Who would I work with every day" in look(visitor, "/employers/1")
    (tmp_path / "questions.txt").write_text(f"# Mine\nWhy {EVIL}?\n", "utf-8")
    told = visitor.get("/employers/1")
    assert f"Why {EVIL}?" in told.seen
    assert "<script>" not in told.text
    assert "Who would I work with" not in told.seen


def test_a_file_of_questions_may_be_anything(tmp_path: Path) -> None:
    own = tmp_path / "questions.txt"
    usual = worth_asking(own)
    assert {"The team", "Leadership", "The culture"} <= {group.name for group in usual}
    for content in (b"", b"\n\n# Only a heading\n", b"#\n"):
        own.write_bytes(content)
        assert worth_asking(own) == usual
    own.write_bytes(b"\xff\xfe\x00 what?\n" * 100_000)
    assert sum(len(group.questions) for group in worth_asking(own)) <= 200
    own.unlink()
    own.mkdir()
    assert worth_asking(own) == usual
    assert [group.questions for group in parsed("- One?\n# Two\n* Three?")] == [("One?",), ("* Three?",)]


# ---------------------------------------------------------------- totals
def test_totals_say_how_long_was_waited_and_when_interviews_go_as_planned(visitor: Visitor) -> None:
    assert 'href="/totals"' in visitor.get().text
    told = visitor.get("/totals")
    assert (
        "You have waited 51 minutes in all; 2 times it was longer than 5 minutes, and 24 minutes at the longest"
        in told.seen
    )
    assert "Of 5 interviews that count, 2 began on time." in told.seen
    assert "The dashed line stands at 85: what one would expect before anything is known." in told.seen
    assert "Wednesday too few to say anything 0 of 2 24 min waited" in told.seen
    assert "Monday none yet –" in told.seen
    assert "less than expected" not in told.seen  # five interviews are few
    assert told.text.count('class="bar whisker few"') == told.text.count('class="bar whisker')
    assert 'class="score"' not in told.text


def test_totals_of_nothing_say_so(tmp_path: Path) -> None:
    with serve(tmp_path / "new.sqlite", tmp_path, "2026-07-01T12:00:00-04:00") as served:
        assert "Nothing counts yet, so there is nothing to add up." in look(served.visitor(), "/totals")


# ---------------------------------------------------------------- report
def test_a_report_can_be_kept_from_the_page(visitor: Visitor) -> None:
    assert 'href="/employers/1/report" download' in visitor.get("/employers/1").text
    told = visitor.get("/employers/1/report")
    assert told.headers["content-disposition"] == 'attachment; filename="showup-acme-2026-03-06.html"'
    assert "Account Executive" in told.seen
    assert "Account Executive" not in visitor.get("/employers/1/report?without=personal").seen
    assert "Birchwood" in visitor.get("/report").seen
    assert visitor.get("/employers/99/report").status == 404


# ---------------------------------------------------------------- appointment
def test_an_appointment_tells_what_it_stands_on(visitor: Visitor) -> None:
    told = visitor.get("/appointments/1")
    for words in (
        "They had not come, and changed the calendar after the start. It counts fully against them.",
        "You said “waiting”.",
        "The event was moved.",
        "Its place was taken by the one of Wed 4 Mar 2026, 09:30 EST",
    ):
        assert words in told.seen
    assert told.text.count('class="moment ') == 2
    assert 'class="stretch planned"' in told.text


@pytest.mark.parametrize(
    ("fields", "seen"),
    [
        ({"word": "on_time", "note": EVIL}, f"Your note: {EVIL}"),
        ({"word": "late", "minutes": "12"}, "12 minutes late"),
        ({"word": "no_show"}, "no show"),
        ({"word": "moved", "minutes": "90"}, "moved 90 minutes ahead"),
        ({"word": "cancelled"}, "cancelled"),
        ({"word": "mine"}, "excused"),
    ],
)
def test_it_is_corrected_right_there(visitor: Visitor, fields: dict[str, str], seen: str) -> None:
    told = visitor.say("/appointments/2", "/appointments/2/answer", **fields, back="/appointments/2")
    assert "Stored: Birchwood" in told.seen
    assert seen in told.seen
    assert "<script>" not in told.text


def test_an_answer_that_was_taken_back_stays_and_is_crossed_out(visitor: Visitor) -> None:
    visitor.say("/appointments/2", "/appointments/2/answer", word="no_show")
    told = visitor.say("/appointments/2", "/appointments/2/answer", word="undo")
    assert "You said “no_show”. (taken back)" in told.seen
    assert "They came" in told.seen or "on time" in told.seen
    assert told.text.count('class="undone"') == 2


def test_what_is_no_interview_leaves_the_pages_and_can_come_back(visitor: Visitor) -> None:
    told = visitor.say("/appointments/2", "/appointments/2/answer", word="not_interview", back="/")
    assert "is no interview and leaves the record" in told.seen
    assert "Birchwood" not in look(visitor, "/")
    assert visitor.get("/appointments/2").status == 404
    assert visitor.post("/appointments/2/answer", {"token": told.token, "word": "undo"}).status == 303
    assert "Birchwood" in look(visitor, "/")


def test_words_of_the_moment_are_offered_only_at_the_moment(tmp_path: Path) -> None:
    play(STORY.replace("2026-07-02T11:00:00-04:00", "2026-07-02T10:03:00-04:00"), tmp_path / "a.sqlite")
    for moment, offered in (
        ("2026-07-02T09:30:00-04:00", {"moved", "cancelled", "mine", "not_interview"}),
        ("2026-07-02T10:04:00-04:00", {"here", "waiting", "told_late", "on_time", "no_show"}),
        ("2026-07-02T10:20:00-04:00", {"here", "waiting", "on_time"}),
        ("2026-07-02T12:00:00-04:00", {"on_time", "late", "no_show"}),
    ):
        with serve(tmp_path / "a.sqlite", tmp_path, moment) as served:
            text = served.visitor().get("/appointments/1").text
            assert {word for word in offered if f'value="{word}"' not in text} == set()
            assert ('value="here"' in text) is ("here" in offered)
            assert ('value="told_late"' in text) is ("told_late" in offered)


# ---------------------------------------------------------------- hostile texts
def test_what_an_invitation_says_is_shown_and_never_done(tmp_path: Path) -> None:
    play(STORY, tmp_path / "a.sqlite")
    with serve(tmp_path / "a.sqlite", tmp_path, "2026-07-02T12:00:00-04:00") as served:
        visitor = served.visitor()
        for path in ("/", "/employers/1", "/appointments/1", f"/?q={EVIL.replace(' ', '+')}"):
            told = visitor.get(path)
            assert told.status == 200
            for raw in ("<b>Evil", "<img", "<script>alert", "\u202e", "\x07", "49 </title>"):
                assert raw not in told.text, (path, raw)


def test_a_link_that_is_none_is_not_offered(tmp_path: Path) -> None:
    play(STORY.replace("2026-07-02T11:00:00-04:00", "2026-07-02T09:00:00-04:00"), tmp_path / "a.sqlite")
    store = Database(tmp_path / "a.sqlite")
    store._driver.execute("UPDATE appointments SET join_link = 'javascript:alert(1)'")
    store.close()
    with serve(tmp_path / "a.sqlite", tmp_path, "2026-07-02T09:30:00-04:00") as served:
        assert "javascript:" not in served.visitor().get("/appointments/1").text
