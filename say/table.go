package say

import (
	"math"
	"slices"

	"github.com/evenkeel/evenkeel/pkpd"
)

// What the conditions share. All but the limits of limits.json are our choice.
const (
	tooWide     = 6.0  // an 80 % band wider than this on 0..10 says nothing of a level
	sureOdds    = 0.8  // a comparison less sure than this is not made
	likely      = 0.6  // what is less likely is not spoken of as coming
	dayKnown    = 3.0  // days: a wider 80 % band names no day
	stillComing = 6.0  // hours: what was taken since may be on its way into the blood
	overKnown   = 10.0 // days: a wider one is given as two ends, not as a most likely span
)

func moderate() float64 { return Limits()["moderate_from"].Value }

// Statements is the table of what may be said.
var Statements = slices.Concat(wordsFirst, present, future, compared, grounds)

// wordsFirst: what the person wrote, and what danger they named.
var wordsFirst = []Statement{
	{"say.more", "contradiction", OnToday | OnBody, "scores of the last two days are more than the doses explain: one-sided p below 0.025, and a point or more",
		func(r *Reading) bool { return against(r, true) && len(r.Contradiction.Scores) > 0 }, contradicted},
	{"say.more_symptoms", "contradiction", OnToday | OnBody, "the same, with symptoms only",
		func(r *Reading) bool { return against(r, true) }, contradicted},
	{"say.less", "contradiction", OnToday | OnBody, "scores of the last two days are less than the doses explain, likewise",
		func(r *Reading) bool { return against(r, false) && len(r.Contradiction.Scores) > 0 }, contradicted},
	{"say.less_symptoms", "contradiction", OnToday | OnBody, "the same, with symptoms only",
		func(r *Reading) bool { return against(r, false) }, contradicted},
	{"say.offer.check_in", "offer check-in", OnToday | OnBody, "with any of the above", func(r *Reading) bool { return r.Contradiction != nil }, nil},
	{"say.offer.strength", "offer strength", OnToday | OnBody, "with any of the above, and doses of unknown strength",
		func(r *Reading) bool { return r.Contradiction != nil && r.Guess.Doses > 0 && !r.Guess.Most() }, nil},
	{"say.offer.help", "offer help", OnToday | OnBody, "more than the doses explain", func(r *Reading) bool { return against(r, true) }, nil},
	{"say.opioids", "opioids", OnToday | OnBody, "another opioid was logged in the last week", func(r *Reading) bool { return r.OtherOpioids }, nil},
}

// present: how it is now, and what is in the body.
var present = []Statement{
	{"say.now.unstable", "now", OnToday | OnBody, "check-ins that the model found no steady answer in", func(r *Reading) bool { return r.Basis == pkpd.Unstable }, nil},
	{"say.now.no_check_in", "now", OnToday | OnBody, "no check-in", func(r *Reading) bool { return !r.fitted() }, nil},
	{"say.now.wide", "now", OnToday | OnBody, "80 % band of what is felt now wider than 6 of 10", func(r *Reading) bool { return span(r.Rough) > tooWide }, levelNow},
	{"say.now.none", "now", OnToday | OnBody, "80 % band of what is felt now ends below half a point", func(r *Reading) bool { return pkpd.SeverityOf(r.Rough.High80) == pkpd.None }, nil},
	{"say.now.one", "now", OnToday | OnBody, "both ends of the 80 % band have the same word", func(r *Reading) bool { return pkpd.SeverityOf(r.Rough.Low80) == pkpd.SeverityOf(r.Rough.High80) }, levelNow},
	{"say.now.two", "now", OnToday | OnBody, "they have not", func(*Reading) bool { return true }, levelNow},
	{"say.symptoms", "symptoms", OnBody, "the person answers the list of symptoms", func(r *Reading) bool { return r.fitted() && r.Symptoms != nil },
		func(r *Reading) []any { return []any{"range", between(*r.Symptoms)} }},
	{"say.strength.most", "strength", OnToday | OnBody, "more than half of what acts on the body, now or over two weeks, comes from doses of unknown strength: no curve of level is drawn",
		func(r *Reading) bool { return r.Guess.Most() }, func(r *Reading) []any { return []any{"n", r.Guess.Doses, "of", r.Guess.Of} }},
	{"say.strength.some", "strength", OnBody, "some doses are of unknown strength", func(r *Reading) bool { return r.Guess.Doses > 0 },
		func(r *Reading) []any { return []any{"n", r.Guess.Doses, "of", r.Guess.Of} }},
	{"say.ask.strength", "ask", OnToday | OnBody, "with the first of these", func(r *Reading) bool { return r.Guess.Most() }, nil},
	{"say.left_out", "left out", OnToday | OnBody, "doses of which not even the kind is known", func(r *Reading) bool { return r.LeftOut > 0 }, func(r *Reading) []any { return []any{"n", r.LeftOut} }},
	{"say.level.none", "level", OnBody, "80 % bands of both substances in blood end below what a laboratory can measure, nothing was taken for six hours, and nothing is missing",
		func(r *Reading) bool {
			return r.SinceLastH >= stillComing && r.clear() && !r.Guess.Most() && r.unmeasurable() && r.Mitragynine.High95+r.SevenOH.High95 > 0
		}, nil},
	{"say.usual.guess", "usual", 0, "most is a guess, or doses are left out: no comparison, and the question above it; nor where usual and now are both next to none", func(r *Reading) bool {
		return r.Guess.Most() || r.LeftOut > 0 || r.nothing() || r.unmeasurable() && r.Standing == pkpd.LikeUsual
	}, nil},
	{"say.usual.few", "usual", OnBody, "fewer than three earlier days are known", func(r *Reading) bool { return r.UsualDays < 3 }, nil},
	{"say.usual.higher", "usual", OnToday | OnBody, "more than a tenth above the usual of this hour in 6 of 10 draws or more", func(r *Reading) bool { return r.Standing == pkpd.Higher }, nil},
	{"say.usual.lower", "usual", OnToday | OnBody, "more than a tenth below, likewise", func(r *Reading) bool { return r.Standing == pkpd.Lower }, nil},
	{"say.usual.like", "usual", OnToday | OnBody, "within a tenth, likewise", func(r *Reading) bool { return r.Standing == pkpd.LikeUsual }, nil},
	{"say.usual.unsure", "usual", OnBody, "none of these in 6 of 10 draws", func(*Reading) bool { return true }, nil},
}

// future: what taking nothing more would bring.
var future = []Statement{
	{"say.ahead.nothing", "ahead", 0, "nothing was taken that the model could speak of", func(r *Reading) bool { return r.nothing() && !r.fitted() }, nil},
	{"say.ahead.missing", "ahead", OnBody, "doses are left out or another opioid was logged, and the band does not reach moderate: what is missing could",
		func(r *Reading) bool {
			return !r.clear() && (r.fitted() && r.Stop.WorstLevel.High80 < moderate() || !r.fitted() && pkpd.SeverityOfSOWS(r.Stop.WorstSOWS.High80) < pkpd.Moderate)
		}, why},
	{"say.ahead.people_mild", "ahead", OnBody, "no check-in, and the 80 % band of the worst day by the doses ends below moderate on the published scale",
		func(r *Reading) bool {
			return !r.fitted() && pkpd.SeverityOfSOWS(r.Stop.WorstSOWS.High80) < pkpd.Moderate
		}, nil},
	{"say.ahead.people_one", "ahead", OnBody, "no check-in, both ends have the same word", func(r *Reading) bool {
		return !r.fitted() && pkpd.SeverityOfSOWS(r.Stop.WorstSOWS.Low80) == pkpd.SeverityOfSOWS(r.Stop.WorstSOWS.High80)
	}, people},
	{"say.ahead.people", "ahead", OnBody, "no check-in otherwise", func(r *Reading) bool { return !r.fitted() }, people},
	{"say.ahead.wide", "ahead", OnBody, "80 % band of the worst day wider than 6 of 10", func(r *Reading) bool { return span(r.Stop.WorstLevel) > tooWide },
		func(r *Reading) []any { return append(worst(r), why(r)...) }},
	{"say.ahead.easing", "ahead", OnTodayWithout | OnBody, "a day or more without, at moderate or more now, and the 80 % band of which day is the worst ends with today",
		func(r *Reading) bool {
			return r.stopped() && r.Stop.WorstDay.High80 < 1 && r.Rough.High80 >= moderate()
		}, worst},
	{"say.ahead.mild", "ahead", OnBody, "80 % band of the worst day ends below moderate, and nothing is missing", func(r *Reading) bool { return r.Stop.WorstLevel.High80 < moderate() }, worst},
	{"say.ahead.one", "ahead", OnBody, "both ends have the same word", func(r *Reading) bool {
		return pkpd.SeverityOf(r.Stop.WorstLevel.Low80) == pkpd.SeverityOf(r.Stop.WorstLevel.High80)
	}, worst},
	{"say.ahead.level", "ahead", OnBody, "they have not", func(*Reading) bool { return true }, worst},
	{"say.day.none", "day", 0, "nothing to speak of is likely, or the worst is today or the level says nothing", func(r *Reading) bool {
		return !r.fitted() || r.Stop.AnyProb < likely || r.Stop.WorstDay.High80 < 1 || span(r.Stop.WorstLevel) > tooWide
	}, nil},
	{"say.day.today", "day", OnBody, "80 % band of which day is the worst at most three days wide, and today in it", func(r *Reading) bool {
		return span(r.Stop.WorstDay) <= dayKnown && math.Round(r.Stop.WorstDay.Low80) < 1
	}, func(r *Reading) []any { return []any{"n", math.Round(r.Stop.WorstDay.High80)} }},
	{"say.day.tomorrow", "day", OnBody, "80 % band of which day is the worst in tomorrow", func(r *Reading) bool { return math.Round(r.Stop.WorstDay.High80) <= 1 }, nil},
	{"say.day.known", "day", OnBody, "80 % band of which day is the worst at most three days wide", func(r *Reading) bool { return span(r.Stop.WorstDay) <= dayKnown },
		func(r *Reading) []any { return []any{"range", between(r.Stop.WorstDay)} }},
	{"say.day.unsure", "day", OnBody, "wider", func(*Reading) bool { return true }, nil},
	{"say.over.none", "over", 0, "nothing to speak of is likely", func(r *Reading) bool { return !r.fitted() || r.Stop.AnyProb < likely }, nil},
	{"say.over.long", "over", OnTodayWithout | OnBody, "80 % band of the end reaches the end of the forecast", func(r *Reading) bool { return r.Stop.OverDay.High80 >= float64(r.Stop.Days) },
		func(r *Reading) []any {
			return []any{"if", supposing(r), "low", math.Max(1, math.Round(r.Stop.OverDay.Low80)), "n", r.Stop.Days}
		}},
	{"say.over.outlasted", "over", OnTodayWithout | OnBody, "80 % band of the days at moderate or more ends more than a day after that of the end: what is felt may stay when the doses' part is gone",
		func(r *Reading) bool { return r.Stop.DaysModerate.High80 > r.Stop.OverDay.High80+1 }, nil},
	{"say.over.known", "over", OnTodayWithout | OnBody, "80 % band of the end at most ten days wide", func(r *Reading) bool { return span(r.Stop.OverDay) <= overKnown },
		func(r *Reading) []any { return []any{"if", supposing(r), "range", between(r.Stop.OverDay)} }},
	{"say.over.wide", "over", OnTodayWithout | OnBody, "wider", func(*Reading) bool { return true },
		func(r *Reading) []any {
			return []any{"if", supposing(r), "low", math.Max(1, math.Round(r.Stop.OverDay.Low80)), "high", math.Round(r.Stop.OverDay.High80)}
		}},
	{"say.days", "days", OnBody, "80 % band of the days at moderate or more reaches a day", func(r *Reading) bool { return r.fitted() && r.Stop.DaysModerate.High80 >= 1 },
		func(r *Reading) []any { return []any{"range", between(r.Stop.DaysModerate), "n", r.Stop.Days} }},
}

// compared: regimens side by side.
var compared = slices.Concat(
	pair("stop", func(r *Reading) bool { return true }, func(r *Reading) (Said, float64) { return word("plan.stop"), r.StopSame.Worst }),
	pair("part", func(r *Reading) bool { return r.Share > 0 && r.Share < 1 }, func(r *Reading) (Said, float64) {
		return word("plan.part", "percent", math.Round(100*r.Share)), r.PartSame.Worst
	}),
	[]Statement{{"say.dips", "dips", OnBody, "going on as now swings a point or more within a day, and more than it lasts",
		func(r *Reading) bool { return r.fitted() && !r.stopped() && r.Same.DipsDominate },
		func(r *Reading) []any { return []any{"range", between(r.Same.Dip)} }}},
)

// pair are the three rows that compare the worst day of a regimen with going on.
func pair(name string, asked func(*Reading) bool, of func(*Reading) (Said, float64)) []Statement {
	group := "compare " + name
	may := func(r *Reading) bool { return asked(r) && r.fitted() && !r.stopped() && !r.nothing() }
	args := func(r *Reading) []any {
		a, p := of(r)
		return []any{"a", a, "b", word("plan.same"), "n", math.Floor(10 * math.Max(p, 1-p))}
	}
	odds := func(r *Reading) float64 { _, p := of(r); return p }
	return []Statement{
		{"say.compare.lower", group, OnBody, name + ": the lower worst day than going on in 8 of 10 draws or more", func(r *Reading) bool { return may(r) && r.clear() && odds(r) >= sureOdds }, args},
		{"say.compare.higher", group, OnBody, name + ": the higher one, likewise", func(r *Reading) bool { return may(r) && odds(r) <= 1-sureOdds }, args},
		{"say.compare.unsure", group, OnBody, name + ": neither", may, func(r *Reading) []any { return append(args(r)[:4], why(r)...) }},
	}
}

// grounds: what is missing, and what it all rests on.
var grounds = []Statement{
	{"say.missing", "missing", OnBody, "days without entries in the last fourteen", func(r *Reading) bool { return r.UnknownDays > 0 }, func(r *Reading) []any { return []any{"n", r.UnknownDays} }},
	{"say.rests.own", "rests", OnBody, "check-ins shaped it", func(r *Reading) bool { return r.fitted() }, func(r *Reading) []any { return []any{"n", r.CheckIns} }},
	{"say.rests.people", "rests", OnBody, "none did", func(*Reading) bool { return true }, nil},
	{"say.rests.seven_oh", "rests level", OnBody, "7-OH was taken as such", func(r *Reading) bool { return r.SevenOHTaken }, nil},
	{"say.rests.leaf", "rests level", OnBody, "doses, none of them 7-OH as such", func(r *Reading) bool { return r.Doses > 0 }, nil},
	{"say.rests.withdrawal", "rests withdrawal", OnBody, "doses", func(r *Reading) bool { return r.Doses > 0 }, nil},
}

func against(r *Reading, more bool) bool {
	return r.Contradiction != nil && r.Contradiction.More == more
}

func contradicted(r *Reading) []any {
	c := r.Contradiction
	args := []any{"range", between(c.Expected)}
	if n := len(c.Scores); n > 0 {
		list := word("score", "n", c.Scores[0])
		for i, v := range c.Scores[1:] {
			joint := "and"
			if i < n-2 {
				joint = "comma"
			}
			list = word(joint, "a", list, "b", v)
		}
		args = append(args, "scores", list)
	}
	return args
}

func levelNow(r *Reading) []any {
	return []any{"low", from(pkpd.SeverityOf(r.Rough.Low80), pkpd.SeverityOf(r.Rough.High80)), "high", severity(r.Rough.High80), "range", between(r.Rough)}
}

// worst are the words and figures of the worst day, and what it supposes.
func worst(r *Reading) []any {
	b := r.Stop.WorstLevel
	return []any{"if", supposing(r), "low", from(pkpd.SeverityOf(b.Low80), pkpd.SeverityOf(b.High80)), "high", severity(b.High80), "range", between(b)}
}

func people(r *Reading) []any {
	b := r.Stop.WorstSOWS
	return []any{"if", supposing(r), "low", from(pkpd.SeverityOfSOWS(b.Low80), pkpd.SeverityOfSOWS(b.High80)), "high", severitySOWS(b.High80)}
}

// supposing is "if you stopped now" or "if you take nothing more".
func supposing(r *Reading) Said {
	if r.stopped() {
		return word("if.on")
	}
	return word("if.stop")
}

// why is the main reason why it is uncertain.
func why(r *Reading) []any {
	reason := "bodies"
	switch {
	case r.OtherOpioids:
		reason = "opioids"
	case r.LeftOut > 0:
		reason = "left_out"
	case r.Guess.Most():
		reason = "strength"
	case r.CheckIns < 5:
		reason = "few"
	case r.UnknownDays > 3:
		reason = "missing"
	}
	return []any{"why", word("why." + reason)}
}
