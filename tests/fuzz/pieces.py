"""What hostile texts are made of, by the language that they are in: lines, and words that are put into lines."""

ICS = r"""
BEGIN:VCALENDAR
END:VCALENDAR
BEGIN:VEVENT
END:VEVENT
BEGIN:VTIMEZONE
END:VTIMEZONE
BEGIN:STANDARD
END:STANDARD
BEGIN:DAYLIGHT
END:DAYLIGHT
BEGIN:VALARM
END:VALARM
TZID:Own
TZOFFSETFROM:+2359
TZOFFSETTO:-235959
UID:a@x
UID:b@x
SUMMARY:Interview with Acme
SUMMARY;LANGUAGE=de:Vorstellungsgespräch bei Acme
DTSTART:20261124T090000Z
DTSTART;TZID=Own:20261124T090000
DTSTART;TZID=Europe/Berlin:20260329T023000
DTSTART;VALUE=DATE:20261124
DTSTART:00010101T000000Z
DTSTART:99991231T235959Z
DTSTART:20261124T240060
DTEND:20261124T100000Z
DTEND:99991231T235959Z
DURATION:P9999W
DURATION:-PT1S
RRULE:FREQ=SECONDLY;COUNT=2000000000
RRULE:FREQ=DAILY;COUNT=2000000000
RRULE:FREQ=MINUTELY;UNTIL=99991231T235959Z
RRULE:FREQ=YEARLY;BYSETPOS=-366,366;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=0,1,2,3,4,5,6,7,8,9
RRULE:FREQ=MONTHLY;BYSETPOS=-1;BYDAY=5MO;BYMONTHDAY=-31;INTERVAL=999999999
RRULE:FREQ=WEEKLY;WKST=SU;UNTIL=20261124
RRULE:FREQ=DAILY;BYSECOND=60;BYMINUTE=0,59;BYHOUR=0,23
RRULE:FREQ=YEARLY;BYWEEKNO=53;BYYEARDAY=-366
RDATE:20261125T090000Z,20261125T090000Z
RDATE;VALUE=PERIOD:20261124T090000Z/P9999D
RDATE;TZID=Own:99991231T235959
EXDATE:20261124T090000Z
EXDATE;VALUE=DATE:20261124
EXRULE:FREQ=DAILY
RECURRENCE-ID:20261124T090000Z
RECURRENCE-ID;RANGE=THISANDFUTURE:20261125T090000Z
SEQUENCE:99999999999999999999
STATUS:CANCELLED
LAST-MODIFIED:20261101T000000Z
ORGANIZER;CN="Acme; Hiring":mailto:hr@acme.example
ATTENDEE;PARTSTAT=DECLINED;CN=Sam:MAILTO:sam@example.org
ATTENDEE;CN="^n^^^'":mailto:
CONFERENCE;VALUE=URI:https://acme.zoom.us/j/1
LOCATION:https://meet.google.com@evil.example/
X-WR-TIMEZONE:Asia/Tokyo
X-WR-TIMEZONE:../../etc/passwd
DESCRIPTION:Hi\, we look forward\nCompany: Acme\nhttps://jobs.lever.co/acme/1
ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA
METHOD:CANCEL
"""
WORDS = r"""
Interview with Acme
Vorstellungsgespräch bei Acme GmbH & Co. KG
Entrevista con el equipo de Acme
面接 株式会社アクメ
Bewerbungsgespräch
Phone screen: Acme <> Sam
Job interview @ Acme (via Talent Partners)
https://meet.google.com/abc-defg-hij
https://meet.google.com@evil.example/abc
https://meet.google.com\@evil.example/abc
https://xn--mt-fka.google.com.evil.example/
https://acme.zoom.us/j/123?pwd=x
https://boards.greenhouse.io/acme/jobs/1
https://www.google.com/url?q=https://meet.google.com/abc
<a href="https://evil.example">Meet</a>
<br><b>&lt;script&gt;&amp;amp;
hr@acme.example
sam@example.org
careers@mail.acme.co.uk
noreply@greenhouse.io
"Acme, Inc." <hr@acme.example>
Company: Acme
Role: Account Executive
Position –
+49 (30) 123456
1 Main Street, Springfield
"""
BYTES = (
    *("\x00", "\x1b[2J", "\x1b]0;x\x07", "\x1b]8;;http://x\x1b\\", "\x9b31m", "\x9d", "\x85", "\u2028", "\u2029"),
    *("\u202e", "\u2066", "\u200b", "\ufeff", "\u0301" * 40, "\u034f", "\u3164", "\ufe0f", "\U000e0041", "\U0010ffff"),
    *("\r", "\r\n", "\t", "\\", '"', "'", "`", "<", "&", "%00", "%0d%0a", "=cmd()", "@", ",", ";", ":", "||", "{{7}}"),
    *(
        "9" * 30,
        "-1",
        "0",
        "1e999",
        "NaN",
        "[bold]",
        "[/]",
        ":smile:",
        "İ",
        "ß",
        "ﬀ",
        "ſ",
        "𝕴",
        "Ａ",
        "é",
        "\u1e9b\u0323",
    ),
)
GOOGLE = r"""
{"id":"x","start":{"dateTime":"2026-11-24T09:00:00Z"},"end":{"dateTime":"2026-11-24T10:00:00Z"},"summary":"Interview"}
{"id":"y","owner":["sam@example.org"],"event":{"id":"x","start":{"date":"2026-11-24"},"attendees":[{"self":true}]}}
{"id":"z","start":{"dateTime":"2026-11-24T09:00:00","timeZone":"Europe/Berlin"},"recurrence":["RRULE:FREQ=DAILY"]}
{"id":"c","status":"cancelled"}
{"id":"w","start":{"dateTime":"0001-01-01T00:00:00+14:00"},"end":{"dateTime":"9999-12-31T23:59:59-14:00"}}
{"id":"v","start":{"dateTime":"2026-11-24T09:00:00","timeZone":"../../etc/passwd"},"sequence":1e400}
"attendees":[{"email":"hr@acme.example","displayName":"Acme","responseStatus":"declined"}]
"organizer":{"email":"HR@acme.example","self":true}
"conferenceData":{"entryPoints":[{"entryPointType":"video","uri":"https://meet.google.com/abc"}]}
"originalStartTime":{"dateTime":"2026-11-24T09:00:00Z"},"recurringEventId":"x"
"hangoutLink":"javascript:alert(1)"
"summary":null
"id":["x"]
"id":{}
null
[
{
]
}
,
"""
CONFIG = r"""
owner = ["sam@example.org"]
owner = 5
[checkpoints]
brief_before_minutes = 10
late_after_minutes = 5
give_up_after_minutes = 0x7fffffffffffffff
[score]
prior_kept = 1e308
prior_missed = nan
careless_share = -inf
count_presumed = "yes"
[detectors]
sound = true
plugs = ["teams", "sound"]
note_takers = [["x"]]
[[calendars]]
name = "work"
type = "ics"
type = "google"
type = "caldav"
path = "~/interviews.ics"
path = "~nobody-at-all/x.ics"
url = "https://user:secret@example.org:99999/x"
url = "webcal://[::1"
user = "sam"
account = "sam@example.org"
calendars = ["primary"]
api_endpoint = "http://evil.example"
poll_minutes = 0
a.b.c = 1
x = 1979-05-27T07:32:00-08:00
x = {a = {b = [1, {c = 2}]}}
'''
[checkpoints.x]
[[checkpoints]]
"""
STORY = r"""
title = "x"
owner = ["sam@example.org"]
start = 2026-03-03T09:00:00-05:00
end = 2026-03-03T12:00:00-05:00
[config]
[config.checkpoints]
late_after_minutes = 5
[config.detectors]
sound = true
meet = true
phone = true
[[step]]
at = 2026-03-03T10:00:00-05:00
at = 2026-03-03T10:07:00-05:00
at = 2026-03-03T11:00:00-05:00
calendar = "put"
event = { id = "a", summary = "Interview with Acme", WHEN }
event = { id = "a", recurrence = ["RRULE:FREQ=DAILY"], WHEN }
event = { id = "a_20260303T150000Z", status = "cancelled" }
event = { id = "a", start = { date = "2026-03-03" } }
event = 5
calendar = "cancel"
calendar = "vanish"
calendar = "down"
calendar = "truncated"
id = "a"
id = "a_20260303T150000Z"
id = 5
you = "join"
they = "speak"
they = "leave"
noise = "music"
phone = "ring"
mute = "on"
detector = "sound"
state = "dead"
answer = "waiting"
answer = "late"
answer = "not_interview"
minutes = 9
minutes = -1
minutes = "many"
minutes = 99999999999999999999
start = "soon"
note = "\u001b[31m"
machine = "sleep"
machine = "wake"
machine = "crash"
machine = "start"
machine = "clock"
by = "PT1H"
by = "-P9999D"
by = "P9999D"
desktop = "gone"
desktop = "back"
[[expect]]
notice = "late"
no_notice = "ask"
outcome = "unknown"
counted = false
employer = "Acme"
reliability = 85.0
start = 0001-01-01T00:00:00+14:00
end = 9999-12-31T23:59:59-14:00
"""
TALE = """
owner = ["sam@example.org"]
start = 2026-03-03T09:00:00-05:00
end = 2026-03-03T12:00:00-05:00
[config.detectors]
sound = true
meet = true
phone = true
[[step]]
at = 2026-03-03T09:00:00-05:00
calendar = "put"
event = { id = "a", summary = "Interview with Acme", WHEN }
[[step]]
at = 2026-03-03T10:01:00-05:00
you = "join"
[[step]]
at = 2026-03-03T10:06:00-05:00
answer = "waiting"
id = "a"
[[step]]
at = 2026-03-03T10:08:00-05:00
machine = "sleep"
[[step]]
at = 2026-03-03T10:09:00-05:00
machine = "wake"
[[step]]
at = 2026-03-03T10:12:00-05:00
they = "speak"
[[expect]]
id = "a"
outcome = "late"
"""
WHEN = (
    'start = { dateTime = "2026-03-03T10:00:00-05:00", timeZone = "America/New_York" }, '
    'end = { dateTime = "2026-03-03T10:30:00-05:00" }'
)
CALDAV = r"""
<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">
</d:multistatus>
<d:response>
</d:response>
<d:href>/sam/a.ics</d:href>
<d:href>http://[::1</d:href>
<d:href>//evil.example/../x%2f%00</d:href>
<d:propstat><d:prop><d:getetag>1</d:getetag></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>
<d:propstat><d:prop><c:calendar-data>BEGIN:VCALENDAR</c:calendar-data></d:prop></d:propstat>
<d:propstat><d:prop><d:x><d:href>a</d:href></d:x></d:prop><d:status>HTTP/1.1 ٢٠٠ OK</d:status></d:propstat>
<d:status>HTTP/1.1 999 x</d:status>
<d:sync-token>x</d:sync-token>
<!DOCTYPE m [<!ENTITY a "x">]>
<?xml version="1.0" encoding="utf-7"?>
<?xml version="1.0" encoding="utf-16"?>
<![CDATA[
]]>
<!--
-->
&a;
&#x10FFFF;
&#0;
<a
xmlns:d="other"
"""


def lines(block: str) -> tuple[str, ...]:
    """The lines of a block."""
    return tuple(line.replace("WHEN", WHEN) for line in block.splitlines() if line)
