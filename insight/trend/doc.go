// Package trend tells how days went, from a journal: what was taken, how far
// apart, how rough it was, how long the nights were, and what it cost.
//
// A day is a day of the calendar as the person lived it. One without a dose and
// without "none today" is unknown, never zero: it takes no part in any median.
// Neither does today, which is not over yet. Nothing here judges: there are
// medians with their spread, and counts.
package trend
