package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/app/transfer/batch"
	"github.com/evenkeel/evenkeel/internal/app/transfer/columns"
	"github.com/evenkeel/evenkeel/internal/fault"
)

func errIsFolder() error {
	return fault.New(fault.Invalid, "cli.file.folder")
}

// importOptions are the flags of import.
type importOptions struct {
	yes                          bool
	maps, units, scales          []string
	products, times              []string
	dayFirst, monthFirst         bool
	decimalComma, thousandsComma bool
	year                         int
	changed, doubles, odd        string
}

func (c *commands) importCommand() *cobra.Command {
	var o importOptions
	cmd := &cobra.Command{
		Use:   "import FILE|-",
		Short: c.t("cli.import.short"),
		Long:  c.t("cli.import.long"),
		Example: `  evenkeel import journal.json
  evenkeel import tracker.csv
  evenkeel import tracker.csv --map "How much=amount" --unit "How much=g" --yes
  evenkeel import moods.xlsx --scale "Mood=1-5" --day-first --yes
  evenkeel import list
  evenkeel import undo 3f9c2a10`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			choices, err := o.choices()
			if err != nil {
				return err
			}
			in, err := c.openInput(args[0])
			if err != nil {
				return err
			}
			defer in.Close()
			return c.importFile(cmd.Context(), in, filepath.Base(args[0]), o, choices)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&o.yes, "yes", false, c.t("cli.flag.yes"))
	f.StringArrayVar(&o.maps, "map", nil, c.t("cli.flag.map"))
	f.StringArrayVar(&o.units, "unit", nil, c.t("cli.flag.unit"))
	f.StringArrayVar(&o.scales, "scale", nil, c.t("cli.flag.scale"))
	f.StringArrayVar(&o.products, "product", nil, c.t("cli.flag.column_product"))
	f.StringArrayVar(&o.times, "time", nil, c.t("cli.flag.column_time"))
	f.BoolVar(&o.dayFirst, "day-first", false, c.t("cli.flag.day_first"))
	f.BoolVar(&o.monthFirst, "month-first", false, c.t("cli.flag.month_first"))
	f.BoolVar(&o.decimalComma, "decimal-comma", false, c.t("cli.flag.decimal_comma"))
	f.BoolVar(&o.thousandsComma, "thousands-comma", false, c.t("cli.flag.thousands_comma"))
	f.IntVar(&o.year, "year", 0, c.t("cli.flag.first_year"))
	f.StringVar(&o.changed, "changed", "replace", c.t("cli.flag.changed"))
	f.StringVar(&o.doubles, "doubles", "skip", c.t("cli.flag.doubles"))
	f.StringVar(&o.odd, "odd", "keep", c.t("cli.flag.odd"))
	cmd.AddCommand(c.importListCommand(), c.importUndoCommand(), c.importKeptCommand())
	return cmd
}

// choices are what the flags settle of a file, its columns aside.
func (o *importOptions) choices() (batch.Choices, error) {
	var ch batch.Choices
	switch {
	case o.dayFirst && o.monthFirst:
		return ch, usage("cli.import.both_orders")
	case o.decimalComma && o.thousandsComma:
		return ch, usage("cli.import.both_commas")
	case o.dayFirst:
		ch.Order = columns.DayFirst
	case o.monthFirst:
		ch.Order = columns.MonthFirst
	}
	switch {
	case o.decimalComma:
		ch.Comma = columns.Decimal
	case o.thousandsComma:
		ch.Comma = columns.Thousands
	}
	ch.Year = o.year
	ch.Changed = batch.Changed(o.changed)
	for _, f := range []struct{ value, a, b, c string }{{o.changed, "replace", "skip", "add"}, {o.doubles, "skip", "add", ""}, {o.odd, "keep", "add", ""}} {
		if f.value != f.a && f.value != f.b && (f.c == "" || f.value != f.c) {
			return ch, usage("cli.import.no_such_choice", "value", f.value)
		}
	}
	ch.Doubles, ch.Odd = o.doubles == "add", o.odd == "add"
	return ch, nil
}

func (c *commands) importFile(ctx context.Context, in *os.File, name string, o importOptions, choices batch.Choices) error {
	buffered := bufio.NewReader(in)
	own, err := looksLikeExport(buffered)
	if err != nil {
		return fileFault(err)
	}
	if own {
		return c.write(ctx, func(a *app.App) error {
			done, err := transfer.ImportJSON(ctx, a, buffered)
			c.answerDanger(c.choices(ctx, a), done.Found)
			if err != nil {
				return err
			}
			return c.sayRestored(done)
		})
	}
	data, err := io.ReadAll(io.LimitReader(buffered, maxImport+1))
	if err != nil {
		return fileFault(err)
	}
	if len(data) > maxImport {
		return fault.New(fault.Invalid, "cli.import.too_large")
	}
	file := batch.File{Name: name, Data: data}
	if name == "-" {
		file.Name = ""
	}
	asks := !o.yes && !c.json && in != c.in && term.IsTerminal(int(c.in.Fd()))
	if dir, err := c.dir(); err != nil {
		return err
	} else if there, err := hasJournal(dir); err != nil {
		return err
	} else if !there && !asks {
		// Neither a preview nor what cannot be written begins a journal.
		alone := choices
		p, err := c.proposal(o, &alone, func(ch batch.Choices) (*batch.Preview, error) { return batch.LookAlone(ctx, time.Now(), file, ch) })
		switch {
		case err != nil:
			return err
		case !o.yes:
			return c.sayPreview(p)
		case p.Open() != nil:
			return openFault(p.Open())
		}
	}
	if o.yes {
		return c.write(ctx, func(a *app.App) error { return c.writeImport(ctx, a, file, o, choices) })
	}
	return c.write(ctx, func(a *app.App) error {
		p, err := c.proposal(o, &choices, func(ch batch.Choices) (*batch.Preview, error) { return batch.Look(ctx, a, file, ch) })
		if err != nil {
			return err
		}
		if !asks {
			return c.sayPreview(p)
		}
		return c.askImport(ctx, a, file, p, choices)
	})
}

// maxImport is the largest file that is read.
const maxImport = 256 << 20

func (c *commands) writeImport(ctx context.Context, a *app.App, file batch.File, o importOptions, choices batch.Choices) error {
	if _, err := c.proposal(o, &choices, func(ch batch.Choices) (*batch.Preview, error) { return batch.Look(ctx, a, file, ch) }); err != nil {
		return err
	}
	done, err := batch.Write(ctx, a, file, choices)
	c.answerDanger(c.choices(ctx, a), done.Found)
	if err != nil {
		return openFault(err)
	}
	return c.sayImported(done)
}

// looksLikeExport peeks at the beginning of a file for that of our own export.
func looksLikeExport(r *bufio.Reader) (bool, error) {
	head, err := r.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	return transfer.IsExport(head), nil
}
