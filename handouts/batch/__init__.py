"""Many handouts from a roster: one for each row.

`roster` reads rows, `columns` says what a row asks for, `making` makes its handout, `running` spreads rows over
workers and brings them back in order, `journal` keeps what was done, `batching` does one whole batch.
"""
