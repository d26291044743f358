package columns

import (
	"crypto/sha256"
	"encoding/hex"
	"hash/maphash"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/transfer/incoming"
	"github.com/evenkeel/evenkeel/internal/app/transfer/sheet"
	"github.com/evenkeel/evenkeel/internal/app/transfer/table"
	"github.com/evenkeel/evenkeel/journal"
)

// ahead is how far in the future a row may lie: a clock may be a little off.
const ahead = 5 * time.Minute

// Source is the table, read as the plan says. now is when the person asks, in
// the zone that times without one are of.
func (p *Plan) Source(t *table.Table, now time.Time) *incoming.Source {
	return &incoming.Source{Name: "table", Columns: t.Columns, Rows: func(yield func(*incoming.Row) bool) error {
		r := NewReader(p, now)
		return t.Rows(func(row table.Row) bool { return yield(r.Row(row.N, row.Cells)) })
	}}
}

// NotMine as the kind of a row says that a journal has no place for it: what
// somebody else took, an answer on a scale that none of ours is.
const NotMine = "-"

// Reader reads rows one after the other: a date may stand in the first row of a
// day only.
type Reader struct {
	plan *Plan
	now  time.Time
	// date is the cell that the rows below take their day from; empty after a
	// blank row.
	date string
	day  time.Time
	// dayCell is the cell itself, which is the same however it is read.
	dayCell string
	years   years
	// sums are what every column of amounts holds so far, and counts in how many
	// rows: the row that repeats the sum is a total.
	sums    []float64
	counts  int
	amounts map[string]readAmount
	// equal counts rows with the same cells, so that two equal doses stay two.
	equal map[uint64]uint32
	seed  maphash.Seed
}

// NewReader reads rows of a table as the plan says.
func NewReader(p *Plan, now time.Time) *Reader {
	return &Reader{plan: p, now: now, years: years{year: p.Year, back: p.Back}, sums: make([]float64, len(p.Columns)), amounts: map[string]readAmount{}, equal: map[uint64]uint32{}, seed: maphash.MakeSeed()}
}

// Row reads the n-th row.
func (r *Reader) Row(n int, cells []string) *incoming.Row {
	row := &incoming.Row{N: n}
	if row.Passed = r.passed(cells); row.Passed != "" {
		return row
	}
	if r.cell(cells, "kind") == NotMine {
		row.Passed = incoming.Other
		return row
	}
	own := sheet.Own(r.named(cells))
	drafts, err := r.drafts(cells, own)
	if err != nil {
		row.Why, row.Cells = problemOf(err), r.whole(cells)
		return row
	}
	if len(drafts) == 0 {
		row.Passed = incoming.NotKnown
		return row
	}
	row.Drafts = drafts
	if slices.ContainsFunc(drafts, func(d incoming.Draft) bool { return d.Odd != nil }) {
		row.Cells = r.whole(cells)
	}
	row.Key = r.key(cells)
	return row
}

// whole are the cells of a row with the day that the rows above it gave, so that
// it can be read by itself.
func (r *Reader) whole(cells []string) []string {
	out := slices.Clone(cells)
	for i, c := range r.plan.Columns {
		if c.Field != "at" && c.Field != "date" || r.date == "" {
			continue
		}
		m, ok := momentOf(out[i], r.plan.Order)
		switch {
		case strings.TrimSpace(out[i]) == "":
			out[i] = r.date
		case !ok || m.month == 0 || m.year != 0 || m.zone != nil:
		case m.timed:
			out[i] = r.date + " " + m.clock.whole()
		default:
			out[i] = r.date
		}
	}
	return out
}

// key is the row by its cells, its day and how many equal ones came before.
func (r *Reader) key(cells []string) string {
	if id := r.cell(cells, "id"); id != "" {
		return "id " + id
	}
	text := r.dayCell + "\x00" + strings.Join(cells, "\x00")
	hash := maphash.String(r.seed, text)
	r.equal[hash]++
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:16]) + " " + strconv.FormatUint(uint64(r.equal[hash]), 10)
}

// passed tells rows that hold nothing and rows that sum up others. A blank row
// ends the day that dateless rows belong to.
func (r *Reader) passed(cells []string) incoming.Passed {
	filled, first := 0, ""
	for _, c := range cells {
		if c = strings.TrimSpace(c); c != "" {
			if filled == 0 {
				first = c
			}
			filled++
		}
	}
	if filled == 0 {
		r.date = ""
		return incoming.Blank
	}
	if first = plain(first); words.total[first] || totalled(first) {
		return incoming.Total
	}
	if r.total(cells) {
		return incoming.Total
	}
	return ""
}

// totalled tells "total grams", "Total: 93" and "summe november" from a note
// that begins with such a word.
func totalled(first string) bool {
	list := strings.Fields(first)
	if len(list) < 2 || len(list) > 3 || !words.total[list[0]] {
		return false
	}
	for _, w := range list[1:] {
		if words.unit[w] == "" && words.month[w] == 0 && figure(w) == 0 && !words.filler[w] && !words.amount[w] {
			return false
		}
	}
	return true
}

// total tells a row without a date whose amounts are the sums of those above.
func (r *Reader) total(cells []string) bool {
	dated, sums, figures := false, true, 0
	for i, c := range r.plan.Columns {
		cell := strings.TrimSpace(cells[i])
		if cell == "" {
			continue
		}
		switch c.Field {
		case "at", "date", "time":
			dated = true
		case "amount":
			v, why := r.number(cell)
			if why != nil || v <= 0 {
				continue
			}
			figures++
			sums = sums && math.Abs(v-r.sums[i]) < 1e-6
		}
	}
	if !dated && figures > 0 && sums && r.counts > 2 {
		return true
	}
	if figures > 0 {
		r.counts++
		for i, c := range r.plan.Columns {
			if c.Field == "amount" {
				if v, why := r.number(strings.TrimSpace(cells[i])); why == nil {
					r.sums[i] += v
				}
			}
		}
	}
	return false
}

// named are the cells of a row by the field they are read as; the words of
// several columns in one, each under its heading.
func (r *Reader) named(cells []string) map[string]string {
	out := map[string]string{}
	for i, c := range r.plan.Columns {
		v := strings.TrimSpace(cells[i])
		if c.Field == "" || v == "" || c.Field == "amount" && out["amount"] != "" {
			continue
		}
		v = sheet.Unquoted(v)
		if c.Field == "text" && out["text"] != "" {
			v = out["text"] + "\n" + c.Heading + ": " + v
		}
		if c.Field == "sleep_h" {
			v = hours(v)
		}
		if Scaled(c.Field) {
			if isAbsent(v) {
				continue
			}
			v = r.rescaled(v, c)
		}
		out[c.Field] = v
	}
	return out
}

var hoursForm = regexp.MustCompile(`^(\d{1,2})\s?(?:h|:|hrs?|hours?|std\.?|horas?)\s?(?:(\d{1,2})\s?(?:m|min|mins|minutes|minutos|minuten)?)?$`)

// hours gives a length of sleep such as 7:30 or "7 h 30 min" as a number of
// hours; anything else as it stands.
func hours(v string) string {
	f := hoursForm.FindStringSubmatch(strings.ToLower(v))
	if f == nil {
		return v
	}
	return strconv.FormatFloat(float64(digits(f[1]))+math.Round(float64(digits(f[2]))/60*100)/100, 'f', -1, 64)
}

// rescaled brings an answer from the scale of its column to 0 to 10.
func (r *Reader) rescaled(v string, c Column) string {
	if c.Low == 0 && c.High == 0 {
		return v
	}
	n, why := r.number(v)
	if why != nil || n < min(c.Low, c.High) || n > max(c.Low, c.High) {
		return v // said where the field is set
	}
	return strconv.FormatFloat(math.Round((n-c.Low)/(c.High-c.Low)*10), 'f', -1, 64)
}

func (r *Reader) cell(cells []string, field string) string {
	for i, c := range r.plan.Columns {
		if c.Field == field {
			return strings.TrimSpace(cells[i])
		}
	}
	return ""
}

// timeOf is when a row happened, and whether it gave a time of day. A date that
// does not stand in the row is that of the rows above it.
func (r *Reader) timeOf(cells map[string]string, own bool) (at time.Time, timed bool, why *incoming.Problem) {
	when, clockCell := cells["at"], cells["time"]
	if when == "" {
		when = cells["date"]
	} else if own {
		clockCell = ""
	}
	loc := r.now.Location()
	var m moment
	var ok bool
	if when != "" {
		if m, ok = momentOf(when, r.plan.Order); !ok {
			r.date = "" // rows below without a day may be of this one, whichever it is
			return at, false, incoming.Say("transfer.cell.time")
		}
	}
	if m.month == 0 && m.instant.IsZero() {
		if r.date == "" {
			return at, false, incoming.Say("transfer.cell.no_date")
		}
		y, mo, d := r.day.Date()
		m.year, m.month, m.day = y, int(mo), d
	} else if m.year == 0 && m.instant.IsZero() {
		m.year = r.years.of(m.month)
	}
	if when != "" {
		r.dayCell = strings.Clone(when)
	}
	if !m.real() && m.instant.IsZero() {
		r.date = ""
		return at, false, incoming.Say("transfer.cell.time")
	}
	if m.instant.IsZero() { // the day is known, whatever its time is
		r.day = m.in(loc, own)
		r.date = r.day.Format(time.DateOnly)
	}
	if clockCell != "" && m.instant.IsZero() {
		c, ok := clockOf(clockCell, true)
		if !ok {
			t, fits := momentOf(clockCell, r.plan.Order) // "2026-11-22 07:30" in a column of times
			if !fits || !t.timed || !t.instant.IsZero() {
				return at, false, incoming.Say("transfer.cell.clock")
			}
			c, m.zone, m.utc = t.clock, t.zone, t.utc
		}
		m.clock, m.timed = c, true
	}
	if m.timed && m.clock.bare && r.plan.Halves && m.instant.IsZero() {
		return at, false, incoming.Say("transfer.cell.half")
	}
	if !m.instant.IsZero() {
		at, timed = m.instant.In(loc), true
	} else {
		at, timed = m.in(loc, own), m.timed
	}
	r.date, r.day = at.Format(time.DateOnly), at
	return at, timed, nil
}

// in is the moment in the zone that it names, or in loc. What is said in UTC
// was written by a machine, and is brought to where the person lives.
func (m *moment) in(loc *time.Location, own bool) time.Time {
	zone := loc
	if m.zone != nil {
		zone = m.zone
	}
	c := m.clock
	if !m.timed {
		c = clock{hour: 12}
	}
	at := time.Date(m.year, time.Month(m.month), m.day, c.hour, c.min, c.sec, c.nano, zone)
	if m.utc && m.timed && !own {
		return at.In(loc)
	}
	return at
}

func problemOf(err error) *incoming.Problem {
	switch p := err.(type) {
	case *incoming.Problem:
		return p
	case *journal.FieldError:
		if len(p.Args) == 0 {
			return incoming.Say(p.Key)
		}
	}
	return incoming.Say("transfer.cell.range")
}
