package taper

import (
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/instrument"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/safety"
)

// Flag is a reason why coming down needs a clinician, and no plan is made here.
type Flag string

// Flags in the order in which a page asks for them.
var Flags = []Flag{"pregnancy", "seizures", "alcohol", "benzodiazepines", "opioids", "minor", "liver"}

// What of a journal raises a flag. The days are our choice: nothing published
// says when use is daily for this purpose. A seizure raises it however long ago
// it was.
const (
	FlagDays      = 14  // for what was taken
	DailyFrom     = 10  // of them, for alcohol
	CalmFrom      = 4   // of them, for benzodiazepines, which act for days
	liverDays     = 60  // how long words of it hold
	changeDays    = 30  // how long a change of the body that is over does
	pregnancyDays = 280 // a whole pregnancy
	minorDays     = 365
)

// FlagsOf are those that a journal raises by itself: what was taken, the list of
// medicines, what was noticed in the body, and the words of notes. A journal
// that raises none says nothing: the page asks all the same.
func FlagsOf(j *journal.Journal, now time.Time) []Flag {
	found := map[Flag]bool{}
	alcohol, calm := map[journal.Date]bool{}, map[journal.Date]bool{}
	for _, e := range j.Between(time.Time{}, now.Add(time.Minute)) {
		within := func(days int) bool { return now.Sub(e.At) <= time.Duration(days)*24*time.Hour }
		if s := e.Substance(); s != nil && within(FlagDays) {
			switch s.Class {
			case "alcohol":
				alcohol[journal.DateOf(e.At)] = true
			case "benzodiazepine":
				calm[journal.DateOf(e.At)] = true
			case "opioid":
				found["opioids"] = true
			}
		}
		if b := e.BodyChange(); b != nil {
			switch b.Change {
			case "seizure":
				found["seizures"] = true
			case "dark_urine", "yellow_eyes_skin", "pale_stool":
				found["liver"] = found["liver"] || within(changeDays) || b.Ongoing && within(liverDays)
			}
		}
		for _, text := range e.Texts() {
			for _, f := range safety.Scan(text) {
				if f.About == safety.Other || f.About == safety.Past && f.Sign != safety.Seizure {
					continue
				}
				switch f.Sign {
				case safety.Pregnancy:
					found["pregnancy"] = found["pregnancy"] || within(pregnancyDays)
				case safety.Seizure:
					found["seizures"] = true
				case safety.Liver:
					found["liver"] = found["liver"] || within(liverDays)
				case safety.Minor:
					found["minor"] = found["minor"] || within(minorDays)
				}
			}
		}
	}
	for _, e := range j.Medicines() {
		switch m := e.Medicine(); {
		case m.Stopped:
		case m.Class == "benzodiazepine":
			found["benzodiazepines"] = true
		case m.Class == "opioid", m.Class == "buprenorphine", m.Class == "methadone":
			found["opioids"] = true
		}
	}
	found["alcohol"] = len(alcohol) >= DailyFrom
	found["benzodiazepines"] = found["benzodiazepines"] || len(calm) >= CalmFrom
	return slices.DeleteFunc(slices.Clone(Flags), func(f Flag) bool { return !found[f] })
}

// Hard reports what no plan goes on in silence with: within the last two days,
// how rough it was at eight or more of ten, or words or answers of despair or of
// harming oneself.
func Hard(j *journal.Journal, now time.Time) bool {
	for _, e := range j.Between(now.Add(-48*time.Hour), now.Add(time.Minute)) {
		if c := e.CheckIn(); c != nil && c.Rough != nil && *c.Rough >= hardFrom {
			return true
		}
		if s := e.Screening(); s != nil {
			if in, ok := instrument.Find(s.Instrument); ok && slices.ContainsFunc(in.Dangers(s.Answers), func(sign string) bool { return despairs(safety.Sign(sign)) }) {
				return true
			}
		}
		for _, text := range e.Texts() {
			if slices.ContainsFunc(safety.Scan(text), func(f safety.Finding) bool { return f.About == safety.Self && despairs(f.Sign) }) {
				return true
			}
		}
	}
	return false
}

func despairs(s safety.Sign) bool {
	return s == safety.SelfHarm || s == safety.SuicidePlan || s == safety.Despair
}

// hardFrom of 10. Our choice.
const hardFrom = 8
