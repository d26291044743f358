package say

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/pkpd"
)

// band is one whose 80 % range is given.
func band(low, high float64) pkpd.Band {
	m, w := (low+high)/2, (high-low)/2
	return pkpd.Band{Median: m, Low50: m - w/2, High50: m + w/2, Low80: low, High80: high, Low95: math.Max(0, m-1.5*w), High95: m + 1.5*w}
}

// settled is somebody who takes leaf twice a day and checks in.
func settled() Reading {
	r := Reading{Basis: pkpd.Fitted, CheckIns: 20, Rough: band(0.6, 2.4), Mitragynine: band(20, 60), SevenOH: band(5, 15),
		Standing: pkpd.LikeUsual, UsualDays: 10, Share: 1, StopSame: Odds{0.1, 0.1}, PartSame: Odds{0.5, 0.5},
		Facts: Facts{Doses: 28, SinceLastH: 3, MidnightH: 12}}
	r.Stop = pkpd.Course{Days: 28, WorstDay: band(1, 3), WorstLevel: band(2, 5), WorstSOWS: band(3, 18), DaysModerate: band(0, 3),
		OverDay: band(4, 9), OverProb: 0.9, AnyProb: 0.9}
	r.Same = pkpd.Course{Days: 28, WorstLevel: band(1, 2), Dip: band(0, 0.5)}
	return r
}

// quit has taken nothing for some days.
func quit(days float64) func(*Reading) {
	return func(r *Reading) {
		r.SinceLastH = 24 * days
		r.Standing = pkpd.Lower
		if days > 14 {
			r.Doses, r.Standing = 0, pkpd.LikeUsual
			r.Mitragynine, r.SevenOH = band(0.0000001, 0.0019), band(0, 0.0004)
		}
	}
}

func sevenOH(r *Reading) {
	r.SevenOHTaken, r.Doses = true, 60
	r.Mitragynine, r.SevenOH = band(0.1, 0.9), band(10, 90)
}

func newcomer(r *Reading) {
	*r = Reading{Basis: pkpd.NoCheckIns, Share: 1, Facts: Facts{SinceLastH: math.Inf(1)}, Stop: pkpd.Course{Days: 28}}
}

func noCheckIn(r *Reading) { r.Basis, r.CheckIns, r.UsualDays = pkpd.NoCheckIns, 0, 1 }

func against8and9(r *Reading) {
	r.Contradiction = &pkpd.Contradiction{More: true, Scores: []float64{8, 9}, Wrote: 8.5, Expected: band(1.2, 4.4), P: 0.004}
}

// situations: what each page says of a person, written by hand from the rules,
// not from the program. Keys are without "say.".
var situations = []struct {
	name        string
	with        []func(*Reading)
	today, body string
}{
	{"leaf twice a day, settled", nil,
		"now.one usual.like",
		"now.one usual.like ahead.level day.known over.known days compare.higher rests.own rests.leaf rests.withdrawal"},
	{"leaf twice a day, and the worst would be tomorrow", []func(*Reading){func(r *Reading) { r.Stop.WorstDay = band(0.6, 1.4) }},
		"now.one usual.like",
		"now.one usual.like ahead.level day.tomorrow over.known days compare.higher rests.own rests.leaf rests.withdrawal"},
	{"a first dose after a rest, minutes ago: it is not in the blood yet, and nothing says that none is left", []func(*Reading){func(r *Reading) {
		r.SinceLastH, r.Standing, r.Mitragynine, r.SevenOH = 0.1, pkpd.Lower, band(0, 0.01), band(0, 0.02)
	}},
		"now.one usual.lower",
		"now.one usual.lower ahead.level day.known over.known days compare.higher rests.own rests.leaf rests.withdrawal"},
	{"new, nothing written", []func(*Reading){newcomer},
		"now.no_check_in",
		"now.no_check_in rests.people"},
	{"new, one check-in of 2 and nothing taken", []func(*Reading){newcomer, func(r *Reading) {
		r.Basis, r.CheckIns, r.Rough, r.Stop.WorstLevel, r.Stop.AnyProb = pkpd.Fitted, 1, band(1.6, 2.4), band(1, 3.2), 0.1
	}},
		"now.one",
		"now.one usual.few ahead.mild rests.own"},
	{"doses for a day, no check-in", []func(*Reading){noCheckIn},
		"now.no_check_in",
		"now.no_check_in usual.few ahead.people rests.people rests.leaf rests.withdrawal"},
	{"light use, no check-in", []func(*Reading){noCheckIn, func(r *Reading) { r.Stop.WorstSOWS = band(0, 6) }},
		"now.no_check_in",
		"now.no_check_in usual.few ahead.people_mild rests.people rests.leaf rests.withdrawal"},
	{"7-OH ten a day, no check-in", []func(*Reading){sevenOH, noCheckIn, func(r *Reading) { r.Stop.WorstSOWS = band(22, 40) }},
		"now.no_check_in",
		"now.no_check_in usual.few ahead.people_one rests.people rests.seven_oh rests.withdrawal"},
	{"7-OH ten a day, checking in", []func(*Reading){sevenOH, func(r *Reading) {
		r.Rough, r.Stop.WorstLevel, r.Stop.DaysModerate, r.Stop.OverDay = band(2, 5), band(6.8, 9.7), band(5, 15), band(6, 16)
		r.Same.Dip, r.Same.DipsDominate = band(1.2, 3.3), true
	}},
		"now.two usual.like",
		"now.two usual.like ahead.one day.known over.known days compare.higher dips rests.own rests.seven_oh rests.withdrawal"},
	{"one check-in of 8, little else known", []func(*Reading){func(r *Reading) {
		r.CheckIns, r.UsualDays, r.Rough, r.Stop.WorstLevel = 1, 1, band(6.6, 8.9), band(1, 9)
		r.Stop.OverDay, r.Stop.DaysModerate, r.StopSame = band(3, 28), band(2, 28), Odds{0.5, 0.5}
	}},
		"now.one",
		"now.one usual.few ahead.wide over.long days compare.unsure rests.own rests.leaf rests.withdrawal"},
	{"7-OH four a day for a week, stopped three days ago, wrote 8 and 9", []func(*Reading){sevenOH, quit(3), against8and9, func(r *Reading) {
		r.CheckIns, r.Rough, r.Mitragynine, r.SevenOH = 2, band(6.8, 9.2), band(0, 0.3), band(0, 0.5)
		r.Stop.WorstDay, r.Stop.WorstLevel, r.Stop.DaysModerate, r.Stop.OverDay = band(0, 2), band(5, 9), band(3, 12), band(3, 20)
	}},
		"more offer.check_in offer.help now.one usual.lower over.wide",
		"more offer.check_in offer.help now.one level.none usual.lower ahead.level day.today over.wide days rests.own rests.seven_oh rests.withdrawal"},
	{"the same, where the days may stay rough when the doses' part is gone", []func(*Reading){sevenOH, quit(3), against8and9, func(r *Reading) {
		r.CheckIns, r.Rough, r.Mitragynine, r.SevenOH = 2, band(6.8, 9.2), band(0, 0.3), band(0, 0.5)
		r.Stop.WorstDay, r.Stop.WorstLevel, r.Stop.DaysModerate, r.Stop.OverDay = band(0, 2), band(8, 10), band(8, 28), band(2, 12)
	}},
		"more offer.check_in offer.help now.one usual.lower over.outlasted",
		"more offer.check_in offer.help now.one level.none usual.lower ahead.one day.today over.outlasted days rests.own rests.seven_oh rests.withdrawal"},
	{"wrote 0 and 1 where more was expected", []func(*Reading){quit(2), func(r *Reading) {
		r.Contradiction = &pkpd.Contradiction{Scores: []float64{0, 1}, Wrote: 0.5, Expected: band(3, 7), P: 0.01}
		r.Rough = band(0, 1.3)
	}},
		"less offer.check_in now.two usual.lower over.known",
		"less offer.check_in now.two usual.lower ahead.level day.known over.known days rests.own rests.leaf rests.withdrawal"},
	{"symptoms more than expected, some strengths unknown", []func(*Reading){func(r *Reading) {
		r.Contradiction = &pkpd.Contradiction{More: true, Wrote: 6, Expected: band(1, 3), P: 0.01}
		r.Guess = pkpd.Guess{Doses: 5, Of: 28, Now: band(0.1, 0.3), Weeks: band(0.1, 0.3)}
		b := band(18, 31)
		r.Symptoms, r.Rough = &b, band(4, 6.4)
	}},
		"more_symptoms offer.check_in offer.strength offer.help now.one usual.like",
		"more_symptoms offer.check_in offer.strength offer.help now.one symptoms strength.some usual.like ahead.level day.known over.known days compare.higher rests.own rests.leaf rests.withdrawal"},
	{"symptoms less than expected", []func(*Reading){func(r *Reading) {
		r.Contradiction = &pkpd.Contradiction{Wrote: 1, Expected: band(4, 7), P: 0.01}
		b := band(0, 4)
		r.Symptoms, r.Rough = &b, band(0, 0.4)
	}},
		"less_symptoms offer.check_in now.none usual.like",
		"less_symptoms offer.check_in now.none symptoms usual.like ahead.level day.known over.known days compare.higher rests.own rests.leaf rests.withdrawal"},
	{"quit three days ago, past the worst", []func(*Reading){quit(3), func(r *Reading) {
		r.Rough, r.Stop.WorstDay, r.Stop.WorstLevel = band(5, 7.4), band(0, 0.8), band(4.5, 7)
	}},
		"now.two usual.lower ahead.easing over.known",
		"now.two usual.lower ahead.easing over.known days rests.own rests.leaf rests.withdrawal"},
	{"quit 40 days ago, well", []func(*Reading){quit(40), func(r *Reading) {
		r.Rough, r.Stop.WorstLevel, r.Stop.AnyProb, r.Stop.DaysModerate = band(0, 0.4), band(0.3, 1.8), 0.1, band(0, 0)
	}},
		"now.none",
		"now.none level.none ahead.mild rests.own"},
	{"quit 40 days ago, still rough", []func(*Reading){quit(40), func(r *Reading) {
		r.Rough, r.Stop.WorstLevel, r.Stop.AnyProb, r.Stop.DaysModerate = band(4, 6), band(4, 6.2), 0.3, band(10, 28)
	}},
		"now.one",
		"now.one level.none ahead.one days rests.own"},
	{"97 imported doses of unknown strength, no check-in", []func(*Reading){noCheckIn, func(r *Reading) {
		r.Doses, r.UsualDays, r.Standing = 97, 14, pkpd.Higher
		r.Guess = pkpd.Guess{Doses: 97, Of: 97, Now: band(1, 1), Weeks: band(1, 1)}
		r.Stop.WorstSOWS = band(0, 44)
	}},
		"now.no_check_in strength.most ask.strength",
		"now.no_check_in strength.most ask.strength ahead.people rests.people rests.leaf rests.withdrawal"},
	{"most of unknown strength, checking in, two outcomes", []func(*Reading){func(r *Reading) {
		r.Guess = pkpd.Guess{Doses: 20, Of: 28, Now: band(0.4, 0.9), Weeks: band(0.4, 0.8)}
		r.StopSame, r.Stop.WorstLevel = Odds{0.4, 0.4}, band(1, 8)
	}},
		"now.one strength.most ask.strength",
		"now.one strength.most ask.strength ahead.wide over.known days compare.unsure rests.own rests.leaf rests.withdrawal"},
	{"doses of no known kind, otherwise little to come", []func(*Reading){func(r *Reading) {
		r.LeftOut, r.Stop.WorstLevel, r.Stop.DaysModerate, r.StopSame = 4, band(0.6, 2.4), band(0, 0), Odds{0.9, 0.9}
	}},
		"now.one left_out",
		"now.one left_out ahead.missing day.known over.known compare.unsure rests.own rests.leaf rests.withdrawal"},
	{"only doses of no known kind", []func(*Reading){newcomer, func(r *Reading) { r.Basis, r.LeftOut = pkpd.NoContent, 9 }},
		"now.no_check_in left_out",
		"now.no_check_in left_out ahead.missing rests.people"},
	{"another opioid, little to come by the doses", []func(*Reading){func(r *Reading) {
		r.OtherOpioids, r.Stop.WorstLevel, r.Stop.DaysModerate, r.Stop.AnyProb = true, band(0.6, 2.4), band(0, 0), 0.2
	}},
		"opioids now.one usual.like",
		"opioids now.one usual.like ahead.missing compare.higher rests.own rests.leaf rests.withdrawal"},
	{"another opioid, a rough time ahead", []func(*Reading){func(r *Reading) { r.OtherOpioids, r.Stop.WorstLevel = true, band(6.6, 9) }},
		"opioids now.one usual.like",
		"opioids now.one usual.like ahead.one day.known over.known days compare.higher rests.own rests.leaf rests.withdrawal"},
	{"five days without entries", []func(*Reading){func(r *Reading) { r.UnknownDays = 5 }},
		"now.one usual.like",
		"now.one usual.like ahead.level day.known over.known days compare.higher missing rests.own rests.leaf rests.withdrawal"},
	{"more than usual today", []func(*Reading){func(r *Reading) { r.Standing = pkpd.Higher }},
		"now.one usual.higher",
		"now.one usual.higher ahead.level day.known over.known days compare.higher rests.own rests.leaf rests.withdrawal"},
	{"no telling against usual", []func(*Reading){func(r *Reading) { r.Standing = pkpd.StandingUnknown }},
		"now.one",
		"now.one usual.unsure ahead.level day.known over.known days compare.higher rests.own rests.leaf rests.withdrawal"},
	{"half of the usual, surely lighter", []func(*Reading){func(r *Reading) { r.Share, r.PartSame = 0.5, Odds{0.86, 0.9} }},
		"now.one usual.like",
		"now.one usual.like ahead.level day.known over.known days compare.higher compare.lower rests.own rests.leaf rests.withdrawal"},
	{"half of the usual, either way", []func(*Reading){func(r *Reading) { r.Share, r.PartSame = 0.5, Odds{0.7, 0.7} }},
		"now.one usual.like",
		"now.one usual.like ahead.level day.known over.known days compare.higher compare.unsure rests.own rests.leaf rests.withdrawal"},
	{"half of the usual, surely rougher", []func(*Reading){func(r *Reading) { r.Share, r.PartSame = 0.5, Odds{0.08, 0.1} }},
		"now.one usual.like",
		"now.one usual.like ahead.level day.known over.known days compare.higher compare.higher rests.own rests.leaf rests.withdrawal"},
	{"dips between doses of ongoing use, stopping looks lower", []func(*Reading){func(r *Reading) {
		r.Same.Dip, r.Same.DipsDominate, r.StopSame = band(1, 2.6), true, Odds{0.9, 0.9}
	}},
		"now.one usual.like",
		"now.one usual.like ahead.level day.known over.known days compare.lower dips rests.own rests.leaf rests.withdrawal"},
	{"scores that jump", []func(*Reading){func(r *Reading) { r.Rough = band(1, 8) }},
		"now.wide usual.like",
		"now.wide usual.like ahead.level day.known over.known days compare.higher rests.own rests.leaf rests.withdrawal"},
	{"no steady answer", []func(*Reading){func(r *Reading) { r.Basis = pkpd.Unstable }},
		"now.unstable usual.like",
		"now.unstable usual.like ahead.people rests.people rests.leaf rests.withdrawal"},
	{"the worst day just reaches moderate", []func(*Reading){func(r *Reading) { r.Stop.WorstLevel = band(0.2, 3.5) }},
		"now.one usual.like",
		"now.one usual.like ahead.level day.known over.known days compare.higher rests.own rests.leaf rests.withdrawal"},
	{"the worst day just stays mild", []func(*Reading){func(r *Reading) { r.Stop.WorstLevel, r.Stop.DaysModerate = band(0.2, 3.4), band(0, 0.6) }},
		"now.one usual.like",
		"now.one usual.like ahead.mild day.known over.known compare.higher rests.own rests.leaf rests.withdrawal"},
	{"a coin's throw whether there is anything to come", []func(*Reading){func(r *Reading) { r.Stop.AnyProb = 0.5 }},
		"now.one usual.like",
		"now.one usual.like ahead.level days compare.higher rests.own rests.leaf rests.withdrawal"},
	{"the worst could be any day", []func(*Reading){func(r *Reading) { r.Stop.WorstDay, r.Stop.OverDay = band(1, 9), band(5, 18) }},
		"now.one usual.like",
		"now.one usual.like ahead.level day.unsure over.wide days compare.higher rests.own rests.leaf rests.withdrawal"},
	{"next to none in the blood, but most is a guess", []func(*Reading){quit(6), func(r *Reading) {
		r.Guess = pkpd.Guess{Doses: 20, Of: 28, Now: band(0.9, 1), Weeks: band(0.9, 1)}
		r.Mitragynine, r.SevenOH = band(0, 0.4), band(0, 0.2)
	}},
		"now.one strength.most ask.strength over.known",
		"now.one strength.most ask.strength ahead.level day.known over.known days rests.own rests.leaf rests.withdrawal"},
	{"forgot to log, feels it", []func(*Reading){against8and9, func(r *Reading) { r.UnknownDays, r.Rough = 4, band(6, 9) }},
		"more offer.check_in offer.help now.two usual.like",
		"more offer.check_in offer.help now.two usual.like ahead.level day.known over.known days compare.higher missing rests.own rests.leaf rests.withdrawal"},
}

func (r Reading) after(with []func(*Reading)) Reading {
	for _, f := range with {
		f(&r)
	}
	return r
}

func keys(list []Said) string {
	var out []string
	for _, s := range list {
		out = append(out, strings.TrimPrefix(s.Key, "say."))
	}
	return strings.Join(out, " ")
}

func TestSituations(t *testing.T) {
	if len(situations) < 30 {
		t.Errorf("%d situations, want 30 or more", len(situations))
	}
	said := map[string]bool{}
	for _, s := range situations {
		r := settled().after(s.with)
		if got := keys(Today(&r)); got != s.today {
			t.Errorf("%s\nToday says %s\n     want %s", s.name, got, s.today)
		}
		if got := keys(Body(&r)); got != s.body {
			t.Errorf("%s\nBody says %s\n    want %s", s.name, got, s.body)
		}
		for _, k := range strings.Fields(s.today + " " + s.body) {
			said["say."+k] = true
		}
	}
	for _, s := range Statements {
		if s.Pages != 0 && !said[s.Key] {
			t.Errorf("no situation says %s", s.Key)
		}
	}
}

// Whatever the bands, the rules hold.
func TestRules(t *testing.T) {
	mild := []string{"say.ahead.mild", "say.ahead.people_mild", "say.now.none"}
	rapid.Check(t, func(rt *rapid.T) {
		draw := func(top float64, name string) pkpd.Band {
			a, b := rapid.Float64Range(0, top).Draw(rt, name), rapid.Float64Range(0, top).Draw(rt, name)
			return band(min(a, b), max(a, b))
		}
		r := settled()
		r.Basis = pkpd.Grounds(rapid.IntRange(0, 3).Draw(rt, "basis"))
		r.Rough, r.Stop.WorstLevel, r.Stop.WorstSOWS = draw(10, "rough"), draw(10, "worst"), draw(64, "sows")
		r.Mitragynine, r.SevenOH = draw(3, "mg"), draw(3, "7")
		r.StopSame.Worst = rapid.Float64Range(0, 1).Draw(rt, "odds")
		r.OtherOpioids = rapid.Bool().Draw(rt, "opioids")
		r.LeftOut = rapid.IntRange(0, 2).Draw(rt, "left out")
		r.Guess.Now = draw(1, "guess")
		r.SinceLastH = rapid.Float64Range(0, 100).Draw(rt, "since")
		for _, s := range append(Today(&r), Body(&r)...) {
			level := r.Stop.WorstLevel.High80
			if s.Key == "say.now.none" {
				level = r.Rough.High80
			}
			if s.Key == "say.ahead.people_mild" {
				if level = 0; r.Stop.WorstSOWS.High80 > 10.5 {
					level = 10
				}
			}
			if slices.Contains(mild, s.Key) && level >= 3.5 {
				rt.Fatalf("%s with %+v", s.Key, r)
			}
			if (s.Key == "say.ahead.mild" || s.Key == "say.ahead.people_mild") && (r.OtherOpioids || r.LeftOut > 0) {
				rt.Fatalf("%s, and something is missing", s.Key)
			}
			if strings.HasPrefix(s.Key, "say.compare.") && s.Key != "say.compare.unsure" && r.StopSame.Worst > 0.2 && r.StopSame.Worst < 0.8 {
				rt.Fatalf("%s at odds of %g", s.Key, r.StopSame.Worst)
			}
			if strings.HasPrefix(s.Key, "say.usual.") && (r.Guess.Most() || r.LeftOut > 0) {
				rt.Fatalf("%s, and most is a guess", s.Key)
			}
			if s.Key == "say.level.none" && (r.Mitragynine.High80 > 1.2548 || r.SevenOH.High80 > 1.2064) {
				rt.Fatalf("%s with %+v and %+v", s.Key, r.Mitragynine, r.SevenOH)
			}
			if low, high := argument(s, "low"), argument(s, "high"); low == "say.none" && (high == "say.moderate" || high == "say.severe") {
				rt.Fatalf("%s begins at none and reaches %s", s.Key, high)
			}
		}
	})
}

// argument is the key of a phrase among the arguments.
func argument(s Said, name string) string {
	for i := 0; i+1 < len(s.Args); i += 2 {
		if inner, ok := s.Args[i+1].(Said); ok && s.Args[i] == name {
			return inner.Key
		}
	}
	return ""
}

func TestLimitsHaveSources(t *testing.T) {
	for name, l := range Limits() {
		if l.Value <= 0 || l.Source == "" || pkpd.Grades[l.Grade] == "" {
			t.Errorf("%s: %+v", name, l)
		}
	}
	if pkpd.SeverityOf(Limits()["moderate_from"].Value) != pkpd.Moderate || pkpd.SeverityOf(Limits()["severe_from"].Value) != pkpd.Severe ||
		pkpd.SeverityOf(Limits()["severe_from"].Value-0.01) != pkpd.Moderate || pkpd.SeverityOf(Limits()["moderate_from"].Value-0.01) != pkpd.Mild {
		t.Error("the model's words and the limits are apart")
	}
}
