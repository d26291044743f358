// Package say decides what may be said of a body. A model gives bands; a person
// reads sentences. Between the two stands one table (Statements): for each
// sentence the condition on the bands under which it may be made. The rules
// behind it:
//
//   - never "none" or "no more than mild" when the 80 % band reaches moderate;
//   - never a middle without its band;
//   - never a comparison that could go either way: it is called too uncertain,
//     and why;
//   - where doses do not explain what a person wrote, their words come first;
//   - what a laboratory could not measure is next to none, and no figure.
//
// The package holds no sentence: it names keys of the catalogue and their
// arguments. It does no arithmetic on bodies either; Read asks a pkpd.Person.
package say
