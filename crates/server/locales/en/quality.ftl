# Checking records: duplicates, contradictions.

quality-title = To check
quality-lead = Places in the records somebody should look at again. The program only points them out and changes nothing by itself.
quality-none = Nothing to check
quality-none-what = No duplicate records, contradictory values or missing information were found in reach of the unit.
quality-pairs = Records that may be duplicates: { $n } pairs
quality-pairs-what = Compare and link them, or say that they are two people so that the pair does not come back. A link can be undone.
quality-first-shown = The { $n } pairs most alike are shown.
quality-first = First record
quality-second = Second record
quality-why = Alike in
quality-compare = Compare
quality-apart = Two people
quality-family = The whole household is alike: { $n } pairs
quality-what = What to do
quality-conflicts = Changed in two places: { $n } records
quality-conflicts-what = Two places changed the same field; the right value must be chosen
quality-conflicts-fix = Choose the right value
quality-contradicted = ID number contradicts sex or year of birth: { $n } records
quality-contradicted-what = The digits of the ID number say another sex or year of birth
quality-contradicted-fix = Correct the record
quality-no-day = Children without a full birth date: { $n }
quality-no-day-what = No schedule can be made without the day of birth
quality-no-day-fix = Enter the birth date
quality-no-household = In no household: { $n } people
quality-no-household-what = Lives here but belongs to no household
quality-no-household-fix = Enter into a household

alike-number = same number
alike-name = same name
alike-words-moved = words of the name moved
alike-name-near = name nearly the same
alike-birth = same birth date
alike-birth-near = birth date nearly the same
alike-phone = same telephone
alike-household = same household
alike-village = same village
alike-mother = same mother

link-title = Compare two records
link-lead = If they are one person, link them: from then on there is one record everywhere. Nothing is lost, and the link can be undone.
link-swap = Keep the other record
link-doubts = Some things hardly fit one person
link-record = Record
link-kept = Record that is kept
link-other = The other record
link-taken = (empty; the other value is taken)
link-doses = Doses
link-since = Opened
link-opened = { $day }; { $n } entries
link-what = Papers, doses, pregnancies and all other entries of both records are kept; what both say counts once.
link-save = One person, link them
link-apart = Two different people
f-home = The right home and household
col-field = Field

part-title = Part linked records
part-what = Records linked by mistake are parted: each becomes again what it was before.
part-lead = Parts the record of { $name }, born { $born }, linked on { $day }.
part-nothing-since = Nothing has been written on the common record since the link.
part-since = Written since the link: tick what belongs to { $name } (the record that is parted)
part-save = Part them

household-link-title = Link two households registered twice
household-link-lead = Household { $kept } is kept; the same people of household { $other } are linked to it.
household-link-pick = Link
household-link-alone = nobody alike in the other household; stays in this one
household-link-what = Each pair is linked with the values of the record that is kept; what it lacks is taken from the other. To choose field by field, untick the pair here and compare it by itself.
household-link-save = Link the chosen pairs
household-link-none = Nobody in these two households is alike
household-link-none-what = Open the records one by one and compare them if they surely are one person.
household-link-none-chosen = No pair is chosen.

done-linked = The records are linked. They can be parted again at the line “Records linked” of the timeline.
done-parted = The records are parted; each is again what it was before.
done-apart = Recorded as two different people.
fact-PersonLinked = Records linked
fact-PersonsDistinct = Somebody else
fact-aside = Said by the other record, or not chosen: does not count

person-same-record = Both addresses are the same record.
person-mother-and-child = The records are of a mother and her child and cannot be linked.
warn-linked-sex-differs = The records say a different sex. Link them only when one of them is surely wrong.
warn-linked-birth-differs = The birth dates are more than a year apart.
warn-linked-number-differs = The records carry two different ID numbers.
