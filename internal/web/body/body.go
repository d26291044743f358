package body

import (
	"math"
	"net/http"
	"strconv"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/reading"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

// outlookPage is the Body page.
type outlookPage struct {
	outlook.Body
	ahead     aheadPart
	tolerance toleranceChart
	weakest   *reading.Weakest
}

// aheadPart is what a what-if brings: all that changes with the slider.
type aheadPart struct {
	outlook.Ahead
	percent int
	tops    tops
	chart   aheadChart
	// gap says that most of the last day has no entry: the forecast fills it in,
	// and the curve around now does not.
	gap bool
}

// mostPercent is the right end of the slider: going on as now.
const mostPercent = 100

func show(v *shell.Visit) error {
	percent, err := percentOf(v)
	if err != nil {
		return err
	}
	j, err := v.Read()
	if err != nil {
		return err
	}
	p := outlookPage{}
	if p.Body, err = v.Look.Body(v.Ctx(), j, v.Now, float64(percent)/100); err != nil {
		return err
	}
	most := p.Ahead
	if percent != mostPercent && !v.Hides() {
		if most, err = v.Look.Ahead(v.Ctx(), j, v.Now, 1); err != nil {
			return err
		}
	}
	if p.ahead, err = partOf(v, j, p.Ahead, percent, topsOf(most.Forecast)); err != nil {
		return err
	}
	p.weakest = reading.WeakestOf(j, v.Now)
	p.tolerance = toleranceOf(&v.View, p.Tolerance)
	v.Notify()
	return v.Show(http.StatusOK, page(&v.View, &p))
}

// ahead is the part of the page that a moved slider redraws.
func ahead(v *shell.Visit) error {
	percent, err := percentOf(v)
	if err != nil {
		return err
	}
	if v.Hides() {
		v.W.WriteHeader(http.StatusNoContent)
		return nil
	}
	j, err := v.Read()
	if err != nil {
		return err
	}
	a, err := v.Look.Ahead(v.Ctx(), j, v.Now, float64(percent)/100)
	if err != nil {
		return err
	}
	part, err := partOf(v, j, a, percent, readTops(v.R.URL.Query().Get("tops")))
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, aheadTempl(&v.View, &part))
}

func partOf(v *shell.Visit, j *journal.Journal, a outlook.Ahead, percent int, t tops) (aheadPart, error) {
	p := aheadPart{Ahead: a, percent: percent, tops: t}
	if !v.Hides() {
		p.chart = aheadOf(&v.View, &a, t)
		curve := v.Look.Curve(j, v.Now)
		p.gap = curve.Missing()
	}
	return p, nil
}

// percent reads the share of the usual from the address; none without one.
func percentOf(v *shell.Visit) (int, error) {
	s := v.R.URL.Query().Get("share")
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > mostPercent {
		return 0, fault.New(fault.Invalid, "web.whatif_range")
	}
	return n, nil
}

// shareWords names a share of the usual.
func shareWords(v *kit.View, percent int) string {
	switch percent {
	case 0:
		return v.T("whatif.none")
	case 50:
		return v.T("whatif.half")
	case mostPercent:
		return v.T("whatif.same")
	}
	return v.T("whatif.part", "n", percent)
}

// half says how long half of a level stays, rounded to what people say: half
// hours below three, whole hours above.
func half(v *kit.View, l exposure.Level) string {
	round := func(h float64) float64 {
		if h < 3 {
			return math.Round(h*2) / 2
		}
		return math.Round(h)
	}
	lo, hi := round(l.Low), round(l.High)
	if lo == hi {
		return v.T("half.about", "n", hi)
	}
	return v.T("half.between", "low", v.Figure(lo), "high", v.Figure(hi))
}

// leaving says how fast each analyte leaves; empty when nobody knows.
func leaving(v *kit.View, h *exposure.HalfLives) []string {
	if !(h.MitragynineFirst.High > 0 && h.SevenOH.High > 0) {
		return nil
	}
	return []string{
		v.T("half.mitragynine", "first", half(v, h.MitragynineFirst), "last", half(v, h.MitragynineLast)),
		v.T("half.seven_oh", "span", half(v, h.SevenOH)),
	}
}

// figureRow is one figure of how a fit went.
type figureRow struct{ name, figure string }

// fitFigures are for those who know such figures; none where nothing was
// fitted.
func fitFigures(v *kit.View, q *pkpd.Quality) []figureRow {
	var rows []figureRow
	add := func(key string, f float64) {
		if !math.IsNaN(f) && !math.IsInf(f, 0) {
			rows = append(rows, figureRow{v.T("fit." + key), v.Number(locale.Two(f))})
		}
	}
	if math.IsNaN(q.ESS) {
		return nil
	}
	add("ess", q.ESS)
	add("pareto", q.ParetoK)
	add("modes", float64(q.Modes))
	add("drift", q.Drift)
	return rows
}
