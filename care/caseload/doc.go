// Package caseload tells who of the people that shared something with a program
// needs a look, and why: each reason in words, with the figures it rests on.
//
// There is no score of a person. Rows stand in the order of a written table (see
// Kinds): what the first open reason is decides, then what that kind says of two
// of the same. What is not shared, or not known, is said as such: a row without a
// reason is not "fine".
package caseload
