// Package diary lays a journal out day by day, as questions about it read it:
// check-ins with the hours since the dose before and until the next, ratings of
// doses, the night, alcohol. What nobody wrote is not a number.
package diary
