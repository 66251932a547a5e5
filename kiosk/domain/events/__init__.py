"""Facts of the office, typed, in the past tense; one file a subject. The journal keeps `data()` of each."""
