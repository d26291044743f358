package summary

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
)

// Doses are how much was taken.
type Doses struct {
	Periods []Period `json:"periods"`
	// LastDose is the last that was written down; nil when there is none.
	LastDose *LastDose `json:"last_dose,omitempty"`
	// Before are uses from before the journal.
	Before []*journal.PriorUse `json:"before_the_journal,omitempty"`
}

// LastDose is a dose with its time.
type LastDose struct {
	At      time.Time `json:"at"`
	Product string    `json:"product"`
	Amount  float64   `json:"amount"`
	Unit    string    `json:"unit"`
}

// Period is the days that a column tells of. Doses, amounts and mg are for a day,
// over the days of which they are known; a day with "none" is 0.
type Period struct {
	// Asked days were asked for, Days are those that the journal has.
	Asked     int `json:"asked_days"`
	Days      int `json:"days"`
	WithDoses int `json:"days_with_doses"`
	None      int `json:"days_with_none"`
	Unknown   int `json:"days_not_known"`

	Doses   *Spread  `json:"doses_a_day,omitempty"`
	Amounts []Amount `json:"amounts_a_day,omitempty"`
	// Mitragynine and SevenOH are estimates in mg. Days with a dose of unknown
	// strength are left out of them and counted in Strengthless.
	Mitragynine  *Spread `json:"mitragynine_mg_a_day,omitempty"`
	SevenOH      *Spread `json:"seven_oh_mg_a_day,omitempty"`
	Strengthless int     `json:"days_of_unknown_strength,omitempty"`
}

// Amount is how much of one product was taken, in one unit.
type Amount struct {
	Product string  `json:"product"`
	Unit    string  `json:"unit"`
	ADay    *Spread `json:"a_day"`
}

const (
	short, long = 30, 90
	// mostAmounts and mostBefore keep the sheet to its two sides.
	mostAmounts = 5
	mostBefore  = 3
)

func doses(l *look) (any, []Block) {
	windows := []window{l.window(short), l.window(long)}
	if len(windows[0].days) == len(windows[1].days) {
		windows = windows[:1] // the journal is younger than the second
	}
	var d Doses
	table := &Table{Columns: []string{""}}
	kinds, more := l.amounts(windows[len(windows)-1])
	for _, w := range windows {
		d.Periods = append(d.Periods, l.period(w, kinds))
		table.Columns = append(table.Columns, l.title(w))
	}
	row := func(name string, cell func(Period) string) {
		r := []string{name}
		for _, p := range d.Periods {
			r = append(r, cell(p))
		}
		table.Rows = append(table.Rows, r)
	}
	row(l.T("summary.days_with_doses"), func(p Period) string { return l.Number(float64(p.WithDoses)) })
	row(l.T("summary.days_with_none"), func(p Period) string { return l.Number(float64(p.None)) })
	row(l.T("summary.days_not_known"), func(p Period) string { return l.Number(float64(p.Unknown)) })
	row(l.T("summary.doses_a_day"), func(p Period) string { return l.spread(p.Doses) })
	for i, k := range kinds {
		row(l.T("summary.amount_a_day", "product", k.product, "unit", l.counted(k.unit)), func(p Period) string { return l.spread(p.Amounts[i].ADay.rounded(locale.Two)) })
	}
	row(l.T("summary.mg_a_day", "alkaloid", l.T("alkaloid.mitragynine")), func(p Period) string { return l.spread(p.Mitragynine) })
	row(l.T("summary.mg_a_day", "alkaloid", l.T("alkaloid.seven_oh")), func(p Period) string { return l.spread(p.SevenOH) })

	blocks := l.before(&d)
	blocks = append(blocks, Block{Table: table}, Block{Text: l.T("summary.doses_note")})
	if n := d.Periods[len(d.Periods)-1].Strengthless; n > 0 {
		blocks = append(blocks, Block{Text: l.T("summary.strengthless", "n", n)})
	}
	if more > 0 {
		blocks = append(blocks, Block{Text: l.T("summary.more_products", "n", more)})
	}
	return d, blocks
}

// before says what lies before the columns: the last dose, and use from before
// the journal.
func (l *look) before(d *Doses) []Block {
	var list []string
	if e, ok := l.j.LastDose(l.now); ok {
		x := e.Dose()
		d.LastDose = &LastDose{e.At, l.nameOf(x), x.Amount, clip(x.Unit, nameWidth)}
		list = append(list, l.T("summary.last_dose", "dose", l.Dose(x.Amount, d.LastDose.Unit, d.LastDose.Product), "when", l.moment(e.At)))
	}
	for _, e := range slices.Backward(l.j.All()) {
		if u := e.PriorUse(); u != nil && len(d.Before) < mostBefore {
			d.Before = append(d.Before, &journal.PriorUse{ProductName: clip(u.ProductName, nameWidth), PerDay: u.PerDay, Unit: u.Unit, TimesPerDay: u.TimesPerDay, Days: u.Days})
			said := l.Describe(&e.Event, l.now)
			said.Note = ""
			list = append(list, l.T("summary.before", "use", said.All()))
		}
	}
	if len(list) == 0 {
		return nil
	}
	return []Block{{List: list}}
}

// taken is what doses are put together by.
type taken struct{ product, unit string }

func (l *look) kindOf(d *journal.Dose) taken {
	return taken{l.nameOf(d), clip(d.Unit, nameWidth)}
}

// amounts are the products and units taken most often in the window, and how
// many more there are.
func (l *look) amounts(w window) (list []taken, more int) {
	count := map[taken]int{}
	for _, d := range w.days {
		for _, e := range d.Entries {
			if x := e.Dose(); x != nil {
				count[l.kindOf(x)]++
			}
		}
	}
	list = slices.SortedFunc(maps.Keys(count), func(a, b taken) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a.product, b.product), cmp.Compare(a.unit, b.unit))
	})
	n := min(len(list), mostAmounts)
	return list[:n], len(list) - n
}

// counted is the word for many of a unit: tablets. A person's own word stays.
func (l *look) counted(unit string) string {
	if key := "unit." + unit; l.Has(key) {
		return l.T(key, "n", 2)
	}
	return unit
}

// period gathers one column.
func (l *look) period(w window, kinds []taken) Period {
	p := Period{Asked: w.asked, Days: len(w.days), WithDoses: w.count(journal.DayDoses), None: w.count(journal.DayNone), Unknown: w.count(journal.DayUnknown)}
	var number, mitragynine, sevenOH []float64
	amounts := make([][]float64, len(kinds))
	for _, day := range w.known() {
		n, mg, oh, told := 0, 0.0, 0.0, true
		for i := range kinds {
			amounts[i] = append(amounts[i], 0)
		}
		for _, e := range day.Entries {
			d := e.Dose()
			if d == nil {
				continue
			}
			n++
			if i := slices.Index(kinds, l.kindOf(d)); i >= 0 {
				amounts[i][len(amounts[i])-1] += d.Amount
			}
			held := exposure.Held(l.j, d)
			// What a label does not name is not in it, as far as anyone knows.
			told = told && (held.Mitragynine.Known() || held.SevenOH.Known())
			mg, oh = mg+held.Mitragynine.Mid, oh+held.SevenOH.Mid
		}
		number = append(number, float64(n))
		if !told {
			p.Strengthless++
			continue
		}
		mitragynine, sevenOH = append(mitragynine, mg), append(sevenOH, oh)
	}
	p.Doses = spreadOf(number)
	p.Mitragynine, p.SevenOH = spreadOf(mitragynine).rounded(locale.Two), spreadOf(sevenOH).rounded(locale.Two)
	for i, k := range kinds {
		p.Amounts = append(p.Amounts, Amount{k.product, k.unit, spreadOf(amounts[i]).rounded(tenThousandths)})
	}
	return p
}

// tenThousandths takes off what adding up decimals leaves behind.
func tenThousandths(v float64) float64 { return math.Round(v*1e4) / 1e4 }
