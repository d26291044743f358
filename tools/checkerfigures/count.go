package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/evenkeel/evenkeel/evidence"
	"github.com/evenkeel/evenkeel/evidence/check"
	"github.com/evenkeel/evenkeel/evidence/check/stance"
)

// tally is found and right of what was looked for.
type tally struct{ found, labelled, right int }

func share(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// figures is what a part of the set says of the checker.
type figures struct {
	sentences int
	all       tally                     // labels matched, whatever the stance
	verdict   map[string]tally          // the same by the verdict of the claim
	style     map[string]tally          // the same by the style of the sentence
	stanced   map[string]tally          // labels matched with their stance, by stance
	confusion map[string]map[string]int // of matched labels: labelled stance, found stance
	quiet     int                       // sentences without a label
	quietHit  int                       // those of them in which a claim was found
	worse     int                       // sentences that side with a contradicted claim and are said to hold
	health    tally                     // sentences about health that no claim is for
	pattern   tally                     // right of those found by a pattern
	like      tally                     // right of those found by likeness
	sure      map[float64]tally         // right by confidence
}

// measure runs the checker over sentences, each alone. Each mistake goes to
// mistakes, if that is not nil.
func measure(list []sentence, mistakes io.Writer) figures {
	f := figures{sentences: len(list), verdict: map[string]tally{}, style: map[string]tally{}, stanced: map[string]tally{}, confusion: map[string]map[string]int{}, sure: map[float64]tally{}}
	for _, s := range list {
		f.add(s, mistakes)
	}
	return f
}

func (f *figures) add(s sentence, mistakes io.Writer) {
	r := check.Text(s.Text, "en")
	var found []check.Claim
	for _, x := range r.Sentences {
		for _, c := range x.Claims {
			if !slices.ContainsFunc(found, func(k check.Claim) bool { return k.ID == c.ID }) {
				found = append(found, c)
			}
		}
	}
	if len(s.Labels) == 0 {
		f.quiet++
		if len(found) > 0 {
			f.quietHit++
		}
		count(&f.health, len(r.Unmatched) > 0, s.Health)
		if s.Health {
			f.health.labelled++
		}
		if s.Health != (len(r.Unmatched) > 0) && len(found) == 0 {
			say(mistakes, "health   %v, said %v: %s", s.Health, len(r.Unmatched) > 0, s.Text)
		}
	}
	for _, c := range found {
		i := slices.IndexFunc(s.Labels, func(l label) bool { return l.ID == c.ID })
		hit := i >= 0
		v := c.Verdict
		f.note(v, s.Style, hit)
		t := f.sure[c.Confidence]
		count(&t, true, hit)
		f.sure[c.Confidence] = t
		kind := &f.pattern
		if c.Why.Like {
			kind = &f.like
		}
		count(kind, true, hit)
		stanceFound := f.stanced[string(c.Stance)]
		stanceFound.found++
		if hit && s.Labels[i].Stance == string(c.Stance) {
			stanceFound.right++
		}
		f.stanced[string(c.Stance)] = stanceFound
		if !hit {
			say(mistakes, "wrong    %s %s by %q: %s", c.ID, c.Stance, c.Why.Rule, s.Text)
			continue
		}
		want := s.Labels[i].Stance
		if f.confusion[want] == nil {
			f.confusion[want] = map[string]int{}
		}
		f.confusion[want][string(c.Stance)]++
		if want != string(c.Stance) {
			say(mistakes, "stance   %s is %s, said %s by %q %v: %s", c.ID, want, c.Stance, c.Why.Rule, c.Why.Cues, s.Text)
		}
	}
	f.missed(s, found, mistakes)
}

// missed counts labels, those that were not found, and whether a sentence that
// sides with a contradicted claim is said to hold.
func (f *figures) missed(s sentence, found []check.Claim, mistakes io.Writer) {
	for _, l := range s.Labels {
		known, _ := evidence.ByID(l.ID)
		f.labelled(string(known.Verdict), s.Style, l.Stance)
		i := slices.IndexFunc(found, func(c check.Claim) bool { return c.ID == l.ID })
		if i < 0 {
			say(mistakes, "missed   %s %s: %s", l.ID, l.Stance, s.Text)
		}
		false1 := known.Verdict == evidence.Contradicted && l.Stance == string(stance.Asserts)
		if false1 && slices.ContainsFunc(found, func(c check.Claim) bool {
			return c.Reading() == check.Holds && !slices.ContainsFunc(s.Labels, func(k label) bool { return k.ID == c.ID && k.ID != l.ID })
		}) {
			f.worse++
			say(mistakes, "WORSE    %s %s is said to hold: %s", l.ID, l.Stance, s.Text)
		}
	}
}

func (f *figures) labelled(verdict, style, st string) {
	f.all.labelled++
	for m, k := range map[*map[string]tally]string{&f.verdict: verdict, &f.style: style, &f.stanced: st} {
		t := (*m)[k]
		t.labelled++
		(*m)[k] = t
	}
}

func (f *figures) note(verdict, style string, hit bool) {
	count(&f.all, true, hit)
	for m, k := range map[*map[string]tally]string{&f.verdict: verdict, &f.style: style} {
		t := (*m)[k]
		t.found++
		if hit {
			t.right++
		}
		(*m)[k] = t
	}
}

// count adds one that was found, or not, and was to be, or not.
func count(t *tally, found, right bool) {
	if found {
		t.found++
	}
	if found && right {
		t.right++
	}
}

func say(w io.Writer, format string, args ...any) {
	if w != nil {
		fmt.Fprintf(w, format+"\n", args...)
	}
}
