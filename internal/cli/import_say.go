package cli

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/transfer/batch"
	"github.com/evenkeel/evenkeel/internal/app/transfer/columns"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// openFault says with which flag a question that is open is answered.
func openFault(err error) error {
	key, _ := fault.KeyOf(err)
	if flag, ok := map[string]string{"transfer.order_open": "cli.import.dates_unclear", "transfer.comma_open": "cli.import.commas_unclear", "transfer.unit_open": "cli.import.unit_unclear", "transfer.scale_open": "cli.import.scale_unclear"}[key]; ok {
		return fault.Wrap(err, fault.Invalid, flag)
	}
	return err
}

// sayPreview shows what importing would do, where nobody can be asked.
func (c *commands) sayPreview(p *batch.Preview) error {
	if c.json {
		return c.printJSON(p)
	}
	var b strings.Builder
	if err := c.writePreview(&b, p); err != nil {
		return err
	}
	if err := p.Open(); err != nil {
		fmt.Fprintln(&b, c.t(sayOpen(p)))
	}
	fmt.Fprintln(&b, c.t("cli.import.how"))
	if p.Plan != nil {
		fmt.Fprintln(&b, c.t("cli.import.fields", "list", importFields()))
	}
	return c.print(strings.TrimSuffix(b.String(), "\n"))
}

func sayOpen(p *batch.Preview) string {
	switch {
	case p.Plan.OrderOpen:
		return "cli.import.say_order"
	case p.Plan.CommaOpen:
		return "cli.import.say_comma"
	}
	if len(p.Plan.UnitOpen) > 0 {
		return "cli.import.say_unit"
	}
	return "cli.import.say_scale"
}

func (c *commands) sentence(s batch.Sentence) string {
	return s.Say(c.t, func(list []string) string { return oneLine(strings.Join(list, ", ")) })
}

func (c *commands) writePreview(out io.Writer, p *batch.Preview) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	if p.Plan == nil {
		fmt.Fprintln(w, c.t("cli.import.format", "source", c.t("batch.source."+p.Source)))
	} else {
		fmt.Fprintf(w, "%s\n\n", c.t("cli.import.table"))
		for _, col := range p.Plan.Columns {
			fmt.Fprintf(w, "  %s\t-> %s\t%s\n", oneLine(col.Heading), c.columnMeaning(col), oneLine(strings.Join(col.Sample, " | ")))
		}
		fmt.Fprintln(w)
	}
	for _, s := range p.Says() {
		fmt.Fprintln(w, c.sentence(s))
	}
	c.writeLines(w, "cli.import.first_read", p.Read)
	c.writeLines(w, "cli.import.changed_rows", p.ChangedRows)
	c.writeLines(w, "cli.import.double_rows", p.DoubleRows)
	c.writeLines(w, "cli.import.odd_rows", p.OddRows)
	if len(p.BadRows) > 0 {
		fmt.Fprintf(w, "\n%s\n", c.t("cli.import.bad_rows"))
		for _, r := range p.BadRows {
			key, args := r.Why.Text()
			fmt.Fprintf(w, "  %s  %s  %s\n", c.t("cli.import.row", "n", r.Row), c.t(key, args...), oneLine(strings.Join(r.Cells, " | ")))
		}
	}
	fmt.Fprintln(w)
	return outFault(w.Flush())
}

func (c *commands) columnMeaning(col columns.Column) string {
	if col.Field == "" {
		return c.t("cli.import.left_out")
	}
	text := col.Field
	for _, v := range []string{col.Unit, col.Product, col.Time} {
		if v != "" {
			text += ", " + oneLine(v)
		}
	}
	if col.Low != 0 || col.High != 0 {
		text += fmt.Sprintf(", %v-%v", col.Low, col.High)
	}
	return text
}

func (c *commands) writeLines(w io.Writer, title string, lines []batch.Line) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", c.t(title))
	for _, l := range lines {
		text := c.importLine(&l.Event)
		if l.Old != nil {
			text += "  (" + c.t("cli.import.now", "entry", c.importLine(l.Old)) + ")"
		}
		fmt.Fprintf(w, "  %s  %s\n", c.t("cli.import.row", "n", l.Row), text)
	}
}

func (c *commands) importLine(e *journal.Event) string {
	return e.At.Format(time.DateOnly) + " " + c.clock(e.At, journal.Settings{}) + "  " + c.describe(e)
}

func (c *commands) sayImported(done *batch.Done) error {
	if c.json {
		return c.printJSON(done)
	}
	for _, s := range done.Says() {
		if err := c.print(c.sentence(s)); err != nil {
			return err
		}
	}
	if done.Batch.IsZero() {
		return nil
	}
	return c.say("cli.import.undo_hint", "id", short(done.Batch))
}
