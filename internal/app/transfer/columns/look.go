package columns

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/transfer/table"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// sampled is how many different cells of a column are shown.
const sampled = 4

// enough cells without a date tell that a column holds none.
const enough = 5000

// seen is what the cells of one column tell.
type seen struct {
	sample                []string
	filled                int
	numbers, dates, times int
	kinds                 int
	low, high             float64
	days, months, eithers int
	shown                 string // a date that both orders fit
	yearless              int
	halves                bool // am or pm is said
	bareUnit              int  // amounts without a unit
	decimalComma, point   bool
	ambiguous             bool
}

// Chosen is what a person settled of a plan; what is empty is left to the table.
type Chosen struct {
	// Columns as the person wants them read; nil leaves them as proposed.
	Columns []Column `json:"columns,omitempty"`
	Order   Order    `json:"order,omitempty"`
	Comma   Comma    `json:"comma,omitempty"`
	Year    int      `json:"year,omitempty"`
}

// Make reads the whole table once and proposes how to read it, as far as the
// person has not chosen. The plan may have questions that are open. The error is
// a *fault.Error; with one about what was chosen, the plan is given all the same.
func Make(t *table.Table, chosen Chosen, now time.Time) (*Plan, error) {
	all := make([]seen, len(t.Columns))
	if err := look(t, all); err != nil {
		return nil, err
	}
	p := &Plan{Columns: make([]Column, len(t.Columns)), Order: chosen.Order, Comma: chosen.Comma, Year: chosen.Year}
	propose(p, t, all)
	if chosen.Columns != nil {
		if len(chosen.Columns) != len(p.Columns) {
			return p, fault.New(fault.Invalid, "transfer.columns_count", "n", len(p.Columns), "given", len(chosen.Columns))
		}
		for i, c := range chosen.Columns {
			c.Heading, c.Sample, c.Numbers = p.Columns[i].Heading, p.Columns[i].Sample, p.Columns[i].Numbers
			p.Columns[i] = c
		}
	}
	if err := p.Check(len(t.Columns)); err != nil {
		return p, err
	}
	return p, p.settle(t, all, now)
}

func look(t *table.Table, all []seen) error {
	return t.Rows(func(r table.Row) bool {
		for i, c := range r.Cells {
			if c = strings.TrimSpace(c); c != "" {
				all[i].add(c)
			}
		}
		return true
	})
}

var (
	wholeThousands = regexp.MustCompile(`^\d{1,3}(,\d{3})+(\D|$)`)
	commaDecimal   = regexp.MustCompile(`^\d+,(\d{1,2}|\d{4,})(\D|$)`)
	pointDecimal   = regexp.MustCompile(`^\d+\.\d{1,2}(\D|$)|^\d{1,3}(,\d{3})+\.\d`)
	onlyNumber     = regexp.MustCompile(`^[0-9.,]+$`)
	beginsNumber   = regexp.MustCompile(`^[0-9½¼¾⅓⅔.]`)
	saysHalf       = regexp.MustCompile(`(?i)\d\s*[ap]\.?\s?m?\.?$`)
)

func (s *seen) add(c string) {
	s.filled++
	if len(s.sample) < sampled && !slices.Contains(s.sample, c) {
		s.sample = append(s.sample, strings.Clone(c))
	}
	if journal.Describe(journal.Kind(c)) != nil {
		s.kinds++
	}
	if r := c[0]; r >= '0' && r <= '9' || r == '.' || r >= 0x80 && beginsNumber.MatchString(c) {
		s.numbers++
		s.number(c)
	}
	if s.filled > enough && s.dates+s.times == 0 {
		return // no column of dates or times
	}
	m, ok := momentOf(c, Unsaid)
	if !ok {
		return
	}
	if m.timed {
		s.times++
	}
	if m.month > 0 || !m.instant.IsZero() {
		s.dates++
	}
	if m.month > 0 && m.year == 0 {
		s.yearless++
	}
	switch m.shape {
	case dayFirst:
		s.days++
	case monthFirst:
		s.months++
	case either:
		s.eithers++
		if s.shown == "" {
			s.shown = strings.Clone(c)
		}
	}
	if m.timed && !m.clock.bare && saysHalf.MatchString(c) {
		s.halves = true
	}
}

// number looks at a cell that begins with a number.
func (s *seen) number(c string) {
	if s.filled > enough && s.bareUnit == s.numbers-1 && !strings.ContainsAny(c, ",") {
		if v, err := strconv.ParseFloat(c, 64); err == nil { // as nearly all cells of such a column
			s.bareUnit++
			s.low, s.high = min(s.low, v), max(s.high, v)
			s.point = s.point || strings.Contains(c, ".") && pointDecimal.MatchString(c)
			return
		}
	}
	s.ambiguous = s.ambiguous || wholeThousands.MatchString(c)
	s.decimalComma = s.decimalComma || commaDecimal.MatchString(c)
	s.point = s.point || pointDecimal.MatchString(c)
	if !onlyNumber.MatchString(c) {
		return
	}
	s.bareUnit++
	v := figure(strings.ReplaceAll(c, ",", "."))
	if s.bareUnit == 1 {
		s.low, s.high = v, v
	}
	s.low, s.high = min(s.low, v), max(s.high, v)
}

// mostly tells that at least four of five filled cells are counted in n.
func (s *seen) mostly(n int) bool { return s.filled > 0 && n*5 >= s.filled*4 }

// propose gives every column its meaning, from its heading and its cells.
func propose(p *Plan, t *table.Table, all []seen) {
	meanings := make([]meaning, len(t.Columns))
	timed := false
	for i, name := range t.Columns {
		m := meaningOf(name)
		if m.field == "kind" && plain(name) != "kind" && !all[i].mostly(all[i].kinds) {
			m = meaning{} // "Type" is a colour or a brand as often as a kind of entry
		}
		if m.field == "amount" && all[i].filled > 0 && !all[i].mostly(all[i].numbers) && m.unit == "" && m.usual != "" {
			m = meaning{} // words under "Evening"
		}
		meanings[i] = m
		timed = timed || m.field == "at" || m.field == "date"
	}
	if !timed {
		for i := range all {
			if all[i].mostly(all[i].dates) && meanings[i].field == "" || meanings[i].field == "time" && all[i].mostly(all[i].dates) {
				meanings[i] = meaning{field: "at"}
				break
			}
		}
	}
	amounts := 0
	for i := range meanings {
		if meanings[i].field == "amount" && !meanings[i].total {
			amounts++
		}
	}
	has := map[string]bool{}
	for i, m := range meanings {
		c := Column{Heading: t.Columns[i], Sample: all[i].sample, Numbers: all[i].mostly(all[i].numbers)}
		if c.Sample == nil {
			c.Sample = []string{}
		}
		switch {
		case m.field == "amount" && m.total && amounts > 0: // the sum of the others
		case m.field == "amount" && amounts > 1 && has["amount"] && m.usual == "" && m.unit == "" && !all[i].mostly(all[i].numbers):
		case has[m.field] && !slices.Contains(several, m.field):
		case Scaled(m.field) && all[i].filled > 0 && !all[i].mostly(all[i].numbers): // moods in words
		default:
			c.Field, c.Unit, c.Time, c.Low, c.High = m.field, m.unit, m.usual, m.low, m.high
		}
		if Scaled(c.Field) && c.High == 0 && all[i].high > 10 && all[i].high <= 100 {
			c.Low, c.High = 0, 100
		}
		has[c.Field] = true
		p.Columns[i] = c
	}
	// Hour and day beside each other: "at" holds a whole moment, and is a day
	// where a column of times stands beside it.
	if has["at"] && has["time"] && !has["date"] {
		for i := range p.Columns {
			if p.Columns[i].Field == "at" {
				p.Columns[i].Field = "date"
			}
		}
	}
	if has["at"] && has["date"] && !has["kind"] {
		// Both tell the same: the moment is enough. Our own table has both, too.
		for i := range p.Columns {
			if p.Columns[i].Field == "date" || p.Columns[i].Field == "time" {
				p.Columns[i].Field = ""
			}
		}
	}
	if !has["amount"] && !has["kind"] {
		p.unnamedAmount(all)
	}
}

// unnamedAmount takes the one column of numbers that no heading explains as the
// amount, where the rows would mean nothing without.
func (p *Plan) unnamedAmount(all []seen) {
	at := -1
	for i, c := range p.Columns {
		switch {
		case Scaled(c.Field) || c.Field == "sleep_h" || c.Field == "text":
			return
		case c.Field == "" && all[i].mostly(all[i].numbers) && !all[i].mostly(all[i].dates):
			if at >= 0 {
				return
			}
			at = i
		}
	}
	if at >= 0 {
		p.Columns[at].Field = "amount"
	}
}

// settle finds what the table does not tell.
func (p *Plan) settle(t *table.Table, all []seen, now time.Time) error {
	days, months, eithers, yearless := 0, 0, 0, 0
	decimal, point, ambiguous, unitColumn := t.Delimiter == ';', false, false, false
	p.OrderOpen, p.CommaOpen, p.UnitOpen, p.ScaleOpen, p.OrderShown = false, false, nil, nil, ""
	for i, c := range p.Columns {
		s := &all[i]
		switch {
		case c.Field == "at" || c.Field == "date":
			days, months, eithers, yearless = days+s.days, months+s.months, eithers+s.eithers, yearless+s.yearless
			if p.OrderShown == "" {
				p.OrderShown = s.shown
			}
			p.Halves = p.Halves || s.halves
		case c.Field == "time":
			p.Halves = p.Halves || s.halves
		case c.Field == "unit":
			unitColumn = true
		case c.Field == "amount" || c.Field == "sleep_h":
			decimal, point, ambiguous = decimal || s.decimalComma, point || s.point, ambiguous || s.ambiguous
		}
	}
	if p.Order == Unsaid {
		switch {
		case days > 0 && months == 0:
			p.Order = DayFirst
		case months > 0 && days == 0:
			p.Order = MonthFirst
		case eithers > 0 || days > 0:
			p.OrderOpen = true
		}
	}
	if p.Comma == Unsettled && ambiguous {
		switch {
		case point && !decimal:
			p.Comma = Thousands
		case decimal && !point && t.Delimiter != ';':
			p.Comma = Decimal
		default:
			p.CommaOpen = true
		}
	}
	for i, c := range p.Columns {
		if c.Field == "amount" && c.Unit == "" && !unitColumn && all[i].bareUnit > 0 && all[i].high > 0 {
			p.UnitOpen = append(p.UnitOpen, i)
		}
		if Scaled(c.Field) && c.Low == 0 && c.High == 0 && !p.Own() && all[i].bareUnit > 0 && all[i].high <= 5 {
			p.ScaleOpen = append(p.ScaleOpen, i)
		}
	}
	if yearless == 0 {
		p.Year = 0
		return nil
	}
	return p.findYear(t, now)
}
