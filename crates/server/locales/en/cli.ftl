# Command line.

cli-bad-db = “{ $db }” is not a place for data. Write sqlite:PATH or postgres://…
cli-no-home = This machine has no unit of its own yet. Run tram init first, or add --unit.
cli-unit-unknown = No unit matches “{ $name }”.
cli-unit-ambiguous = “{ $name }” matches several units: { $names }. Write the full name or use the code.
cli-commune-unknown = No commune bears the code { $code } today.
cli-province-unknown = No province bears the code { $code } today.
cli-bad-id = “{ $id }” is not a well-formed code.
cli-broken = Machine fault: { $detail }
cli-only-loopback = Cannot open at { $address }: for now only this machine (127.0.0.1 or ::1) is served.
cli-restored = The data comes from a backup: the log begins a new epoch, nothing is overwritten.
cli-serving = Trạm is open at { $url }  (Ctrl+C to stop)
cli-log-verified = Checked { $facts } facts in { $sets } writes, { $chains } chains.
cli-log-whole = The log is whole.
log-altered = Entry { $seq } (epoch { $epoch }, { $node }) has been altered.
log-misplaced = Entry { $seq } (epoch { $epoch }, { $node }): a fact was moved to another record, commune or compartment.
log-headless = No signature vouches for anything from entry { $seq } on (epoch { $epoch }, { $node }).
log-gap = Entry { $seq } (epoch { $epoch }, { $node }) is missing.
log-truncated = The log is cut or has something extra from entry { $seq } (epoch { $epoch }, { $node }).
log-signature = The signature at entry { $seq } is wrong (epoch { $epoch }, { $node }).
log-audit-bad = The audit trail was altered at entry { $seq } (machine { $node }).
cli-rebuilt = Rebuilt the tables from the log of { $n } records and units.
cli-rebuilt-same = The result is identical to what was there before.
cli-rebuilt-differs = These tables differ from before: { $tables }
cli-migrated = Structure upgraded: { $steps }
cli-migrate-none = The structure is up to date.{ $steps }
cli-init-exists = { $path } already holds data; nothing is overwritten.
cli-init-done = Created { $units } units and { $areas } villages. Next: tram user add
cli-user-added = Account { $login } is open.
cli-type-password = Type a password (at least 12 characters), then Enter:
cli-no-password = No password could be read.
cli-one-indicator = With --people name exactly one indicator.
cli-import-converted = The file is in an encoding from before Unicode ({ $code }). Above is the text converted; nothing was saved. When the names are right, run again with --accept-converted.
cli-defs-right = { $files } files, all correct.{ $n ->
    [0] {""}
   *[other] {""}
}
cli-defs-wrong = { $files } files, { $n } places to correct.
cli-defs-adopted = Definitions { $hash }… are now in force.

def-unknown-word = Unknown word “{ $word }” ({ $what }). Nearest: “{ $nearest }”.
def-unknown-word-far = Unknown word “{ $word }” ({ $what }). No known word is near.
def-unreadable = Cannot be read: { $detail }
def-validity-reversed = valid_to is before valid_from.
def-not-a-day = “{ $word }” is not a day such as 2026-01-16.
def-code-twice = The code “{ $word }” is already used at { $file }:{ $line }.
def-classify-choice = “{ $word }” is no measure with options: classes are chosen among those.
def-derive-count = “{ $word }” needs exactly the fields it is worked out from (of).
def-derive-position = “{ $word }” says how a length was taken: it must be a choice with lying and standing.
def-growth-table = The growth table “{ $word }” is missing.
def-growth-heading = The first line of the table must be “{ $word }”.
def-growth-line = The line “{ $word }” cannot be read: seven numbers, L and M with four decimals at most, S with five.
def-growth-gap = The line “{ $word }” does not follow the one before: something is left out, repeated or out of order.
def-growth-value = The line “{ $word }” holds a number that is not plausible, or differs from the line before by more than a twentieth.
def-growth-end = The table is not complete: its last line must be { $word }.
def-field-kind = The field “{ $word }” does not say what it is: write measure or kind.
def-field-label = The field “{ $word }” has no label.
def-field-options = The field “{ $word }” is a choice without options.
def-measure-kind = This measure does not say what it is: write possible, options or kind.
def-no-outcome = The programme has no outcomes: there must be one way at least to leave it.
def-not-a-condition = “{ $word }” is no condition, or asks what that field does not have.
def-not-a-day-field = “{ $word }” is no day of this form.
def-not-of-person = “{ $word }” asks an answer; only age and sex may be asked here.
def-range-reversed = The range is wrong: the first number must be smaller, with three decimals at most.
def-visit-timing = The visit “{ $word }” must have exactly one of the two: every or at.
def-not-a-span = “{ $word }” is not a span such as "2 months" or "28 days".
def-not-a-temperature = “{ $word }” is not a body temperature such as "37,5".
def-temperatures-reversed = cold_to must be below fever_from.
def-not-a-storage-temperature = “{ $word }” is not a storage temperature such as "2" or "-20".
def-storage-reversed = “{ $word }”: high must be above low.
def-after-unknown = “{ $word }”: the dose before it is not defined above.
def-day-outside-year = “{ $word }”: days lie in the year of the file, and the last is not before the first.
def-days-overlap = “{ $word }” overlaps or stands before the entry above. Write them in order.
def-day-of-week = “{ $word }”: a made-up day is a weekly day off; a day in lieu or swapped is a working day.
def-not-a-count = “{ $word }” is not something that can be counted.
def-not-a-phrase = “{ $word }” is not a known phrase.
def-phrase-misplaced = “{ $word }” cannot be asked of { $count }.
def-tetanus-no-way = A tetanus rule needs a way for women without any dose (before = 0) with at least one dose.
def-bands-unordered = “{ $word }” is not above the one before it: they must rise.
def-needs-one-residence = Counting people needs exactly one phrase "resident …".
def-needs-one-event = Counting entries, enrolments or leavings needs a phrase "of …", "into …" or "out_of …".
def-empty-cell = The code or the name is empty.
def-missing-column = Column “{ $word }” is missing.
def-shadows = The code “{ $word }” is a national one ({ $file }:{ $line }). Use another code; to put this rule in its place, write replaces = "{ $word }".
def-replaces-unknown = replaces = "{ $word }" is not right: only an overlay replaces, and it names the national code that this rule carries.
def-overlay-file = An overlay may not hold this file. It may add immunisation/schedules/*.toml, immunisation/vaccines.toml, immunisation/vials.toml, immunisation/full_sets.toml, indicators/*.toml and lists that exist in lists/ (not the places).
overlay-bad-name = The name of an overlay has lower-case letters, digits and hyphens only, such as lao-cai.
def-missing-file = The file is missing.
def-bad-cell = The cell “{ $word }” cannot be read.

place-code = Code
place-name = Name
place-province = Province
place-until = Until
worklist-doses = Doses due
worklist-due = Due
worklist-total = { $n } { $n ->
    [one] child
   *[other] children
}: { $due } to do, { $overdue } overdue.
cli-file = { $path }: { $detail }
cli-import-days = A day such as “{ $day }” may be day/month or month/day and no row tells which; nothing was saved. Run again with --dates dmy (day/month/year) or --dates mdy.
cli-import-more = … and { $n } more; see all on the page Import a list or with --json.
cli-import-checked = { $rows } rows: { $new } new, { $known } on record, { $refused } with errors. Nothing was saved.
cli-import-cure = Mend the file and import again, or add --accept-good to save the rows without errors.
cli-list-kind = There is no kind of list “{ $typed }”. Known: { $known }.
cli-template = Template written: { $path }

# Demo data
cli-demo-built = The demo region of { $today } (seed { $seed }) is ready: { $units } units, { $people } people who do not exist, { $facts } facts.
cli-demo-stands = Opening the demo region of { $today } (seed { $seed }) again: { $units } units, { $people } people who do not exist, { $facts } facts. For a new one choose another place with --db or delete the folder of the demo.
cli-login-user = User
cli-login-password = Password
cli-login-role = Role
cli-login-unit = Unit
demo-not-empty = This database holds real data already; no demo is written over it. Choose another place with --db.
cli-plan-adopted = The example plan is adopted for { $year }. See its targets: tram plan show { $id }
plan-no-example = There is no example plan “{ $code }”. Example plans: { $known }.

# Measuring
bench-what = Work
bench-figure = Trạm
bench-floor = SQL by hand
bench-ratio = Ratio
bench-unit = Unit
bench-goal = Goal
bench-met = met
bench-not-met = NOT MET
bench-read = Ratio: how many times the time of hand-written SQL for the same work, in the same run.
bench-demo = Building the demo: decide, append, project
bench-append = Appending facts in bulk
bench-size = Bytes for each fact
bench-open = Opening the database
bench-search = Finding people (p95)
bench-board-first = All indicators of a station for a month, first time
bench-board = All indicators of a station for a month, from cells (p95)
bench-dose = Saving one dose, on disk (p95)
bench-shown = From saving until the indicator shows it (p95)
bench-alike = Duplicate records among all
bench-alike-recall = … of those planted, found
bench-alike-precision = … of those found, right
bench-growth-read = Reading all growth tables
bench-growth = Growth z-scores, one core
bench-verify = Verifying the whole log
bench-import = Importing a population list from Excel
bench-memory = Peak memory of this run
bench-recount = Every indicator of the year, counted again from nothing over everybody
bench-home-board = All indicators of the topmost unit for a year, from cells (p95)
bench-plan-first = Target table of the topmost unit, first time
bench-plan = Target table of the topmost unit, from cells (p95)
bench-busy = 20 people open dashboards while a list is imported (p95)
bench-busy-import = … importing that list took
bench-differs = Indicator { $code } has two different numbers when it is counted in two ways. Please tell whoever makes the program.
bench-no-demo = These data are not a demo, so nothing is measured on them. Build a demo with tram demo first.
bench-import-lost = The measured import added only { $n } people.
