package chart

import (
	"encoding/json"
	"math"
	"time"
)

// Probe reads a picture out wherever a finger, a pointer or the keyboard goes.
// Without scripts the moment it begins with is read out, and the table says the
// rest.
type Probe struct {
	// Label names it to a screen reader.
	Label   string
	Moments []Moment
	// Start is the place in Moments of the one that is read out at first.
	Start int
}

// Moment is what is read out of one place.
type Moment struct {
	At    time.Time
	Value float64
	Text  string
}

// Readout is what is read out at first.
func (p *Probe) Readout() string {
	if p == nil || len(p.Moments) == 0 {
		return ""
	}
	return p.Moments[p.Start].Text
}

// readable is the places and words of a probe for the script: shares of the
// width and height in thousandths, and the text.
func (p *Plot) readable() string {
	list := make([][3]any, len(p.Probe.Moments))
	for i, m := range p.Probe.Moments {
		list[i] = [3]any{thousandth(p.X.Along(m.At)), thousandth(1 - p.Y.Up(m.Value)), m.Text}
	}
	text, err := json.Marshal(list)
	if err != nil {
		return "[]" // numbers and strings always can be written
	}
	return string(text)
}

func thousandth(share float64) int { return int(math.Round(1000 * share)) }
