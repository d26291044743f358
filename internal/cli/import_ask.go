package cli

import (
	"bufio"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/transfer/batch"
	"github.com/evenkeel/evenkeel/internal/app/transfer/columns"
)

// askImport asks what a file does not tell, one question after the other, shows
// what that gives, and writes once the person says so.
func (c *commands) askImport(ctx context.Context, a *app.App, file batch.File, p *batch.Preview, choices batch.Choices) error {
	in := bufio.NewReader(c.in)
	for {
		changed, err := c.askOpen(in, p, &choices)
		if err != nil {
			return err
		}
		if !changed {
			break
		}
		if p, err = batch.Look(ctx, a, file, choices); err != nil {
			return err
		}
	}
	var b strings.Builder
	if err := c.writePreview(&b, p); err != nil {
		return err
	}
	if err := c.print(strings.TrimSuffix(b.String(), "\n")); err != nil {
		return err
	}
	if p.Entries()+p.Bad+p.Odd+p.Changed+p.Doubles == 0 {
		return nil
	}
	if err := c.askRest(in, p, &choices); err != nil {
		return err
	}
	n, err := c.pick(in, "cli.import.ask_write", "cli.import.write_yes", "cli.import.write_no")
	if err != nil || n != 0 {
		return err
	}
	done, err := batch.Write(ctx, a, file, choices)
	c.answerDanger(c.choices(ctx, a), done.Found)
	if err != nil {
		return err
	}
	return c.sayImported(done)
}

// askOpen asks the next question that has to be answered.
func (c *commands) askOpen(in *bufio.Reader, p *batch.Preview, choices *batch.Choices) (changed bool, err error) {
	if p.Plan == nil || !p.Plan.Open() {
		return false, nil
	}
	switch {
	case p.Plan.OrderOpen:
		fmt.Fprintln(c.errs, oneLine(p.Plan.OrderShown))
		n, err := c.pick(in, "cli.import.ask_order", "cli.import.order_month", "cli.import.order_day")
		if err != nil {
			return false, err
		}
		choices.Order = []columns.Order{columns.MonthFirst, columns.DayFirst}[n]
	case p.Plan.CommaOpen:
		n, err := c.pick(in, "cli.import.ask_comma", "cli.import.comma_thousands", "cli.import.comma_decimal")
		if err != nil {
			return false, err
		}
		choices.Comma = []columns.Comma{columns.Thousands, columns.Decimal}[n]
	case len(p.Plan.ScaleOpen) > 0 && len(p.Plan.UnitOpen) == 0:
		i := p.Plan.ScaleOpen[0]
		fmt.Fprintln(c.errs, c.t("cli.import.ask_scale", "column", oneLine(p.Plan.Columns[i].Heading), "sample", oneLine(strings.Join(p.Plan.Columns[i].Sample, ", "))))
		n, err := c.pick(in, "cli.import.ask_scale_which", "cli.import.scale_1_5", "cli.import.scale_0_5", "cli.import.scale_0_10")
		if err != nil {
			return false, err
		}
		list := slices.Clone(p.Plan.Columns)
		list[i].Low, list[i].High = []float64{1, 0, 0}[n], []float64{5, 5, 10}[n]
		choices.Columns = list
	default:
		i := p.Plan.UnitOpen[0]
		fmt.Fprintln(c.errs, c.t("cli.import.ask_unit", "column", oneLine(p.Plan.Columns[i].Heading), "sample", oneLine(strings.Join(p.Plan.Columns[i].Sample, ", "))))
		unit, err := c.line(in)
		if err != nil {
			return false, err
		}
		list := slices.Clone(p.Plan.Columns)
		list[i].Unit = unit
		if unit == "" {
			list[i].Field = ""
		}
		choices.Columns = list
	}
	return true, nil
}

// askRest asks what becomes of what was there before or is hard to believe.
func (c *commands) askRest(in *bufio.Reader, p *batch.Preview, choices *batch.Choices) error {
	if p.Changed > 0 {
		n, err := c.pick(in, "cli.import.ask_changed", "cli.import.changed_replace", "cli.import.changed_skip", "cli.import.changed_add")
		if err != nil {
			return err
		}
		choices.Changed = []batch.Changed{batch.Replace, batch.Leave, batch.AddBoth}[n]
	}
	if p.Doubles > 0 {
		n, err := c.pick(in, "cli.import.ask_doubles", "cli.import.doubles_skip", "cli.import.doubles_add")
		if err != nil {
			return err
		}
		choices.Doubles = n == 1
	}
	if p.Odd > 0 {
		n, err := c.pick(in, "cli.import.ask_odd", "cli.import.odd_keep", "cli.import.odd_add")
		if err != nil {
			return err
		}
		choices.Odd = n == 1
	}
	return nil
}

// pick asks for one of several answers by its number, and again until one is
// given.
func (c *commands) pick(in *bufio.Reader, question string, answers ...string) (int, error) {
	for {
		fmt.Fprintln(c.errs, c.t(question))
		for i, a := range answers {
			fmt.Fprintf(c.errs, "  %d  %s\n", i+1, c.t(a))
		}
		text, err := c.line(in)
		if err != nil {
			return 0, err
		}
		if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= len(answers) {
			return n - 1, nil
		}
	}
}

// line reads what the person types.
func (c *commands) line(in *bufio.Reader) (string, error) {
	fmt.Fprint(c.errs, "> ")
	text, err := in.ReadString('\n')
	if err != nil {
		fmt.Fprintln(c.errs)
		return "", stopped()
	}
	return strings.TrimSpace(text), nil
}
