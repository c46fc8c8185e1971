# Review of insurance cards.

review-title = Review of insurance cards
review-sub = People living in the area without a valid card, or whose card ends within { $n } days.
review-link = Insurance cards
review-ending = Ending soon
review-expired = Ended
review-missing = No card
review-until = Valid until
review-no-card = No card on record
review-write = Write card
review-new = New card number
review-sheet = Cards
review-none = Nobody
review-none-what = Choose another group above or another village.
