# Programmes and forms: list, register, entry form, enrolment and leaving.

menu-programmes = Programmes
programmes-title = Health programmes
programmes-sub = How many people each programme follows, who is due, who is late.
programmes-none = No programmes yet
programmes-none-what = Programmes are declared in the definitions (folder programmes).
programme = Programme
programme-followed = Followed
programme-due = Due
programme-overdue = Late
programme-lost = Lost to follow-up
programme-proposed = To look at
programme-ended = Ended
programme-parts = Part of the register
programme-sub = { $n } people followed.
programme-next = Next
programme-since = Since
programme-since-day = Followed since { $day }
programme-state = State
programme-not-followed = Not followed
programme-standing = Standing
programme-episodes = Earlier times
programme-found-on = Found on
programme-empty = Nobody
programme-empty-what = Nobody in this part of the register. Try another part or another village.
programme-proposed-none = Nobody has results to look at without being followed.
programme-lost-word = lost
programme-away = Moved away, not ended
programme-died = Died
programme-enrol = Enrol
programme-enrol-title = Enrol: { $programme }
programme-leave = End follow-up
programme-leave-title = End follow-up: { $programme }
programme-leave-lead = From this day on the programme asks for no more visits. Entries stay as they are.
programme-leave-save = End
programme-as-last = as last time
programme-entries = Entries
programme-no-entry = No entries yet
programme-no-chart = Fewer than two measurements: no chart yet.
programme-form = Form
programme-excel = Entries through Excel
programme-excel-what = Download the template of a form, fill in one row a visit, then bring the file in on the page
programme-excel-import = Import lists from Excel
programme-register-title = Register: { $programme }
programme-section = Programmes
programme-open = Open register
programme-none-here = In no programme.
programme-take-in = Enrol in a programme

form-yes = Yes
form-no = No
form-required = Boxes with * must be filled.
form-before = Earlier
form-before-none = Nothing measured yet.
form-measure = Measure
form-correct = Correct
form-correct-title = Correct: { $form }
form-advice = To do
f-source = Found by
f-ending = Outcome

done-entry = Entry saved.
done-enrolled = Enrolled.
done-left = Follow-up ended.

form-unknown = This form is not in the definitions in use. Open it again from the page of the programme.
form-entry-gone = The entry to correct is gone: corrected or taken back elsewhere. Open the record again and correct the newest entry.
form-not-for-them = The form “{ $form }” is not for somebody of this age or sex.
form-empty = The form has no answer yet.
form-choose = Choose one of the list.
form-yes-or-no = Answer yes or no.
form-not-a-number = “{ $typed }” is not a number. Write decimals after a comma: 3,25.
form-decimals = { $decimals ->
    [0] Write a whole number.
   *[other] Write at most { $decimals } digits after the comma.
 }
form-impossible = { $typed } cannot be: from { $low } to { $high } { $unit }.
form-two-readings = “{ $typed }” may be read as { $one } or { $other }. Write decimals after a comma.
form-day-after = This day is after the day of the entry ({ $on }).
form-day-before = The appointment must be after the day of the entry ({ $on }).
form-advised = To do: { $text }
form-refused = { $text }
form-warned = { $text }
form-unusual = { $field } { $value } is unusual at this age (usually { $low } to { $high }). Look at the number again.
form-same-day = There is an entry “{ $form }” of this day already. Saving makes it two.
programme-unknown = This programme is not in the definitions in use.
programme-not-for-them = The programme “{ $programme }” is not for somebody of this age or sex.
programme-already = Followed by this programme since { $from }.
programme-not-in = Not followed by this programme on that day.

fact-FormRecorded = Entry
fact-ProgrammeEnrolled = Enrolled
fact-ProgrammeLeft = Follow-up ended
line-corrects = corrects the entry before
programme-to-see = to be looked at
form-not-enrolled = This person is not followed by the programme “{ $programme }” on { $on }: the form is kept, but no visit comes of it.
