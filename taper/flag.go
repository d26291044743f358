package taper

import (
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/safety"
)

// Flag is a reason why coming down needs a clinician, and no plan is made here.
type Flag string

// Flags in the order in which a page asks for them.
var Flags = []Flag{"pregnancy", "seizures", "alcohol", "benzodiazepines", "opioids", "minor", "liver"}

// What of a journal raises a flag. The days are our choice: nothing published
// says when use is daily for this purpose.
const (
	FlagDays   = 14
	DailyFrom  = 10 // of them, for alcohol
	CalmFrom   = 4  // of them, for benzodiazepines, which act for days
	textDays   = 60 // how far back words are looked at
	liverDays  = 30
	opioidDays = 14
)

// FlagsOf are those that a journal raises by itself: what was taken, the list of
// medicines, what was noticed in the body, and the words of notes. A journal
// that raises none says nothing: the page asks all the same.
func FlagsOf(j *journal.Journal, now time.Time) []Flag {
	found := map[Flag]bool{}
	alcohol, calm := map[journal.Date]bool{}, map[journal.Date]bool{}
	for _, e := range j.Between(now.AddDate(0, 0, -textDays), now.Add(time.Minute)) {
		recent := now.Sub(e.At) <= FlagDays*24*time.Hour
		if s := e.Substance(); s != nil && recent {
			switch s.Class {
			case "alcohol":
				alcohol[journal.DateOf(e.At)] = true
			case "benzodiazepine":
				calm[journal.DateOf(e.At)] = true
			case "opioid":
				found["opioids"] = found["opioids"] || now.Sub(e.At) <= opioidDays*24*time.Hour
			}
		}
		if b := e.BodyChange(); b != nil {
			switch b.Change {
			case "seizure":
				found["seizures"] = true
			case "dark_urine", "yellow_eyes_skin", "pale_stool":
				found["liver"] = found["liver"] || b.Ongoing || now.Sub(e.At) <= liverDays*24*time.Hour
			}
		}
		for _, text := range e.Texts() {
			for _, f := range safety.Scan(text) {
				if f.About == safety.Other || f.About == safety.Past && f.Sign != safety.Seizure {
					continue
				}
				switch f.Sign {
				case safety.Pregnancy:
					found["pregnancy"] = true
				case safety.Seizure:
					found["seizures"] = true
				case safety.Liver:
					found["liver"] = true
				case safety.Minor:
					found["minor"] = true
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
// how rough it was at eight or more of ten, or words of despair or of harming
// oneself.
func Hard(j *journal.Journal, now time.Time) bool {
	for _, e := range j.Between(now.Add(-48*time.Hour), now.Add(time.Minute)) {
		if c := e.CheckIn(); c != nil && c.Rough != nil && *c.Rough >= hardFrom {
			return true
		}
		for _, text := range e.Texts() {
			for _, f := range safety.Scan(text) {
				if f.About == safety.Self && (f.Sign == safety.SelfHarm || f.Sign == safety.SuicidePlan || f.Sign == safety.Despair) {
					return true
				}
			}
		}
	}
	return false
}

// hardFrom of 10. Our choice.
const hardFrom = 8
