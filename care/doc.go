// Package care is what a person shares with those who treat them, and what these
// make of it: which consent a share needs, what a share shows, and who of many
// people needs a call.
//
// A share is a projection: a copy of what was ticked, made for one recipient. The
// log itself is never shared.
package care
