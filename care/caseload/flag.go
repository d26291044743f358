package caseload

import (
	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/instrument"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/safety"
	"github.com/evenkeel/evenkeel/safety/rule"
)

// flags are the red flags that the person let through, and those that stand in
// answers that they shared: an answer about being better off dead is told also
// where flags are not shared.
func (l *look) flags() {
	l.Flagged.Shared = l.p.Flags != nil
	if !l.Flagged.Shared {
		l.unknown("flags")
	}
	for _, f := range l.p.Flags {
		if !valid(f.Day) {
			continue
		}
		l.Flagged.N++
		r := l.add(Flag, string(f.Day)+"/"+f.Rule+"/"+f.Sign, -dayNumber(f.Day), "flag", "day", f.Day, "sign", said(&f), "rule", f.Rule)
		r.Now = atOnce(f.Sign)
	}
	for i := range l.p.Answers {
		l.answered(&l.p.Answers[i])
	}
}

// answered tells of signs in answers, where no flag of the same day does.
func (l *look) answered(a *care.Answered) {
	in, ok := instrument.Find(a.Instrument)
	if !ok || in.Version != a.Version {
		return
	}
	signs := in.Dangers(a.Answers)
	if len(signs) == 0 || in.Check(a.Answers) != nil {
		return
	}
	day := journal.DateOf(a.At)
	for _, sign := range signs {
		if flagged(l.p.Flags, day, sign) {
			continue
		}
		l.Flagged.N++
		r := l.add(Flag, string(day)+"/"+a.Instrument+"/"+sign, -dayNumber(day), "flag.answer", "day", day, "sign", signName(sign), "asked", journal.Questionnaire(a.Instrument))
		r.Now = atOnce(sign)
	}
}

func flagged(flags []care.Flag, day journal.Date, sign string) bool {
	for _, f := range flags {
		if f.Day == day && f.Sign == sign {
			return true
		}
	}
	return false
}

// SignSaid says what a red flag is about: in the words of whoever reads, or as the
// person's program said it where this one does not know the sign.
func SignSaid(f *care.Flag) journal.Phrase {
	if _, ok := rule.Of(safety.Sign(f.Sign)); ok {
		return journal.Phrase{Key: string(signName(f.Sign))}
	}
	return journal.Phrase{Args: []any{"said", f.Said}}
}

// said is the same as an argument of another sentence.
func said(f *care.Flag) any {
	if p := SignSaid(f); p.Key != "" {
		return journal.Option(p.Key)
	}
	return f.Said
}

func signName(sign string) journal.Option { return journal.Option("share.flag." + sign) }

// atOnce reports a sign at which somebody should be called at once; one that is
// not known here is taken for such.
func atOnce(sign string) bool { return safety.Answered(safety.Sign(sign)).Urgency == safety.Now }
