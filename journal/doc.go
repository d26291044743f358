// Package journal holds what a person records about kratom and their days:
// products, doses, check-ins and the rest, as events, and the fold that turns
// a log of events into the state that pages, commands and models read.
//
// Everything is an event. A correction is a new event that names the one it
// replaces; a deletion is an event too. The fold gives the same state for any
// order of the same events, so that the logs of two devices can be merged as
// a union of their records.
//
// The package is pure: clock, ids and randomness come in as arguments.
package journal
