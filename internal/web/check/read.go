package check

import (
	"strings"

	"github.com/evenkeel/evenkeel/evidence"
	"github.com/evenkeel/evenkeel/evidence/check"
	"github.com/evenkeel/evenkeel/internal/web/kit"
)

// reading is a report as the page shows it.
type reading struct {
	*check.Report
	// text is the text with its claims marked; nil where only the sentences are
	// shown, as of a web page.
	text []piece
	// rest are the sentences with a claim that do not stand first.
	rest []int
	cut  bool
}

// piece is a run of the text; n is the sentence that it is, -1 for none.
type piece struct {
	text string
	n    int
}

// mostMarked is how much of a text is given back, in bytes: further on, only the
// sentences are.
const mostMarked = 200 << 10

func read(r *check.Report, text []byte) *reading {
	p := &reading{Report: r}
	first := map[int]bool{}
	for _, i := range r.Summary.First {
		first[i] = true
	}
	for i := range r.Sentences {
		if !first[i] && len(r.Sentences[i].Claims) > 0 {
			p.rest = append(p.rest, i)
		}
	}
	if r.Summary.Kind == "html" {
		return p
	}
	at, end := 0, min(len(text), mostMarked)
	p.cut = end < len(text)
	for i, s := range r.Sentences {
		if len(s.Claims) == 0 || s.Start < at || s.End > end {
			continue
		}
		p.add(text[at:s.Start], -1)
		p.add(text[s.Start:s.End], i)
		at = s.End
	}
	p.add(text[at:end], -1)
	return p
}

func (p *reading) add(b []byte, n int) {
	if len(b) > 0 {
		p.text = append(p.text, piece{strings.ToValidUTF8(string(b), "\uFFFD"), n})
	}
}

func question(v *kit.View, id string) string {
	c, _ := evidence.ByID(id)
	return c.Text(v.Tag()).Question
}

func answerOf(v *kit.View, id string) string {
	c, _ := evidence.ByID(id)
	return c.Text(v.Tag()).Answer
}

func said(v *kit.View, c *check.Claim) string {
	return v.T("check.reading."+string(c.Reading()), "stance", v.T("check.stance."+string(c.Stance)), "verdict", v.T("check.verdict."+c.Verdict))
}

func why(v *kit.View, c *check.Claim) string {
	var cues []string
	for _, cue := range c.Why.Cues {
		cues = append(cues, v.T("check.cue."+cue.Kind))
	}
	if len(cues) == 0 {
		cues = []string{v.T("check.cue.none")}
	}
	return v.T("check.why", "rule", c.Why.Rule, "cues", strings.Join(cues, ", "))
}
