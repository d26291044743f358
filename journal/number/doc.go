// Package number reads the numbers that people write: "2.5", "2,5", "1,500",
// "1.500", "1/2", "1½", "2 1/2", "-3". It is the one reader of numbers for
// forms, for quick entry and for tables, so that a figure means the same
// wherever it is typed.
//
// # Points and commas
//
// Half of the world writes one and a half thousand as "1,500" and the other
// half as "1.500"; each is the other's one and a half. What can only be read
// in one way is read in that way whatever the style: "2,5" and "2.5" are two
// and a half, "1,500.5" and "1.500,5" one and a half thousand and a half. A
// single separator before exactly three digits has two readings. Style says
// which one holds, and with Either the answer is an *Ambiguous that carries
// both, to be asked about: a factor of a thousand is never guessed.
//
// # Fractions
//
// A fraction may stand alone or behind a whole number, with a space or a
// hyphen between: "3/4", "1 3/4", "1-3/4", "¾", "1¾", "1 ¾". A fraction behind
// a whole number is less than one. Full-width digits, the signs for fraction
// bars and every dash are read as their plain forms.
//
// Exponents ("1e9"), infinities and words are no numbers here.
package number
