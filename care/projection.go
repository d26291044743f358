package care

import (
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

// ProjectionVersion is the version of Projection's form. Fields may be added within
// a version; who reads one ignores what they do not know.
const ProjectionVersion = 1

// Projection is one version of a share: everything that its recipient gets. A part
// that was not ticked is nil; one that was ticked and is empty is an empty list.
type Projection struct {
	Version int `json:"version"`
	// Number is that of the person's record of the version, from 1. Two devices that
	// have not heard of each other may use one twice, so that newer is the greater
	// number, and of one number the one made later: who is given an older one again
	// notices.
	Number   int64     `json:"number"`
	Made     time.Time `json:"made"`
	Language string    `json:"language"`
	// Consent goes with every disclosure (42 CFR 2.32(b)), and so does the notice
	// against redisclosure, in its wording of the time (2.32(a)).
	Consent journal.Consent `json:"consent"`
	Notice  string          `json:"notice"`

	Contact *Contact   `json:"contact,omitzero"`
	Scores  []Score    `json:"scores,omitzero"`
	Answers []Answered `json:"answers,omitzero"`
	Trends  []Day      `json:"trends,omitzero"`
	Plan    *Plan      `json:"plan,omitzero"`
	Flags   []Flag     `json:"flags,omitzero"`
	Sheet   []Section  `json:"sheet,omitzero"`
}

// Contact says when the person last wrote something; empty where they never did.
type Contact struct {
	LastEntry   journal.Date `json:"last_entry,omitempty"`
	LastCheckIn journal.Date `json:"last_check_in,omitempty"`
}

// Score is one score of a questionnaire on the day it was finished.
type Score struct {
	Instrument string       `json:"instrument"`
	Version    int          `json:"version"`
	Day        journal.Date `json:"day"`
	// Name of the score within the instrument, and its value; nil where too much was
	// left out.
	Name  string   `json:"name"`
	Value *float64 `json:"value"`
	// Said is the score in words, as the person reads it: with whom a band was found
	// in, or without one.
	Said string `json:"said"`
}

// Answered is a questionnaire with each answer. What was left out is not in Answers.
type Answered struct {
	Instrument string         `json:"instrument"`
	Version    int            `json:"version"`
	At         time.Time      `json:"at"`
	Answers    map[string]int `json:"answers"`
	Finished   bool           `json:"finished"`
}

// Day is what the journal says of one day.
type Day struct {
	Date journal.Date `json:"date"`
	// State is "unknown" (nothing is known of what was taken), "none" or "doses".
	State   string   `json:"state"`
	Doses   int      `json:"doses,omitempty"`
	Amounts []Amount `json:"amounts,omitempty"`
	// Mitragynine and SevenOH in mg, estimates; nil where a strength is unknown.
	Mitragynine *float64 `json:"mitragynine_mg,omitempty"`
	SevenOH     *float64 `json:"seven_oh_mg,omitempty"`
	// Rough is the middle of the day's answers to how rough it was, 0 to 10; Craving
	// the same; nil where nobody was asked.
	Rough      *float64 `json:"rough,omitempty"`
	Craving    *float64 `json:"craving,omitempty"`
	SleepHours *float64 `json:"sleep_h,omitempty"`
	// Planned is the day's amount by the plan in its unit, where the plan is shared.
	Planned *float64 `json:"planned,omitempty"`
}

// Amount is how much of one product was taken on a day.
type Amount struct {
	Product string  `json:"product"`
	Form    string  `json:"form,omitempty"`
	Amount  float64 `json:"amount"`
	Unit    string  `json:"unit"`
}

// Plan is the way down that the person lives by.
type Plan struct {
	Product string             `json:"product"`
	Unit    string             `json:"unit"`
	Begins  journal.Date       `json:"begins"`
	Steps   []journal.PlanStep `json:"steps"`
	// Held since that day; empty while the plan goes on. Ended says that the person
	// ended it.
	Held  journal.Date `json:"held,omitempty"`
	Ended bool         `json:"ended,omitempty"`
	// Day is the plan's day when this was made, 0 on the first.
	Day int `json:"day"`
	// OverDays of KnownDays in the last fourteen were over the plan.
	OverDays  int `json:"over_days"`
	KnownDays int `json:"known_days"`
}

// Flag is a numbered red flag that stood in the journal, with the day it was met.
type Flag struct {
	// Rule is such as "SR-01"; Sign names it in package safety.
	Rule string       `json:"rule"`
	Sign string       `json:"sign"`
	Day  journal.Date `json:"day"`
	// Said is what it is, in one plain sentence.
	Said string `json:"said"`
}

// Section is a part of the page for the doctor, in the person's language.
type Section struct {
	Name   string  `json:"name"`
	Title  string  `json:"title"`
	Blocks []Block `json:"blocks"`
}

// Block is one of: a paragraph, a list, a table.
type Block struct {
	Text string   `json:"text,omitempty"`
	List []string `json:"list,omitempty"`
	// Columns head a table; the first names the row.
	Columns []string   `json:"columns,omitempty"`
	Rows    [][]string `json:"rows,omitempty"`
}
