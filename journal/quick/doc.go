// Package quick turns one line of a person's own text into journal entries:
// "3 g green leaf", "half a blue tablet 20 min ago", "rough 6 craving 8".
//
// The reader works in three steps. The lexer cuts the line into words, numbers
// and marks (lexer.go). A small grammar reads items from left to right: an
// amount of something, a time, a reason, an answer of a check-in (item.go and
// one file per kind of item). The items are then gathered into entries
// (gather.go), their times are placed on the calendar (resolve.go) and their
// products are looked up (link.go). All words it knows stand in vocabulary.go.
//
// Three rules stand above the grammar:
//
//   - It never guesses an amount. "some kratom" and "2-3 g" become a question
//     that shows what was understood.
//   - Nothing is silently dropped or turned into a note. Words it cannot read
//     become a question; only "note ..." makes a note.
//   - Nothing is recorded in the future, and nothing that the line says was
//     not taken ("didn't take 3 g", "2 caps left").
//
// # Times
//
// No time means now, and so does "today". A day without a clock time
// ("yesterday", "this morning") is asked about for doses, substances and
// check-ins. "None yesterday" stands at the last minute of that day, money at
// its noon, and a body change takes the day as the one it began on.
//
// A clock time with am, pm, or an hour of 13 and more is the latest such
// moment of today, or of yesterday when that lies at most twelve hours back. A
// time with minutes and without am or pm ("8:30") is read on the 24-hour
// clock, a bare hour ("at 6") only where one of its two readings is possible;
// where both are, the line is asked about. Context.Clock settles both. On the
// night the clocks go back, the first of the two equal times is meant; a time
// that the clocks skipped is asked about.
package quick
