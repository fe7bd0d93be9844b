"""A kind of case for the tests of terms alone: a number, an opener, a nearest end."""
