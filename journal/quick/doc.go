// Package quick turns one line of a person's own text into journal entries:
// "3 g green leaf", "half a blue tablet 20 min ago", "rough 6 craving 8".
//
// A line goes through five stages, each a type with its own files and tests:
//
//   - tokens (token*.go): the line, cut into words, numbers and marks. What a
//     word can mean stands in the vocabulary, one file a language.
//   - phrases (phrase*.go): what the tokens say one after another: an amount of
//     something, a time, a reason, an answer of a check-in. Where more than one
//     reading fits, the table in precedence.go decides.
//   - facts (fact*.go): the phrases that belong together: a thing said with its
//     times, reasons and circumstances, and what neighbours share.
//   - entries (entry*.go, calendar.go): facts with their times on the calendar
//     and their products looked up, as the journal keeps them.
//   - questions (question.go, sentence.go): what could not become an entry, as
//     keys of the catalogue that says it in the person's language.
//
// TestStages follows one line through all of them. The grammar holds no words:
// it asks which part a word has ("of", "ago", "half"; word.go) and which roles
// (role.go), and vocabulary/<language>.json says which words have them.
//
// A question offers its answers where it can (choice*.go): each is the whole line
// with the answer in it, so that a page or a command needs to keep nothing but
// the line, and reads it again. A symptom without a number is kept as one that
// is there; how much of it can wait (Ask.Waits).
//
// Three rules stand above the grammar:
//
//   - It never guesses an amount. "some kratom" and "2-3 g" become a question
//     that shows what was understood. A unit in the singular is one of it
//     ("tab"), a brand sold in one unit too ("a feel free"), and an amount above
//     limits.json is asked about.
//   - Nothing is silently dropped or turned into a note. Words it cannot read
//     become a question; only "note ..." makes a note.
//   - Nothing is recorded in the future, and nothing that the line says was
//     not taken ("didn't take 3 g", "2 caps left").
//
// # Times
//
// No time means now. "today" does so for all but doses: "5 tablets today" may be
// one dose or the day's, and is asked about. A day without a clock time
// ("yesterday", "this morning") is asked about for doses, substances and
// check-ins. "None yesterday" stands at the last minute of that day, money at
// its noon, and a body change takes the day as the one it began on.
//
// A clock time with am, pm, or an hour of 13 and more is the latest such
// moment of today, or of yesterday when that lies at most twelve hours back. A
// time without am or pm ("8:30", "at 6") is read where only one of its two
// readings is possible; where both are, the line is asked about on the clock of
// twelve hours. On that of twenty-four "8:30" is the morning. Which clock it is
// says Context.Clock, and where the person chose none their language (clock.go).
// A date without a year that is nearer to come than gone by is asked about, too.
// On the night the clocks go back, the first of the two equal times is meant; a
// time that the clocks skipped is asked about.
package quick
