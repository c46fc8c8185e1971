# The interface for other programs (/api/v1): what cannot be read in a request.

api-json-broken = What was sent is not JSON: wrong at line { $line }, column { $column }.
api-json-unfit = It does not fit at line { $line }, column { $column }: an unknown key, a key twice, a key that is missing, or a value of the wrong type.
fix-api-json-unfit = Compare with /api/v1/openapi.json; each key once, and no others.
api-too-large = What was sent is larger than { $longest } KB.
api-key-missing = The header Idempotency-Key (1 to { $longest } characters) is missing; every write needs one.
fix-api-key-missing = Choose a new key for every write, a UUID for example; send the same write again with the same key.
api-not-a-day = A day is written year-month-day, for example 2026-01-16.
api-answer-unknown = This form has no question of that code on the day of the entry.
api-answer-kind = The answer is of the wrong type: a number for a number, true or false for yes or no, a list of codes for several choices; every question takes a text.
api-form-elsewhere = This form does not belong to the programme that was named.
api-query-unknown = This address does not take that parameter.
api-no-such-method = This address does not take that method.
