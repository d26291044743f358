package pkpd

import (
	"math"
	"testing"
)

// Doses of unknown strength are neither zero nor left out: they take part at
// the middle of their kind, and widen the band.
func TestGuessedDosesWiden(t *testing.T) {
	known := typicalHistory()
	known.CheckIns = nil
	guessed := known
	const sd = 0.978 // nine of ten between 10 and 250: log(25)/3.29
	guessed.Products = []Content{{MitragynineLogSD: sd, SevenOHLogSD: sd, ContentGuessed: true}}
	times := []float64{known.NowH, known.NowH + 48}
	a, b := fitted(t, known, 1), fitted(t, guessed, 1)
	fa, fb := bands(t, a, StopNow(), times), bands(t, b, StopNow(), times)
	width := func(b Band) float64 { return math.Log(b.High80 / b.Low80) }
	if wa, wb := width(fa.MitragynineNM[0]), width(fb.MitragynineNM[0]); wb < 1.5*wa {
		t.Errorf("level: log width %.2f, with a guess %.2f", wa, wb)
	}
	if fb.Withdrawal[1].High80 < 0.8*fa.Withdrawal[1].High80 || fb.Withdrawal[1].High80 < 5 {
		t.Errorf("withdrawal %+v, with a guess %+v", fa.Withdrawal[1], fb.Withdrawal[1])
	}
	if a.Guess.Most() || a.Guess.Doses != 0 || a.Guess.Of == 0 {
		t.Errorf("all known: %+v", a.Guess)
	}
	if g := b.Guess; !g.Most() || g.Now.Median < 0.99 || g.Weeks.Median < 0.99 || g.Doses != g.Of {
		t.Errorf("all guessed: %+v", g)
	}
}

// The share that rests on guesses follows what was taken when.
func TestGuessShare(t *testing.T) {
	h := typicalHistory()
	h.CheckIns, h.Before, h.NewToIt = nil, nil, true
	h.Products = append(h.Products, Content{MitragynineLogSD: 1, ContentGuessed: true})
	for i := range h.Intakes { // the last three days, and nothing else
		if h.Intakes[i].AtH > h.NowH-72 {
			h.Intakes[i].Product = 1
		}
	}
	g := fitted(t, h, 1).Guess
	if !(g.Now.Median > 0.6 && g.Weeks.Median > 0.1 && g.Weeks.Median < 0.5 && g.Most()) {
		t.Errorf("three days of two weeks guessed: now %.2f, weeks %.2f", g.Now.Median, g.Weeks.Median)
	}
	for name, q := range map[string]Content{"no spread": {ContentGuessed: true}, "unknown too": {MitragynineLogSD: 1, ContentGuessed: true, ContentUnknown: true}} {
		h.Products[1] = q
		if h.Check() == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
