# The frame of every page, sign-in, common errors.

skip = Skip to the main content
crumbs = Where you are
all = All
close = Close
filter = Filter
village = Village
vaccine = Vaccine
print-a4 = Print the list (A4)
export-excel = Export to Excel
printed-by = Printed by { $name }
demo-note = Trial copy: the people and the numbers are not real
field-optional = (optional)

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

age-days = { $n } { $n ->
    [one] day
   *[other] days
}
age-months = { $n } { $n ->
    [one] month
   *[other] months
}
age-years = { $n } { $n ->
    [one] year
   *[other] years
}
sex-m = male
sex-f = female

menu-label = Main sections
menu-more = Other sections
menu-less = Show less
menu-today = Today
menu-people = People
menu-session = Session
menu-stock = Stock
menu-indicators = Indicators
menu-plans = Plans
menu-import = Import a list
menu-quality = To check
menu-units = Units
menu-users = Users

find-label = Find a person
find-hint = Find: name, year of birth, citizen or insurance number…
find-button = Find
working-as = Working as { $role } at { $unit }
switch-to = Switch to { $role }, { $unit }
account-link = Account and password
audit-link = Audit trail
other-language = Tiếng Việt
sign-out = Sign out

keys-title = Keyboard shortcuts
keys-key = Key
keys-does = Does
keys-off = Turn off one-letter shortcuts (/, ?, T, H…)
key-find = Go to the search box
key-menu = A section of the main bar
key-save = Save the open form
key-rows = Choose a row of the list
key-open = Open the chosen row; in a session: record and go to the next child
key-dose = On the chosen row: give, defer
key-close = Close a list or a box
key-print = Print on A4
key-help = This table
hint-choose = choose
hint-open = open

sign-in-lead = The people’s health records, at the station
sign-in-login = User name
sign-in-password = Password
sign-in-button = Sign in
sign-in-forgot = Forgot the password: an administrator can reset it at once under Users, without a network.
sign-in-again = The session has ended. What you were typing is kept on this machine; sign in again to go on.
sign-in-wrong = The user name or the password is wrong. Check Caps Lock and the Vietnamese keyboard.
sign-in-wait = Too many wrong tries. Wait { $minutes } minutes and try again.
sign-in-no-role = This account has no role in force. Tell the administrator of your unit.
signed-out = The session has ended; please sign in again.

account-title = Account and password
account-old = Present password
account-new = New password
account-hint = At least 12 characters; a short sentence you remember is best.
account-button = Change password
account-done = The password is changed. Other sessions of this account have been signed out.
password-too-short = The password needs at least { $least } characters.
password-contains-login = The password must not contain the user name.
password-old-wrong = The present password is wrong.

trouble-title = This could not be done
trouble-home = To the first page
trouble-code = Answer code: { $code }
broken = The machine met a fault. What was saved before is safe; try again, and tell the administrator if it happens again.
not-found = Not found, or outside the unit you are working for.
denied-action = Your present role may not do this: { $action }.
denied-scope = Not found, or outside the unit you are working for.
unknown-code = There is no { $what } with the code “{ $code }”.
request-forged = This form does not come from a page of the program, or the page was open too long. Open the page again and resend.
request-too-large = What was sent is larger than 25 MB.
request-invalid-utf8 = The data holds an invalid character at byte { $byte }. Type that field again.
command-reused = This request was already handled with other content. Open the page again to see the result.
database-locked = { $holder } is writing to the data. Wait until it ends, or close that program.
database-definitions = The data follows a set of definitions this program does not have. Update the program and start it again.
database-unfolded = The tables were made by another version of the program. Run: tram migrate
database-newer = The data is at version { $found }, newer than this program ({ $wanted }). Update the program.
database-empty = There is no data here yet. Run tram init, or tram migrate on an empty database.
database-schema = The data is at version { $found }, the program needs { $wanted }. Run: tram migrate

form-errors = { $n } { $n ->
    [one] thing
   *[other] things
} to correct
confirm-title = Please check before saving
confirm-save = Checked, save

# What the script says.
js-sending = Saving…
js-slow = The server has not answered yet. You may save again: nothing is recorded twice.
js-draft = An unsaved draft is left, typed at
js-draft-old = The record was changed after this draft was typed; look at it before saving.
js-take = Take the draft
js-drop = Drop the draft
js-kept = Draft kept on this machine at
js-found = results
js-none = No results. Try fewer letters.
js-pick = Nothing chosen from the list.
js-offline = The list did not load; you may still type the full name and save.
js-range = outside the range for vaccination; choose another conclusion or measure again.
js-fail = Not sent. Press Enter to send again; nothing is recorded twice.
js-saved = Saved
js-keys-off = Single-letter keys are off.
js-keys-on = Single-letter keys are on.
