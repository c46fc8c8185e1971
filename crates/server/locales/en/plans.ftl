# Plans and their target tables.

plans-title = Plans
plans-sub = Plans of this unit, of the units above it and of the units in reach.
plans-new = New plan
plans-none = There is no plan yet
plans-none-what = Type the target table of a plan once; it is held against the records whenever it is opened.
plans-name = Title
plans-year = Year
plans-number = Document number
plans-unit = Unit
plans-targets = Targets

plan-context = { $unit }, { $year }. Actual values of { $counted }, until { $day }.
plan-source = Text: { $source }
plan-empty = The plan has no targets yet
plan-empty-what = Choose “Edit the targets” to type the rows.
plan-edit = Edit the targets
plan-targets = Target table
plan-col-name = Target
plan-col-before = Result { $year }
plan-col-target = Plan
plan-col-actual = Actual
plan-col-gap = Gap
plan-col-progress = Progress
plan-col-months = Months
plan-col-assessment = Assessment
plan-line = line { $n }
plan-corrected = The text says { $written }; confirmed to mean { $meant }.
plan-no-indicator = no rule in the program answers it yet
plan-progress = { $actual }, planned { $target }
plan-key-goal = planned
plan-key-pace = part of the year that has passed ({ $percent } %), for targets that add up
plan-key-none = no data yet, which is not zero
plan-key-open = Choose a target: how it is counted, by place, the list

assess-met = Met
assess-near = Nearly met
assess-not_met = Not met
assess-on_pace = On pace
assess-behind = Behind
assess-no_data = No data yet

goal-soft = strive for
goal-maintain = maintain { $value }
goal-change = change by { $value } a year
goal-milestone = complete
goal-no-event = must not happen

comparator-at_least = ≥ at least
comparator-more_than = > more than
comparator-at_most = ≤ at most
comparator-less_than = < less than
comparator-equal = = reaches
comparator-between = from … to
comparator-maintain = maintain
comparator-change_per_year = change per year
comparator-milestone = complete (milestone)
comparator-no_event = must not happen

unit-name-percent = %
unit-name-per_mille = ‰
unit-name-per_10k = /10,000
unit-name-per_100k = /100,000
unit-name-per_hundred = /100
unit-name-count = count

plan-edit-title = Edit the targets
plan-edit-sub = Type as in the document. Decimals with comma or point. Three kinds of warnings appear under their row.
plan-edit-hint = Empty rows at the end are ignored. When they run out, choose “More rows”; nothing typed is lost.
plan-save = Save the targets
plan-check = Check
plan-more = More rows
plan-leave = Cancel
plan-source-label = Source text
plan-source-hint = Document, file or place, to compare each row with.
plan-reason = Reason for the change
plan-reason-hint = Needed when rows are dropped.
plan-reason-missing = Dropping rows needs a reason.
plan-changed = Somebody changed this table after the page was opened. Look through the rows and save again; what was typed is still here.
plan-bad-title = A plan needs a title.
plan-bad-year = Write the year with four digits, such as 2026.
plan-checked = Checked: no warning waits for an answer. The table is not saved yet.
plan-warned = { $n } rows have warnings that wait for an answer
plan-warned-what = Not saved. In each row change the number, choose the right unit, or confirm that it stands as in the text.
plan-warned-first = To the first row

grid-col-group = Group; counted by
grid-col-how = Comparison; unit
grid-col-value = Plan { $year }
grid-col-value2 = to
grid-col-more = Level; line
grid-col-note = Note
grid-col-drop = Drop
grid-row = row { $n }
grid-name = Target, row { $n }
grid-indicator = Counted by
grid-comparator = Comparison
grid-unit = Unit
grid-line = Line
grid-no-indicator = (no rule yet)
grid-meant = This number means
grid-meant-open = (choose)
grid-meant-written = { $value }, as written
grid-accept = Seen, keep as in the text

target-bad-name = This row needs a name.
target-bad-number = “{ $typed }” is not a number. Write it like 94,4 or 1.754.
target-bad-range = A “from … to” target needs two numbers, the second larger.
target-bad-line = “{ $typed }” is not a line number.
warn-target-unit-slip = ‰ and % may be confused: planned { $value }, result of the year before { $baseline }.
warn-target-worse-than-actual = The plan { $value } is above the result of the year before { $baseline }; lower is better here.
warn-target-below-actual = The plan { $value } is below the result of the year before { $baseline }; higher is better here.

done-plan-saved = The targets are saved.
done-plan-same = Nothing has changed.
done-plan-added = The plan is written.

# Command line.
target-row = No.
target-name = Target
target-plan = Plan
target-actual = Actual
target-gap = Gap
target-assessment = Assessment
