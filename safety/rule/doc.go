// Package rule holds the numbered red flags, SR-01 and on: for each what brings
// it up, what is said then, on what it rests. What words alone can tell is
// found by package safety; what answers tell by package instrument; this
// package adds what only the journal can: entries that are dangerous together.
//
// A rule never waits for a score and notifies nobody. It comes back whenever
// its trigger does.
package rule
