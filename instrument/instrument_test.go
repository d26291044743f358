package instrument

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Every file is as the format wants it, in every language.
func TestTheShippedInstruments(t *testing.T) {
	if len(All()) < 13 {
		t.Fatalf("only %d instruments", len(All()))
	}
	for _, in := range All() {
		words := map[string]*Words{}
		for language, list := range all().words {
			words[language] = list[in.ID]
		}
		if len(words) < 2 {
			t.Errorf("%s has %d languages", in.ID, len(words))
		}
		if err := in.verify(words); err != nil {
			t.Error(err)
		}
	}
	for language, list := range all().words {
		for id := range list {
			if _, ok := Find(id); !ok {
				t.Errorf("words/%s/%s.json belongs to no instrument", language, id)
			}
		}
	}
}

// with answers every item with one value where it has it, its lowest elsewhere.
func with(in *Instrument, value int, changes Answers) Answers {
	a := Answers{}
	for _, i := range in.Items {
		a[i.ID] = in.lowest(i)
		if slices.Contains(in.Values(i), value) {
			a[i.ID] = value
		}
	}
	for id, v := range changes {
		if v < 0 {
			delete(a, id)
		} else {
			a[id] = v
		}
	}
	in.Prune(a)
	return a
}

// The published rules of each instrument, reckoned by hand. A negative answer
// leaves the item out.
func TestScores(t *testing.T) {
	for _, c := range []struct {
		name, id, score string
		all             int
		changes         Answers
		known           bool
		value           float64
		band            string
	}{
		{"nothing at all", "phq9", "total", 0, nil, true, 0, "minimal"},
		{"top of minimal", "phq9", "total", 0, Answers{"1": 3, "2": 1}, true, 4, "minimal"},
		{"mild begins at 5", "phq9", "total", 0, Answers{"1": 3, "2": 2}, true, 5, "mild"},
		{"moderate begins at 10", "phq9", "total", 1, Answers{"1": 2}, true, 10, "moderate"},
		{"15", "phq9", "total", 2, Answers{"1": 0, "2": 1}, true, 15, "moderately_severe"},
		{"20", "phq9", "total", 2, Answers{"1": 3, "2": 3}, true, 20, "severe"},
		{"the most", "phq9", "total", 3, nil, true, 27, "severe"},
		{"difficulty does not count", "phq9", "total", 0, Answers{"difficulty": 3}, true, 0, "minimal"},
		{"difficulty may be left out", "phq9", "total", 3, Answers{"difficulty": -1}, true, 27, "severe"},
		{"one left out: no total", "phq9", "total", 3, Answers{"4": -1}, false, 0, ""},

		{"9 is mild", "gad7", "total", 1, Answers{"1": 3}, true, 9, "mild"},
		{"14 is moderate", "gad7", "total", 2, nil, true, 14, "moderate"},
		{"15 is severe", "gad7", "total", 2, Answers{"1": 3}, true, 15, "severe"},

		{"exposure no ends it at 0", "pcptsd5", "total", 0, nil, true, 0, "below"},
		{"exposure left out", "pcptsd5", "total", 0, Answers{"exposure": -1}, false, 0, ""},
		{"exposure alone scores nothing", "pcptsd5", "total", 0, Answers{"exposure": 1, "1": 0, "2": 0, "3": 0, "4": 0, "5": 0}, true, 0, "below"},
		{"three", "pcptsd5", "total", 1, Answers{"1": 0, "2": 0}, true, 3, "three"},
		{"four", "pcptsd5", "total", 1, Answers{"1": 0}, true, 4, "four"},

		{"a mean, not a sum", "peg", "mean", 0, Answers{"pain": 7, "enjoyment": 5, "activity": 3}, true, 5, ""},
		{"a mean with thirds", "peg", "mean", 0, Answers{"pain": 10, "enjoyment": 10, "activity": 0}, true, 20.0 / 3, ""},

		{"lowest is ten", "barc10", "total", 1, nil, true, 10, "below"},
		{"46", "barc10", "total", 5, Answers{"1": 1}, true, 46, "below"},
		{"47", "barc10", "total", 5, Answers{"1": 2}, true, 47, "reached"},

		{"item 5 has other words, same points", "sds", "total", 0, Answers{"5": 3}, true, 3, ""},
		{"15", "sds", "total", 3, nil, true, 15, ""},

		{"below mild", "cows", "total", 0, Answers{"pulse": 4}, true, 4, "below"},
		{"mild", "cows", "total", 0, Answers{"gooseflesh": 5}, true, 5, "mild"},
		{"13", "cows", "total", 0, Answers{"gooseflesh": 5, "gut": 5, "restlessness": 3}, true, 13, "moderate"},
		{"48 is the most", "cows", "total", 0, Answers{"pulse": 4, "sweating": 4, "restlessness": 5, "pupils": 5, "aches": 4, "nose": 4, "gut": 5, "tremor": 4, "yawning": 4, "anxiety": 4, "gooseflesh": 5}, true, 48, "severe"},

		{"no alcohol, so no heavy days to ask for", "bam", "use", 0, Answers{"6": 3}, true, 3, ""},
		{"use", "bam", "use", 0, Answers{"4": 2, "5": 1, "6": 4}, true, 7, ""},
		{"risk has no item 7", "bam", "risk", 0, Answers{"7H": 4, "1": 4, "15": 1}, true, 5, ""},
		{"income counts four", "bam", "protective", 0, Answers{"14": 4, "9": 2}, true, 6, ""},
		{"protective without income is unknown", "bam", "protective", 0, Answers{"14": -1}, false, 0, ""},

		{"eleven", "pattern", "count", 1, Answers{"supervised": 0}, true, 11, "most"},
		{"watched over: tolerance and withdrawal are left out", "pattern", "count", 1, nil, true, 9, "most"},
		{"watched over, and only those two", "pattern", "count", 0, Answers{"supervised": 1, "tolerance": 1, "withdrawal": 1}, true, 0, "few"},
		{"not watched over, those two", "pattern", "count", 0, Answers{"tolerance": 1, "withdrawal": 1}, true, 2, "some"},
		{"whether watched over is unknown", "pattern", "count", 0, Answers{"supervised": -1}, false, 0, ""},

		{"any answer but never, in one form of the drinks", "taps1", "positive", 0, Answers{"which": 1, "drinks4": 1, "drugs": 4}, true, 2, ""},
		{"twelve signs", "withdrawal", "total", 4, nil, true, 48, ""},
		{"six signs", "signs", "count", 1, nil, true, 6, ""},
		{"sleep", "sleep", "total", 7, nil, true, 7, ""},
	} {
		t.Run(c.id+" "+c.name, func(t *testing.T) {
			in, ok := Find(c.id)
			if !ok {
				t.Fatal("no such instrument")
			}
			a := with(in, c.all, c.changes)
			if err := in.Check(a); err != nil {
				t.Fatal(err)
			}
			scores := in.Score(a)
			at := slices.IndexFunc(scores, func(s Score) bool { return s.ID == c.score })
			got := scores[at]
			if got.Known != c.known || got.Value != c.value || got.Band != c.band {
				t.Errorf("%+v, want known %t, %g, %q", got, c.known, c.value, c.band)
			}
		})
	}
}

func TestWhatCannotBeAnswered(t *testing.T) {
	for _, c := range []struct {
		id     string
		a      Answers
		reason error
	}{
		{"cows", Answers{"pulse": 3}, ErrNoValue},
		{"cows", Answers{"gooseflesh": 4}, ErrNoValue},
		{"cows", Answers{"pulse": 4}, nil},
		{"phq9", Answers{"1": 4}, ErrNoValue},
		{"phq9", Answers{"1": -1}, ErrNoValue},
		{"phq9", Answers{"10": 1}, ErrNoItem},
		{"bam", Answers{"14": 1}, ErrNoValue},
		{"bam", Answers{"4": 0, "5": 1}, ErrShut},
		{"pcptsd5", Answers{"1": 1}, ErrShut},
		{"taps1", Answers{"which": 1, "drinks5": 1}, ErrShut},
		{"barc10", Answers{"1": 0}, ErrNoValue},
	} {
		in, _ := Find(c.id)
		err := in.Check(c.a)
		var at *AnswerError
		if !errors.Is(err, c.reason) || c.reason != nil && !errors.As(err, &at) {
			t.Errorf("%s %v: %v, want %v", c.id, c.a, err, c.reason)
		}
	}
}

// The ninth question leads to help by any answer but the first, whatever else
// was said or left out.
func TestDangerDoesNotWaitForAScore(t *testing.T) {
	phq9, _ := Find("phq9")
	for v, want := range [][]string{nil, {"self_harm"}, {"self_harm"}, {"self_harm"}} {
		if got := phq9.Dangers(Answers{"9": v}); !slices.Equal(got, want) {
			t.Errorf("answer %d: %v, want %v", v, got, want)
		}
	}
	if got := phq9.Dangers(Answers{"1": 3, "2": 3}); got != nil {
		t.Errorf("without the ninth: %v", got)
	}
}

func TestChange(t *testing.T) {
	known := func(v float64) Score { return Score{Known: true, Value: v} }
	gad7, _ := Find("gad7")
	peg, _ := Find("peg")
	phq9, _ := Find("phq9")
	for _, c := range []struct {
		s           *Scoring
		before, now Score
		want        Changed
	}{
		{&gad7.Scores[0], known(12), known(9), Unchanged},
		{&gad7.Scores[0], known(12), known(8), Lighter},
		{&gad7.Scores[0], known(8), known(12), Heavier},
		{&gad7.Scores[0], Score{}, known(12), Unclear},
		{&peg.Scores[0], known(5), known(3.5), Lighter},
		{&peg.Scores[0], known(5), known(4), Unchanged},
		{&peg.Scores[0], known(0), known(3), Unclear},
		{&phq9.Scores[0], known(20), known(2), Unclear},
	} {
		if got := c.s.Changed(c.before, c.now); got != c.want {
			t.Errorf("%s %g to %g: %v, want %v", c.s.ID, c.before.Value, c.now.Value, got, c.want)
		}
	}
}

// Nothing comes more often than the time it asks about, and what stays the
// same comes less often.
func TestSchedule(t *testing.T) {
	for _, in := range All() {
		if in.Due(0) || in.RecallDays > 0 && in.Due(in.RecallDays-1) {
			t.Errorf("%s is due within its own window", in.ID)
		}
		if n := in.NextDays(true); n < in.EveryDays || in.EveryDays == 0 && n != 0 {
			t.Errorf("%s comes sooner when it is stable: %d", in.ID, n)
		}
	}
	phq9, _ := Find("phq9")
	if phq9.Due(27) || !phq9.Due(28) || phq9.NextDays(true) != 56 {
		t.Errorf("PHQ-9: %t %t %d", phq9.Due(27), phq9.Due(28), phq9.NextDays(true))
	}
}

func draw(t *rapid.T, in *Instrument) Answers {
	a := Answers{}
	for _, i := range in.Items {
		if rapid.Bool().Draw(t, "answered "+i.ID) {
			a[i.ID] = rapid.SampledFrom(in.Values(i)).Draw(t, i.ID)
		}
	}
	in.Prune(a)
	return a
}

// For any answers: a score that is known lies within its ends and in a band,
// and one that is not names what is missing.
func TestScoresHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.SampledFrom(All()).Draw(t, "instrument")
		a := draw(t, in)
		if err := in.Check(a); err != nil {
			t.Fatal(err)
		}
		for n, s := range in.Score(a) {
			rule := in.Scores[n]
			if !s.Known {
				if len(s.Missing) == 0 || s.Band != "" || s.Value != 0 {
					t.Fatalf("unknown, and says %+v", s)
				}
				continue
			}
			if s.Value < float64(rule.Low) && rule.Gate == nil || s.Value > float64(rule.High) {
				t.Fatalf("%g is not within %d to %d", s.Value, rule.Low, rule.High)
			}
			if rule.Bands != nil && rule.How != "mean" && s.Band == "" {
				t.Fatalf("%g has no band", s.Value)
			}
		}
	})
}
