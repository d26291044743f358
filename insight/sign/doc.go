// Package sign counts, in a person's own journal, what people notice when
// kratom takes more and more room: larger days, more doses, shorter gaps,
// stronger products, an earlier first dose, mixing, days over their own plan.
//
// Each sign is a count of the last two weeks against the four weeks before
// them, never a score and never a verdict: so many days lay above nine in ten
// of the person's own earlier days. By chance it would be one in ten. Days of
// which nothing is known count nowhere, and where too few are known nothing is
// said.
package sign
