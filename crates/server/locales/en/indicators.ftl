# Indicators: the board, one indicator, the people behind a number.

show = Show
no-data = No data yet
print-list = Print the list
printed-at = Printed { $at } · { $name }
valid-since = since { $day }

numerator = Numerator
denominator = Denominator
missing = Missing

unit-percent = %
unit-points = points
unit-per_mille = ‰
unit-per_hundred = /100
unit-per_10k = /10,000
unit-per_100k = /100,000
unit-count = count
unit-full-percent = per cent (%)
unit-full-per_mille = per mille (‰)
unit-full-per_hundred = per 100
unit-full-per_10k = per 10,000
unit-full-per_100k = per 100,000
unit-full-count = count

confidence-text = From the legal text
confidence-secondary = From secondary sources
confidence-unverified = Not checked against the legal text

period-label = Period
period-of-month = Month
period-of-quarter = Quarter
period-of-half = Half-year
period-of-year = Year
period-month = Month { $n }/{ $year }
period-quarter = Quarter { $n }/{ $year }
period-half-1 = First half of { $year }
period-half-2 = Second half of { $year }
period-year = Year { $year }
period-before = ‹ Earlier
period-after = Later ›
period-bad = “{ $text }” is not a period. Write 2026-01, 2026-Q1, 2026-H1 or 2026.

figure-ordinary = Within the usual range
figure-unusual = To be looked at
figure-small = Small numbers
figure-of = { $n } of { $of }
figure-why-few = Counts are shown because the denominator is below { $least }: one person more or less changes the rate a lot.
figure-why-events = Counts are shown because there are fewer than { $least } events: one more or less changes the rate a lot.
figure-range = usually { $low } to { $high }

tally-ordinary = { $n } in range
tally-unusual = { $n } to be looked at
tally-small = { $n } small
tally-unknown = { $n } without data

indicators-title = Indicators
indicators-title-of = Indicators, { $period }
indicators-context = { $unit }, { $areas } villages. Data until { $day }.
indicators-running = The period is not over: day { $n } of { $of }.
indicators-unit = Place
indicators-tree = By the network of
indicators-bad-day = “{ $typed }” is not a day. Write it like 16/01/2026.
indicators-group-population = Population, records, health insurance
indicators-group-vital = Births, deaths, natural increase
indicators-group-immunisation = Immunisation
indicators-group-under_one = Children under one
indicators-group-age = Population by age
indicators-group-household = Households
indicators-group-newborn = Births and newborns
indicators-group-migration = Moving in and out
indicators-group-doses = Dose by dose
indicators-group-hypertension = Hypertension
indicators-group-tuberculosis = Tuberculosis
indicators-group-diabetes = Diabetes
indicators-group-ncd = Screening for chronic diseases
indicators-group-lung = COPD and asthma
indicators-group-mental = Mental health
indicators-group-hiv = HIV and methadone
indicators-group-elderly = Older people
indicators-group-cancer = Cancer screening
indicators-group-infection = Infectious diseases and rabies exposure
indicators-group-family_planning = Family planning
indicators-group-disability = Disability and rehabilitation
indicators-group-child_health = Newborn screening, vitamin A, deworming
indicators-group-injury = Injuries
indicators-col-name = Indicator
indicators-col-value = Value
indicators-col-count = Count
indicators-col-before = Against the period before
indicators-col-year-before = Against the year before
indicators-col-months = 12 months
indicators-col-remark = Remark
indicators-col-place = Place
indicators-spark = { $n } months with data: from { $from } to { $to }
indicators-key-change = “–” in a comparison: the period is not over, the numbers are small, or there is nothing to compare with
indicators-key-open = Choose a name: how it is counted, by place, over time, the list
indicators-future = This period has not begun
indicators-future-what = Choose a past or running period.
indicators-no-areas = The unit looked after no village on that day
indicators-no-areas-what = Numbers are counted over the villages the unit looks after on the last day of the period. The network of another day can be used.
indicators-tree-today = Use the network of today
indicators-nobody = Nobody is on record in this period yet
indicators-nobody-what = Nobody counted does not mean zero. Numbers appear when people are on record.
indicators-source = Where the numbers come from
indicators-until = Data until
indicators-tree-of = Network of
indicators-stations = Responsible units
indicators-areas = Villages

weakest-title = Where to look first
weakest-act = Suggested next step
weakest-missing = { $n } people missing

one-context = { $place } · { $period } · until { $day }
one-numbers = The two numbers of the indicator
one-no-data-what = Nobody was counted in this period. That is not zero.
one-people-audited = Choose a number to open the list. Each opening is written to the log.
one-meaning = How it is counted
meaning-code = Code
meaning-how = Rule
meaning-unit = Unit
meaning-way = Direction
meaning-usual = Usual range
meaning-source = Source
meaning-since = In force
meaning-trust = Confidence
meaning-note = Note
meaning-unverified = This rule has not been checked against the legal text. Check it before using it in an official report.
way-higher = Higher is better
way-lower = Lower is better
way-range = Neither way is better

drill-title = By place
drill-bar = Against the whole
drill-against = { $value }, the whole { $mean }
unfold = Unfold { $name }
fold = Fold { $name }

part-by-sex = By sex
part-by-age = By age group
part-sex = Sex
part-age = Age group
part-counts = Numerator / denominator
over-time = The last { $n } periods
over-time-faint = Hollow points: small numbers, not to be leaned on.
over-time-chart = { $name }: chart over time, the numbers stand in the table below

known-title = As known on a day
known-label = Until the end of
known-hint = Counted again only from what this machine had received by the end of that day.
known-on = Known on { $day }
known-now = Known now

groups-title = By groups of people
groups-choose = Choose how to part the number: the groups add up to the whole. Open a group by its name.
groups-as-of = Standing of the household and insurance card as of the last day of the period (the day of death for deaths); ethnicity as in the record today.
behind-group = group { $name }
behind-all-groups = All groups
behind-sheet = List

behind-numerator = { $n } people in the numerator
behind-denominator = { $n } people in the denominator
behind-missing = { $n } people missing
behind-sides = Part of the indicator
behind-none = Nobody is in this list
behind-none-what = Choose another period, place, or part of the indicator.
behind-some = { $n } of { $total } people shown. Choose a village to narrow them.
behind-total = { $n } people, exactly those counted
behind-audited = Each opening of this list is written to the log.

# Command line.
indicator-code = Code
indicator-name = Indicator
indicator-value = Value
indicator-numerator = Numerator
indicator-denominator = Denominator
indicator-people-total = { $n } people
indicator-period-as-of = Period { $period }, until { $day }
chapter-people = Population, births, deaths
chapter-immunisation = Immunisation
chapter-mother_child = Mother and child
chapter-chronic = Chronic diseases
chapter-infectious = Infectious diseases
chapter-care = People in need of care
chapter-all = All
indicators-chapters = Chapter of the catalogue
