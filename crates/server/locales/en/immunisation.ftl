# Immunisation card and session.

card-title = Immunisation card: { $name }
card-record = Full record
card-print = Print the card
card-no-stop = No contraindication recorded
card-stop = Contraindicated { $series }: { $reason }
card-early = { $series } was given too early on { $on }: it does not count
card-early-what = The dose stays in the record. It can be given again from { $from }; the course does not start over.
card-live = { $series } on { $on } was too close to another live vaccine: it does not count
card-order = { $series } on { $on } was given before the dose that precedes it: it does not count
card-order-what = The dose stays in the record; the child still needs the doses in order.
card-extra = { $series } on { $on }: beyond the doses of the schedule
card-extra-what = Recorded ({ $vaccine }); nothing more is needed.
card-birth-day = The full birth date is needed
card-birth-day-what = Without the day of birth the schedule cannot be worked out. Correct the record when the day is known.
card-grid = Immunisation card
card-newborn = At birth
card-age-now = present age
card-not-rolled-out = Not yet offered in the province
card-dose = dose { $n }
card-too-old = Too old
card-held = Deferred to { $day }
card-stopped = Contraindicated
card-hours = { $n } hours after birth
card-not-counted = { $day } not counted
card-aside = Not given
card-give = Record a dose
card-give-hint = The lot used last is filled in
card-nothing-due = No dose is due today.
card-which = Dose
card-save = Record { $n } { $n ->
    [one] dose
   *[other] doses
}
card-save-next = Record and next child
card-watch = Observe at the station until { $time } (30 minutes), at home for at least 24 hours.
card-done-dose = The dose is recorded.
card-done-elsewhere = The dose given elsewhere is recorded.
card-done-deferral = The deferral is recorded; the child returns to the list when it ends.
card-done-contraindication = The contraindication is recorded; this dose is no longer called for.

key-given = given, counted
key-due = due
key-late = overdue
key-soon = not yet due
key-held = deferred
key-stopped = contraindicated
key-not-counted = not counted

temperature = Temperature
given-on = Day given
given-on-hint = Empty means today
given-at = Time
given-where = Where given
screening = Result of screening
verdict-ok = Fit for vaccination
verdict-hold = Defer
verdict-absent = Did not come
lot = Lot number
site = Site
reason = Reason
date-hint = Type 15/3/2026, or 153 for 15/3 of this year
hold-title = Defer
hold-what = Doses deferred
hold-all = All doses due
hold-until = Call again on
hold-until-hint = Type 23/1, +7 (in 7 days) or t6 (next Friday)
hold-save = Record the deferral
stop-title = Contraindicate a vaccine…
stop-save = Record the contraindication
elsewhere-title = Record a dose given elsewhere, or copied from a paper book…
elsewhere-save = Record this dose

session-title = Session, { $day }
session-sub = { $unit }. One row per child; vaccine and lot are chosen once.
session-list = Children due
session-nobody = No child is due today
session-series = Dose
session-choose = Show
session-use-lot = Use this lot
session-done = Recorded
session-of = of { $n } { $n ->
    [one] child
   *[other] children
}
session-keys = Type the temperature, then Enter: recorded, next child. 368 is 36.8. Not measured: just Enter.
session-children = Children of the session
session-saved = Recorded
session-not-counted = Not counted
session-card = Card
session-open-card = Immunisation card of { $name }
session-temp-of = Temperature of { $name }
session-verdict-of = Result for { $name }
session-save-of = Record for { $name }
session-save = Record
session-end = End the session
session-all-done = All children due for { $name } are recorded
session-not-due = This child is no longer due for the dose being recorded. Open the immunisation card to see.
col-no = No.
col-dose = Dose
col-sex-age = Sex, age
col-temp = Temperature (°C)
col-verdict = Result of screening
col-result = Outcome

dose-bad-temperature = “{ $typed }” is not a body temperature. Type 36.8 or 368.
dose-bad-time = The time is not well formed. Type 7:05 or 0705.
dose-no-vaccine = A dose has no vaccine chosen.
dose-none-chosen = No dose is chosen.

immunisation-unknown-vaccine = The list holds no vaccine with the code “{ $vaccine }”.
immunisation-unknown-series = The schedule holds no series with the code “{ $series }”.
immunisation-unknown-reason = No reason has the code “{ $reason }”. Choose one from the list.
immunisation-unknown-site = No injection site has the code “{ $site }”. Choose one from the list.
immunisation-already-recorded = { $vaccine } on { $on } is already on the card.
immunisation-not-screened = The result “fit for vaccination” is missing. Screen first, or record a deferral.
immunisation-deferral-reversed = The new day { $until } must be after { $on }.
warn-dose-too-early = { $series }: given too early, does not count; counts from { $from }. If it was really given, record it.
warn-dose-out-of-order = { $series }: an earlier dose is missing, does not count. If it was really given, record it.
warn-dose-live = { $series }: too close to the last live vaccine, does not count; counts from { $from }. If it was really given, record it.
warn-dose-extra = { $series }: the schedule is already complete; this dose is recorded beyond it and does not count.
warn-dose-contraindicated = { $series }: contraindicated. If it was really given, record it and observe closely.
