# Bringing in a list from a file.

## Files that cannot be read

file-empty = The file holds no data. Please check which file was chosen.
file-too-large = The file is larger than { $limit } MB. Please remove pictures and unused sheets, or split it by village.
file-too-many-rows = The file holds data below row { $limit }, which is the limit. Please split it by village.
file-too-many-columns = The file holds data to the right of column { $limit }, which is the limit. Please delete unused columns.
file-too-many-cells = The file holds more than { $limit } cells, which is the limit. Please delete unused columns or split it by village.
file-archive-limit = The archive unpacks to too much, or packs another archive, and was refused. Please copy the list into a new Excel file, save it as .xlsx and try again.
file-corrupt = The file is damaged or is no spreadsheet. Please open it in Excel, save it as .xlsx and try again.
file-protected = The file has a password. Please open it in Excel, remove the password, save and try again.
file-protected-macro = The file carries macros and was refused. Please save it as “Excel Workbook (.xlsx)” and try again.
file-protected-old = The file has an old or binary Excel format (.xls, .xlsb). Please open it in Excel, save it as .xlsx and try again.
file-not-a-table = { $kind ->
    [pdf] This is a PDF, not a spreadsheet. Please ask for the list in Excel.
    [image] This is a picture, not a spreadsheet. Please ask for the list in Excel.
    [docx] This is a Word document. Please copy the table into Excel, save it as .xlsx and try again.
    [ods] This is an OpenDocument file. Please save it as .xlsx and try again.
    [html] This is a web page under the name of a spreadsheet. Please open it in Excel, save it as .xlsx and try again.
    [xml] This is an XML file. Please open it in Excel, save it as .xlsx and try again.
   *[zip] This is an archive, not a spreadsheet. Please unpack it and choose the Excel file inside.
}
file-path = The file holds a part whose name leads out of it. Open it in Excel, save it as .xlsx and try again.
file-xml-dtd = The file contains an XML declaration (DTD, entities) that is not allowed. Please open it in Excel, save it as .xlsx and try again.
file-encoding = { $guess ->
    [tcvn3] The file looks like TCVN3 (ABC) but has characters that are not in it, so it was not converted. Please convert it to Unicode (Unikey: Ctrl+Shift+F6) and save it as CSV UTF-8 or .xlsx.
    [vni] The file looks like VNI but has characters that are not in it, so it was not converted. Please convert it to Unicode (Unikey: Ctrl+Shift+F6) and save it as CSV UTF-8 or .xlsx.
    [viscii] The file looks like VISCII but has characters that are not in it, so it was not converted. Please convert it to Unicode and save it as CSV UTF-8 or .xlsx.
    [windows-1258] The file looks like Windows-1258 but has characters that are not in it, so it was not converted. Please open it in Excel and save it as CSV UTF-8 or .xlsx.
    [utf-8-twice] The file was converted wrongly (“Nguyá»…n”). Please export it again from the original program as UTF-8.
    [utf-16] The file is damaged UTF-16. Please export it again as CSV UTF-8 or .xlsx.
   *[unknown] The file is not in Unicode. Please save it as CSV UTF-8 or .xlsx and try again.
}
file-invalid-utf8 = The file has a damaged character in line { $line } (byte { $byte }). Please correct that line or export it again as CSV UTF-8.
file-open-quote = The quotation mark opened in line { $line } is never closed and swallows the following rows. Please correct it there.

## Sheets and columns

sheet-heading-missing = No row of headings was found in the first 15 rows. Please head the columns (Họ và tên, Giới tính, Ngày sinh…) or use the template.
sheet-column-missing = The column “{ $heading }” is missing. Please add it, or choose the column that holds it below.
sheet-column-unknown = Column { $column } “{ $heading }” is not recognised and will not be imported. If it is needed, please say what it holds.
sheet-column-twice = Column { $column } “{ $heading }” holds the same as an earlier one and will not be imported.
sheet-only-female = Only women are marked: a person without a mark is read as a man. Please check a few rows before importing.
sheet-legacy-font = The names are typed in an old font (.VnTime or VNI), not Unicode. Please convert the whole file to Unicode and import it again.
sheet-dates-swapped = Excel may have swapped day and month: all { $dates } birth dates stored as dates have a day up to 12, all { $texts } stored as text a day from 13. Please compare a few people with the register before importing.
sheet-household-gaps = { $rows } rows have no household number while others do. If it stands only at the head of each household, please copy it down and import again.
template-newer = The template is version { $version }, newer than this program. New columns may not be imported; please update the program.

## Name, sex, birth

row-name-missing = The name is missing. Please fill it in, or delete the row.
row-name-invalid = The name has no letters. Please check whether the columns are shifted.
row-name-digit = The name contains a digit. If it only tells namesakes apart, please remove it.
row-legacy-font = The name is typed in an old font (.VnTime or VNI). Please convert it to Unicode and import again.
row-sex-missing = The sex is missing. Please fill in Nam or Nữ.
row-sex-unknown = “{ $typed }” is not understood as a sex. Please fill in Nam or Nữ.
row-sex-both = Both columns Nam and Nữ are marked. Please keep one.
row-born-missing = The birth date is missing. If the day is unknown, please fill in the year.
row-born-invalid = “{ $typed }” is not a birth date. Please write day/month/year (16/01/1960) or only the year.
row-born-future = The birth date { $born } is after today ({ $today }). Please check the year.
row-born-year-cell = Excel shows { $day } because only a year was typed into a date cell; read as the year { $year }. Please check.

## Days

row-date-invalid = “{ $typed }” is not a date. Please write day/month/year, for example 16/01/2026.
row-date-no-such-day = “{ $typed }” does not exist in the calendar. Please correct it; for an unknown birth day give only the year.
row-date-short-year = The year in “{ $typed }” has two digits: 19xx or 20xx? Please write four.
row-date-month-first = “{ $typed }” seems to put the month first. Please write day/month/year.
row-date-day-first = “{ $typed }” has the day before the month, while the file is read as month/day/year. Write month/day/year.
row-date-incomplete = This date needs day, month and year.
row-date-future = The date { $day } is after today ({ $today }). Please check.
row-date-serial = The cell holds Excel's count of days without a date format; read as { $day }. Please check.

## Numbers

row-citizen-length = The personal ID number needs { $expected } digits, there are { $found }. Please compare with the card.
row-citizen-spreadsheet = The personal ID number needs 12 digits, there are { $found }; Excel may have dropped the leading zero. Please format the column as Text and enter the number again.
row-citizen-exponent = Excel turned the personal ID number into the form 1.0E+11 and lost its digits. Please export again with the column as Text.
row-citizen-digit = Character { $position } of the personal ID number is not a digit. Please check O against 0 and l against 1.
row-citizen-contradicts = { $sex ->
    [m] The personal ID number says male, born { $year }, unlike the sex or year in the row. Please compare with the card.
   *[f] The personal ID number says female, born { $year }, unlike the sex or year in the row. Please compare with the card.
}
row-citizen-old-card = The column of the personal ID number holds nine digits; taken as the old identity card.
row-old-card-length = The old identity card needs { $expected } digits, there are { $found }. Please compare with the card.
row-old-card-digit = Character { $position } of the old identity card is not a digit. Please correct it.
row-old-card-spreadsheet = Excel damaged the number of the old identity card. Please format the column as Text and enter it again.
row-card-length = The insurance card needs 15 characters, or the 10 digits of the social-insurance number; there are { $found }. Please compare with the card.
row-card-invalid = The insurance card must be 2 letters, a benefit digit from 1 to 5, then 12 digits. Please compare with the card.
row-card-spreadsheet = The social-insurance number needs 10 digits, there are { $found }; Excel may have dropped the leading zero. Please format the column as Text and enter it again.
row-card-dates = The insurance card ends ({ $to }) before it starts ({ $from }). Please correct one of the two.
row-phone-invalid = The telephone number is not valid and was left out. A valid one has 10 digits and starts with 0.
row-phone-several = The cell holds several telephone numbers; only the first is kept.

## Words of the lists

row-ethnicity-unknown = The ethnicity “{ $typed }” is not in the list; left empty.
row-occupation-unknown = The occupation “{ $typed }” is not in the list; left empty.
row-relation-unknown = The relation to the head of household “{ $typed }” is not understood; left empty.
row-poverty-unknown = The poverty status “{ $typed }” is not understood; left empty.
row-residence-unknown = The kind of residence “{ $typed }” is not understood; left empty.

## Any cell

row-hidden-characters = The cell contains hidden characters that are not allowed. Please clear it and type it again.
row-text-too-long = The text is longer than { $longest } characters. Please shorten it or check whether the columns are shifted.
row-cell-date = Excel turned the cell into the date { $day }. Please format it as Text and type it again.
row-cell-flag = The cell holds TRUE/FALSE. Please type the content in words.
row-cell-formula = The cell holds a formula that was never computed. Please open the file in Excel, save it and try again.
row-cell-broken = The cell shows Excel's error { $shown }. Please replace the formula by the right value.

## Tables written

table-too-large = The table is larger than Excel can hold. Please narrow the village or period and export again.
table-width = The table is faulty in row { $row }: { $found } cells instead of { $expected }. Please tell whoever looks after the program.

## Rows against each other and the records

row-village-missing = The village is missing. Please fill in where this person lives.
row-village-unknown = The station has no village “{ $village }”. Please correct the name, or add the village to the station.
row-village-unknown-near = The station has no village “{ $village }”. Nearest: { $nearest }. Please correct the name, or add the village.
row-number-twice = Row { $row } of the file has the same number. Please compare the two cards.
row-number-elsewhere = The number ending in { $tail } belongs to a record elsewhere. Please compare the card; for the same person record a move instead of a new record.
row-number-of-other = The number ending in { $tail } belongs to another record (born { $born }, { $place }). Please compare; do not create a new one.
row-person-twice = The same name, birth date and sex as row { $row }. Please check whether one person is listed twice.
row-second-head = This household already has a head in row { $row }.
row-known-loosely = Matched only by name and year of birth { $born }. Please check; for another person add the household number or the personal ID number.
row-known-away = This person has a record that says moved away or dead. It stays as it is; if they came back, record the move.
row-known-other-village = The record says { $place }. It stays as it is; if the person moved, record the move.
row-known-other-name = The record has the name { $name }. It stays as it is; if the file is right, correct the record.
row-known-other-birth = The record has the birth date { $born }. It stays as it is; if the file is right, correct the record.
row-known-other-sex = The record has another sex. It stays as it is; if the file is right, correct the record.
row-who-missing = Too little to tell who this is. Give the personal ID number, temporary code or insurance number; without a number, the name and birth date.
row-person-unknown = No such person on the records of the station. Compare name, birth date and village; open a record first if there is none.
row-person-several = { $n } records have this name and birth date. Add the personal ID number, temporary code or village to tell who is meant.
row-person-loosely = Matches the record born { $born } only by name and year of birth. Check that it is the same person.
row-temporary-invalid = The temporary code is not well-formed. Copy it again from the record.
row-card-missing = No insurance card number. Fill it in, or delete the row.
row-card-group = The card number is of group { $group }, unlike the group in the row. Compare with the card.
row-vaccine-missing = No vaccine. Give the vaccine, or the antigen or disease.
row-vaccine-unknown = There is no vaccine “{ $typed }” in the catalogue. Choose a name from the list of the template.
row-vaccine-several = “{ $typed }” may be several vaccines: { $names }. Give the name of one.
row-given-missing = No day given. Fill in the full day, month and year, or delete the row.
row-entry-day-missing = No day of the entry given. Fill in the full day of the visit, or delete the row if it is superfluous.
row-entry-corrected = The entry of this day was corrected on the record after it was made. The record stays as it is; if the file is right, correct the entry on the record.
row-answer-not-asked = The form “{ $form }” does not ask this of this person or on that day, so this cell is not recorded. The others are.
row-dose-unknown = The dose number “{ $typed }” is not understood; it is left out and counted by the program.
row-dose-number = The file says dose { $written }, the program counts dose { $counted }. The dose is recorded all the same; see whether an earlier one is missing.
row-head-missing = Neither the name of the head nor the number of the household. Give at least one of them.
row-head-unknown = The head has no record in this village. The household is noted all the same; register the head and add them to it.
row-head-several = { $n } people of this village have this name, so the head cannot be told. Add the birth date or the personal ID number.
row-head-elsewhere = The head belongs to another household on record. This household is noted all the same; the person stays where they are.
row-household-nobody = A household without a number whose head has no record cannot be recognised again. Give the number, or register the head first.
row-household-twice = This household number stands in row { $row } of the file already, in the same village. Correct the number.
row-maybe-known = There may be a record in { $place } (same name, birth date and sex). A new one will be opened; if it is one person, record the move.

## The import

import-not-checked = The file has not been checked. Please check the rows before saving.
import-has-errors = { $n } rows have errors, so nothing was saved. Correct the file and bring it in again, or choose to save only the rows without errors.
import-begun = This file is being saved, or already is. Open the page again to see the result.

list-household = Household number
list-relation = Relation to the head
list-name = Full name
list-sex = Sex
list-born = Birth date
list-citizen = Personal ID number
list-old_card = Old identity card
list-insurance = Insurance number
list-insurance_from = Insured from
list-insurance_to = Insured until
list-ethnicity = Ethnicity
list-occupation = Occupation
list-village = Village
list-address = Address
list-residence = Residence
list-since = Lives here since
list-poverty = Poverty status
list-phone = Telephone
list-head = Head of household
list-poverty_since = Poverty class since
list-temporary = Temporary code
list-insurance_group = Insurance group
list-vaccine = Vaccine
list-antigen = Antigen, disease
list-given = Day given
list-dose = Dose number
list-lot = Vaccine lot
list-place = Place given
list-entry_on = Day of the entry
list-mother_name = Mother’s name

severity-error = Error
severity-warning = Warning
severity-info = To know

import-title = Import a list from Excel
import-steps = Steps of the import
import-step-file = Choose a file
import-step-columns = Columns
import-step-check = Check
import-step-done = Result
import-refused = The file could not be read
import-file = File on this machine
import-file-hint = Excel (.xlsx) or CSV, up to 25 MB and 50,000 rows
import-upload = Upload and read
import-templates = Excel templates
import-what = What will happen
import-what-1 = The file is only read; nothing is written to the records.
import-what-2 = What each column holds is recognised; you look at it when something is unclear.
import-what-3 = Every row is checked: wrong dates, wrong numbers, unknown villages, people listed twice, people on record.
import-what-4 = With errors nothing is saved, unless you choose to save only the rows without errors. The same file twice adds nobody.
import-earlier = Earlier imports
import-col-at = At
import-col-file = File
import-col-rows = Rows
import-col-added = New
import-col-updated = Completed
import-col-state = State
import-state-read = Columns not set
import-state-checked = Ready to save
import-state-errors = { $n } rows with errors
import-state-applying = Partly saved
import-state-applied = Saved

import-columns-title = Columns
import-understood = File { $file }, { $rows } rows. Recognised { $found } of { $columns } columns.
import-check-rows = Check { $rows } rows
import-other-file = Another file
import-converted =
    The file uses { $code ->
        [tcvn3] TCVN3 (ABC)
        [vni] VNI
        [viscii] VISCII
       *[windows-1258] Windows-1258
    }, from before Unicode, and was converted. Look closely at the names in the examples below: go on when their marks are right, choose another file when they are not.
import-encoding = The file is not UTF-8 but { $code }; it was recognised, please glance at the examples.
import-sheet = Sheet
import-sheet-all = All { $n } sheets, as one list
import-converted-cells =
    { $n } cells in the old font { $code ->
        [vni] VNI
       *[tcvn3] .VnTime (TCVN3, ABC)
    } were converted to Unicode. Look closely at the examples below, before and after: go on when their marks are right, choose another file when they are not.
import-days = Days in the file are written
import-days-dmy = day/month/year
import-days-mdy = month/day/year
import-days-unclear = A day such as “{ $day }” can be read two ways, and no row of the file tells which is right. Choose the order of day and month.
import-kind = The file lists
import-kind-auto = Let the program tell
import-kind-population = People
import-kind-households = Households
import-kind-vaccinations = Vaccination histories
import-kind-cards = Insurance cards
import-kind-form = Entry form
import-forms = Forms of the programmes
import-forms-other = Other forms
import-rejects-sheet = Rows to correct
import-rejects-title = Rows to correct of { $file }
import-rejects-hint = Correct the pink cells and import this very file again: its columns are recognised. Days are day/month/year.
import-look = Look at this sheet
import-col-letter = Column
import-col-heading = Heading in the file
import-col-examples = First 3 rows
import-col-holds = Holds
import-col-which = What column { $letter } of sheet { $sheet } holds
import-col-special = Keep as recognised
import-col-skip = Leave this column out
import-col-unused = not used
import-col-used = imported

import-check-title = Check before saving: { $file }
import-counts = Result of the check
import-count-new = { $kind ->
    [households] new households
    [vaccinations] new doses
    [cards] new or renewed cards
    [form] new entries
   *[population] new people
}
import-count-known = { $kind ->
    [households] households on record
    [vaccinations] doses on record
    [form] entries on record
    [cards] cards on record
   *[population] on record
}
import-count-warning = rows with warnings
import-count-error = rows with errors
import-new-villages = { $n } villages the station does not have
import-add-villages = Add { $n } villages
import-clean = Every row is fine
import-clean-what = No errors, and nothing to look at.
import-findings = Rows to look at
import-col-level = Level
import-col-row = Row
import-col-field = Field
import-col-cell = Value in the file
import-col-found = What was found, and what to do
import-errors-excel = Download the rows to correct (Excel)
import-save = Save { $n } rows without errors
import-back = Back to the columns
import-drop = Drop this import
import-left-out = { $n } rows with errors will be left out. Download the rows to correct, correct them in that very file and import it: what was saved is not added again.
import-stopped = The last save was cut off
import-stopped-what = The rows saved are safe; press save to go on with the rest.
import-cell-empty = (empty cell)
import-before = Exactly this file was imported before
import-before-what = At { $at }, adding { $n } rows. Saving it again adds nothing twice.
import-result-title = Imported { $file }
import-done = Saved to the records
import-done-what = { $kind ->
    [households] { $added } new households, { $updated } completed, { $unchanged } with nothing new.
    [vaccinations] { $added } new doses, { $unchanged } on record before.
    [cards] { $added } new or renewed cards, { $unchanged } on record before.
    [form] { $added } new entries, { $unchanged } on record before.
   *[population] { $added } new people, { $updated } completed, { $unchanged } with nothing new.
}
import-done-left = { $n } rows with errors were not saved
import-next = What to do next
import-next-people = Find the people
import-next-today = See the children due
import-next-file = Import another file
import-this = This import
import-hash = File code

request-no-file = No file was chosen. Choose an Excel or CSV file and upload it.

import-undo = Undo this import
import-undo-title = Undo the import of { $file }
import-undo-lead = Records this file opened will be gone; records it filled in are as before. Records somebody has written on since stay, and are named.
import-undo-note = Nothing is removed from the log; the file can be imported again afterwards.
import-undo-save = Undo the import
import-undone = The import was undone
import-undone-what = { $n } rows undone, { $kept } rows kept.
import-undone-kept = Records that stay because others have written on them
import-form-unknown = This file is the template of a form that is not there. Download the template again from the import page and copy the rows over.
import-not-applied = This import was not applied, or is undone already.
import-state-undone = Undone
import-state-undoing = Undoing was interrupted
import-undone-title = The import of { $file } was undone
