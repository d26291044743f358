// Package insight says what a journal shows about a life: few sentences, each
// with its number, its likely range, the days it rests on, and what it cannot
// tell. What is not known yet says how many days are missing.
//
// What goes with what is decided in package contrast, whether weeks go anywhere
// in package drift; the rest are counts. No sentence names a cause, none scores a
// person. How often people of whom nothing is true are told something stands in
// docs/insight.md.
package insight
