package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/fault"
)

func errIsFolder() error {
	return fault.New(fault.Invalid, "cli.file.folder")
}

// importOptions are the flags of import.
type importOptions struct {
	yes                  bool
	maps                 []string
	dayFirst, monthFirst bool
}

func (c *commands) importCommand() *cobra.Command {
	var o importOptions
	cmd := &cobra.Command{
		Use:   "import FILE|-",
		Short: c.t("cli.import.short"),
		Long:  c.t("cli.import.long"),
		Example: `  evenkeel import journal.json
  evenkeel import tracker.csv
  evenkeel import tracker.csv --map "How much=amount" --map "Mood=" --yes`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.dayFirst && o.monthFirst {
				return usage("cli.import.both_orders")
			}
			in, err := c.openInput(args[0])
			if err != nil {
				return err
			}
			defer in.Close()
			return c.importFile(cmd.Context(), in, o)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&o.yes, "yes", false, c.t("cli.flag.yes"))
	f.StringArrayVar(&o.maps, "map", nil, c.t("cli.flag.map"))
	f.BoolVar(&o.dayFirst, "day-first", false, c.t("cli.flag.day_first"))
	f.BoolVar(&o.monthFirst, "month-first", false, c.t("cli.flag.month_first"))
	return cmd
}

func (c *commands) importFile(ctx context.Context, in *os.File, o importOptions) error {
	buffered := bufio.NewReader(in)
	isJSON, err := looksLikeJSON(buffered)
	if err != nil {
		return fileFault(err)
	}
	if isJSON {
		return c.write(ctx, func(a *app.App) error {
			done, err := transfer.ImportJSON(ctx, a, buffered)
			c.answerDanger(c.choices(ctx, a), done.Found)
			if err != nil {
				return err
			}
			return c.sayRestored(done)
		})
	}
	// A table is read twice, once to propose and once to write.
	table, err := io.ReadAll(buffered)
	if err != nil {
		return fileFault(err)
	}
	plan, err := transfer.ProposeCSV(bytes.NewReader(table))
	if err != nil {
		return err
	}
	if err := applyMaps(&plan, o.maps); err != nil {
		return err
	}
	if plan.DayFirst, plan.DaysUnclear, err = transfer.CSVDayOrder(bytes.NewReader(table), plan.Fields); err != nil {
		return err
	}
	if o.dayFirst || o.monthFirst {
		plan.DayFirst, plan.DaysUnclear = o.dayFirst, false
	}
	if !o.yes {
		return c.sayPlan(plan)
	}
	if plan.DaysUnclear {
		return fault.New(fault.Invalid, "cli.import.dates_unclear")
	}
	return c.write(ctx, func(a *app.App) error {
		done, err := transfer.ImportCSV(ctx, a, bytes.NewReader(table), plan.Fields, plan.DayFirst)
		c.answerDanger(c.choices(ctx, a), done.Found)
		if err != nil {
			return err
		}
		return c.sayRestored(done)
	})
}

// looksLikeJSON peeks at the first character that is no space.
func looksLikeJSON(r *bufio.Reader) (bool, error) {
	head, err := r.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	head = bytes.TrimPrefix(head, []byte("\ufeff"))
	head = bytes.TrimLeftFunc(head, unicode.IsSpace)
	return bytes.HasPrefix(head, []byte("{")) || bytes.HasPrefix(head, []byte("[")), nil
}

// applyMaps lays the person's own choices over the proposed mapping.
func applyMaps(plan *transfer.CSVPlan, maps []string) error {
	for _, m := range maps {
		at := strings.LastIndex(m, "=")
		if at < 0 {
			return usage("cli.import.map_form")
		}
		column, field := strings.TrimSpace(m[:at]), strings.TrimSpace(m[at+1:])
		i := slices.IndexFunc(plan.Columns, func(s string) bool { return strings.EqualFold(strings.TrimSpace(s), column) })
		if i < 0 {
			return fault.New(fault.Invalid, "cli.import.no_such_column")
		}
		if !slices.Contains(transfer.CSVFields(), field) {
			return usage("cli.import.no_such_field", "field", field, "list", csvFields())
		}
		if j := slices.Index(plan.Fields, field); field != "" && j >= 0 {
			plan.Fields[j] = "" // the person's choice takes it from the proposal
		}
		plan.Fields[i] = field
	}
	return nil
}

// csvFields lists the names of our fields; the first of them is no field.
func csvFields() string { return strings.Join(transfer.CSVFields()[1:], " ") }

func (c *commands) sayPlan(p transfer.CSVPlan) error {
	if c.json {
		return c.printJSON(p)
	}
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s\n\n", c.t("cli.import.table", "n", p.Rows))
	for i, column := range p.Columns {
		field := p.Fields[i]
		if field == "" {
			field = c.t("cli.import.left_out")
		}
		var sample []string
		for _, row := range p.Sample[:min(2, len(p.Sample))] {
			if row[i] != "" {
				sample = append(sample, oneLine(row[i]))
			}
		}
		fmt.Fprintf(w, "  %s\t-> %s\t%s\n", oneLine(column), field, strings.Join(sample, " | "))
	}
	fmt.Fprintln(w)
	switch {
	case p.DaysUnclear:
		fmt.Fprintln(w, c.t("cli.import.say_order"))
	case p.DayFirst:
		fmt.Fprintln(w, c.t("cli.import.day_first"))
	}
	fmt.Fprintln(w, c.t("cli.import.how"))
	fmt.Fprintln(w, c.t("cli.import.fields", "list", csvFields()))
	return outFault(w.Flush())
}
