# Households.

households-title = Households
households-sub = One list for each village, ordered by number.
households-show = Show
households-none = No households in this village yet
households-none-what = Households are opened here, or when a list is taken in from Excel.
households-total = { $n } households, { $people } people
household-new = New household
household-new-sub = A number need only be unique inside its village.
household-new-save = Open household
household-edit = Edit household
household-edit-save = Save household
household-print = Print household
household-print-title = Household sheet
household-add-person = Add a person
household-named = Household { $name }
household-nameless = Household without a number
household-word = Household
household-members = People and what is due
household-empty = Nobody belongs to this household yet.
household-past = People who once belonged here
household-insured = Valid insurance: { $n } of { $of }
household-open = Open a new household with this number
household-unknown = There is no household { $code } in the chosen village yet.
household-several = Several households of this village have the number { $code }. Type the head's name and choose from the list.
household-code-taken = The number { $code } is taken in this village.

f-code = Household number
f-code-hint = As written on the household book
f-address = Address
f-address-hint = Hamlet, house number, a landmark
f-poverty = Poverty status

col-head = Head
col-members = People
col-sex-years = Sex, age
col-immunisation = Immunisation
col-missing = Missing
col-from = From
col-to = Until
insurance-none = No card recorded
insurance-expired = Expired { $day }
missing-citizen = personal ID number
missing-birth-day = full birth date

done-household-added = The household is open. People can be added now.
done-household-amended = The household is saved.

f-doctor = Family doctor
household-assign = Give the households to a family doctor
household-assign-what = The households of this village without a family doctor go to the one chosen. Single households are changed on their own page.
household-assign-all = Also those that somebody else looks after
household-assign-save = Give the households
household-doctor-unknown = Choose a doctor from the list: somebody who works at this unit.
done-doctor = The households have their family doctor.
