// Package evidence holds what is known of the sentences people meet about
// kratom and 7-OH ("not addictive", "13 times stronger than morphine"): each
// with a verdict, how sure it is and why, and the sources it rests on. It is
// data with a thin reader over it. The verdicts, the sources and what was
// looked for stand in claims and sources.json; every sentence that people read
// stands in text, a folder a language.
//
// A statement is only ever shown with its verdict: many are wrong. How a
// verdict and its grade are made is told in docs/evidence.md, and the tests of
// this package hold the data to it.
package evidence
