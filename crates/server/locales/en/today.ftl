# Today, finding people.

today-title = Today, { $day }
today-sub = Who needs a dose, a visit or a follow-up at { $unit }, worked out from the records.
today-counts = Work by due day
today-due = To do
today-overdue = Overdue
today-soon = Within 7 days
today-none = Nobody is in this list
today-none-what = People appear here when they fall due. Remove the filter, or look 7 days ahead. A new station brings in its population list, or adds people one by one.
today-group = { $n } { $n ->
    [one] person
   *[other] people
}, { $late } overdue
today-print-title = Work to be done
open-session = Open the session
due-late = { $n } { $n ->
    [one] day
   *[other] days
} late
due-late-months = { $n } { $n ->
    [one] month
   *[other] months
} late
due-late-years = { $n } { $n ->
    [one] year
   *[other] years
} late
due-now = Due
give = Give
give-to = Give to { $name }
defer = Defer
defer-of = Defer { $name }
today-lost = Lost
today-proposed = To be looked at
today-vaccines = Vaccines only
today-more = Show { $n } more
today-print-all = Show the whole list to print
see = See
see-of = See { $name }, fill in a form

col-due = Due
col-name = Full name
col-sex = Sex
col-born = Born
col-sex-born = Sex, born
col-age = Age
col-doses = Doses due
col-needs = Needs
col-mother = Mother or carer
col-acts = Do
col-papers = Papers
col-remark = Remark
mother-short = Mother
born-short = Born

search-title = Find a person
search-for = Find “{ $q }”
search-sub = Accents and the order of words do not matter. Add the year of birth, the village or the last 4 digits of a number to narrow it.
search-label = Name, year of birth, citizen, insurance or phone number
search-how = Type part of a name such as “nguyen anh 1998”, initials such as “nth anh”, or the last 4 digits of the citizen number.
search-none = Nobody found
search-none-what = Type less, leave out the year, or search by a number. When you add a person, the program first looks for the same one.
search-more = There are more people: type more to narrow it.
search-total = { $n } { $n ->
    [one] person
   *[other] people
}
search-not-found = Not found?
search-new = Add a person
search-import = Import from Excel
search-found = People found
households-link = Households
no-number = no number yet
died = has died
moved-away = has moved away
to-compare = To be compared
