# Whether a value can be read: shared by the boxes of forms and the cells of lists.

row-name-missing = The name is missing.
row-hidden-characters = There are hidden characters. Clear the box and type it again.
row-text-too-long = Longer than { $longest } characters. Please shorten it.
row-sex-missing = Sex has not been chosen.
row-born-missing = The birth date is missing. If the day is not known, type month/year or only the year.
row-born-invalid = The birth date cannot be read. Type 13/09/2025, 09/2025 or 1960.
row-date-invalid = The date cannot be read. Type day/month/year, for example 13/09/2025.
row-date-incomplete = Day, month and year are needed, for example 13/09/2025.
row-date-no-such-day = The calendar has no such day. Check day and month.
row-citizen-length = The personal ID number needs { $expected } digits, there are { $found }.
row-citizen-digit = The personal ID number has only digits; position { $position } is not one.
row-citizen-spreadsheet = A spreadsheet damaged the personal ID number. Type all 12 digits again from the card.
row-old-card-length = The old ID card number needs { $expected } digits, there are { $found }.
row-old-card-digit = The old ID card number has only digits; position { $position } is not one.
row-old-card-spreadsheet = A spreadsheet damaged the old ID card number. Type all 9 digits again.
row-card-length = A health insurance card needs 15 characters (or the 10 digits of the social insurance number), there are { $found }.
row-card-invalid = A health insurance card has 2 letters, a digit from 1 to 5, then 12 digits; or only the 10 digits of the social insurance number.
row-phone-invalid = A telephone number starts with 0 and has 10 or 11 digits.

field-missing = This box is empty.
field-choose = Nothing has been chosen from the list.
field-bad-time = The time cannot be read. Type 7:05 or 0705.
field-bad-number = The number is empty or longer than 30 characters.
field-bad-count = A number from { $least } to { $most } is needed.
field-bad-weight = A birth weight lies between 300 and 9,000 g. Type 3250 or 3,25.
