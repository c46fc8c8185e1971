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
menu-import = Import
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
keys-off = Switch single-letter keys off (/, ?, N, S, T…)
key-find = Go to the search box
key-menu = Entries of the main menu
key-save = Save the open form
key-rows = Choose a row of a list
key-open = Open the chosen row
key-close = Close a list or dialog; leave the box being typed in; once more: leave the form, its draft is kept
key-print = Print on A4
key-help = This table
hint-choose = choose
hint-open = open

sign-in-lead = The people’s health records, at the station
sign-in-login = User name
sign-in-password = Password
sign-in-button = Sign in
sign-in-forgot = Forgot the password: an administrator can reset it at once under Users, without a network.
sign-in-again = The session has ended. The draft of the form is kept; sign in again to go on.
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
js-draft = Draft of
js-draft-old = The record was changed after this draft was typed; look at it before saving.
js-take = Use it
js-drop = Discard
js-kept = Draft kept at
js-found = results
js-none = No results. Try fewer letters.
js-pick = Nothing chosen from the list.
js-offline = The list did not load; you may still type the full name and save.
js-range = outside the range for vaccination; choose another conclusion or measure again.
js-fail = Not sent. Press Enter to send again; nothing is recorded twice.
js-saved = Saved
js-keys-off = Single-letter keys are off.
js-keys-on = Single-letter keys are on.

undo = Undo
undo-of = Undo the dose just recorded for { $name }
undo-done = Undone. The entry stays in the log, struck through, and no longer counts.
undo-reason = entered by mistake, undone at once
undo-too-late = This can be undone only within 10 minutes, by whoever saved it. After that, open the entry in the record and take it back with a reason.
undo-already = This was taken back before.
undo-built-on = Something else has been recorded on top of this, so it cannot be undone at once. Open the record and take the entries back one by one, with a reason.

switch-title = Switch user
switch-now = Working now: { $name }. When somebody else signs in, this session ends; a form that was not saved is kept as a draft for whoever typed it.
switch-who = Who works next?
switch-other = Somebody else
switch-other-hint = Type a name only if it is not listed above.
switch-button = Start working
switch-stay = Stay signed in
switch-forget = Forget the names on this computer

sign-in-carried = The session ended before the form was saved. Sign in again to save it; nothing has to be typed twice.
resume-title = A form waits to be saved
resume-what = Signed in again. The form is complete but not saved yet.
resume-save = Save it now
resume-open = Not now, open the page again
js-lost = The session has ended. What was typed is still on this page: press save to sign in again and go on saving.
keys-letters = Besides this table, a button with a letter in a small box beside it is pressed by that letter, unless one is typing in a box. Press ? on a page to see exactly the keys of that page.
key-switch = Switch user
key-row-save = Save the row being typed and go to the next child
key-next = Save and go to the next person
key-tab = Next box, previous box
drafts-waiting = Begun and not saved yet
