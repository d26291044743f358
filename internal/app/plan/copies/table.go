package copies

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/internal/app/transfer/sheet"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/taper"
)

// Columns of the table, in order. "planned" is what the plan that held on a day
// had; "taken" and "over" are empty where nothing is known of the day, or where a
// dose cannot be counted in the plan's unit.
var Columns = []string{"date", "product", "unit", "planned", "doses", "taken", "over"}

// CSV writes a row for each day of the plan, from its first to the end of what is
// written out of its last amount: days that were lived as they were planned then.
func (c *Copy) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(Columns); err != nil {
		return err
	}
	for day := c.plan.Begins; day < c.today; day = day.Add(1) {
		if p, ok := taper.Current(c.j, day); ok {
			if err := c.row(out, p, day, true); err != nil {
				return err
			}
		}
	}
	for _, run := range c.ahead() {
		for n := range run.days {
			if err := c.row(out, c.plan, run.from.Add(n), run.from.Add(n) <= c.today); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

func (c *Copy) row(out *csv.Writer, p *journal.Plan, day journal.Date, lived bool) error {
	doses, _ := taper.Doses(p, day)
	var list []string
	for _, d := range doses {
		list = append(list, fmt.Sprintf("%02d:%02d %s", d.Minute/60, d.Minute%60, plain(d.Amount)))
	}
	taken, over := "", ""
	if d, ok := taper.DayOf(c.j, day); ok && lived && d.Known && d.Other == 0 {
		taken, over = plain(d.Taken), plain(d.Over)
	}
	return out.Write([]string{string(day), sheet.Inert(p.ProductName), sheet.Inert(p.Unit), plain(taper.Total(doses)), strings.Join(list, "; "), taken, over})
}

func plain(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
