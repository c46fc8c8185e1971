# Record cards with a QR code; people look at their own record with a code that is good once.

idcard-link = Card, viewing code
idcard-title = Record card and viewing code
idcard-section = Record card
idcard-household = Print cards
idcard-lead = Scan the card into the search box and the record opens. No number of a paper stands on it; whoever finds it cannot open the record.
idcard-what = Health record card. Bring it to the station.
idcard-qr = QR code of the record card

citizen-section = Let the person see their record
citizen-lead = Make a code that is good once. On a phone the person opens the page, types the code and the year of birth, and sees the summary of the record for 30 minutes.
citizen-mind = Only for the person, or a child's parent or guardian. What is private (HIV, mental health, tuberculosis, abortion) is not shown there. A new code ends the earlier one.
citizen-make = Make a code
citizen-slip = Record viewing slip
citizen-qr = QR code that opens the viewing page
citizen-use = Scan the code beside this, or open { $place } and type the code and the year of birth.
citizen-until = Good once, before { $at }. Do not give it to anybody else.
citizen-once = The code is shown here only once. Print it or write it down, then leave the page.
citizen-only-here = This page is open at an address only this computer reaches: the person's phone will not open it. Open Trạm at the address of the station or the province and make the code there.
citizen-dead = This person has died: no code is made.

citizen-title = My health record
citizen-ask = Type the code on the slip from the health station, and the year of birth.
citizen-code = Viewing code
citizen-born = Year of birth of the person on record
citizen-open = Open the record
citizen-no-code = No code? Go to the health station with a paper that says who you are; the code is made at once.
citizen-code-length = The code has { $n } digits. Look at the slip and type all of them.
citizen-year = Type the year of birth in four digits, for example 1985.
citizen-wrong = Code and year of birth do not match, or the code was used or is over. Look at the slip; if it still fails, ask the station for a new code.
citizen-open-until = This page is open until { $at }
citizen-close = Close the record
citizen-wrong-facts = Tell the health station about anything that is wrong. What is private is seen only where you are treated.

emergency-title = Open the record in an emergency
emergency-link = Open the record in an emergency
emergency-lead = Only when a life depends on it: every private part of this record, if there is one, is open to you for an hour. The reason, the time and your name are written into the audit and somebody will look at it. Put no names of people or diseases into the reason.
emergency-open = Open for one hour
emergency-reason = Give a clear reason of at least { $n } letters: why it must be opened now.
emergency-on = Open in an emergency until { $at }: { $reason }
done-emergency = The whole record is open for one hour. This is in the audit.
