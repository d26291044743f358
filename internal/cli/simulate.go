package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/pkpd"
)

type simulateOptions struct {
	csv     string
	window  string
	threads int
	body    string
	dataset bool
}

func (c *commands) simulateCommand() *cobra.Command {
	var o simulateOptions
	cmd := &cobra.Command{
		Use:   "simulate SCENARIO|DATASET|-",
		Short: c.t("cli.simulate.short"),
		Long:  c.t("cli.simulate.long"),
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.simulate(cmd.Context(), args[0], o)
		},
	}
	cmd.Flags().StringVar(&o.csv, "csv", "", c.t("cli.flag.csv"))
	cmd.Flags().StringVar(&o.window, "window", "", c.t("cli.flag.window"))
	cmd.Flags().IntVar(&o.threads, "threads", 0, c.t("cli.flag.threads"))
	cmd.Flags().BoolVar(&o.dataset, "dataset", false, c.t("cli.flag.dataset"))
	cmd.Flags().StringVar(&o.body, "body", "", c.t("cli.flag.body"))
	return cmd
}

func (c *commands) simulate(ctx context.Context, path string, o simulateOptions) error {
	window, err := parseWindow(o.window)
	if err != nil {
		return err
	}
	if o.threads < 0 || o.threads > 1024 {
		return usage("cli.simulate.threads_form")
	}
	in, err := c.openInput(path)
	if err != nil {
		return err
	}
	defer in.Close()
	parse := pkpd.ParseScenario
	if o.dataset {
		parse = pkpd.ParseDataset
	}
	scenario, err := parse(in)
	if err != nil {
		return scenarioFault(err)
	}
	if o.body != "" {
		scenario.Body = o.body
	}
	prior := pkpd.Prior()
	options := pkpd.Options{Workers: o.threads, Window: window, Progress: c.progress()}
	var sum *pkpd.Summary
	run := func(w io.Writer) error {
		options.CSV = w
		var err error
		sum, err = pkpd.Simulate(ctx, &prior, scenario, options)
		return scenarioFault(err)
	}
	switch o.csv {
	case "":
		err = run(nil)
	case "-":
		err = run(c.out)
	default:
		// Rows are made again from the same scenario, so an older file gives way,
		// but only to a whole one.
		_, err = writeFile(o.csv, true, run)
	}
	if err != nil || o.csv == "-" {
		return err
	}
	if c.json {
		return c.printJSON(sum)
	}
	return c.printSummary(sum)
}

// parseWindow reads A:B; empty is the whole run.
func parseWindow(s string) (w [2]float64, err error) {
	if s == "" {
		return w, nil
	}
	from, to, ok := strings.Cut(s, ":")
	var errFrom, errTo error
	w[0], errFrom = strconv.ParseFloat(from, 64)
	w[1], errTo = strconv.ParseFloat(to, 64)
	if !ok || errFrom != nil || errTo != nil {
		return w, usage("cli.simulate.window_form")
	}
	return w, nil
}

// scenarioFault turns what the model says of a scenario into a fault. It names
// fields, numbers and nothing a person wrote about themselves.
func scenarioFault(err error) error {
	var wrong *pkpd.InputError
	switch {
	case err == nil || fault.CodeOf(err) != fault.Internal:
		return err
	case errors.As(err, &wrong):
		return fault.Wrap(err, fault.Invalid, "cli.simulate.invalid", "problem", wrong)
	case errors.Is(err, context.Canceled):
		return fault.Wrap(err, fault.Conflict, "cli.simulate.stopped")
	}
	return fault.Wrap(err, fault.Invalid, "cli.simulate.failed", "problem", err.Error())
}

// progress tells on a terminal how far a long run is; elsewhere it is silent.
func (c *commands) progress() func(done, of int) {
	f, ok := c.errs.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil
	}
	started, last := time.Now(), time.Time{}
	return func(done, of int) {
		now := time.Now()
		if now.Sub(started) < time.Second || now.Sub(last) < 200*time.Millisecond && done < of {
			return
		}
		last = now
		fmt.Fprint(c.errs, "\r", c.t("cli.simulate.progress", "done", done, "all", of))
		if done == of {
			fmt.Fprintln(c.errs)
		}
	}
}

func (c *commands) printSummary(s *pkpd.Summary) error {
	if err := c.say("cli.simulate.head", "n", s.Subjects, "from", s.WindowH[0], "to", s.WindowH[1], "version", s.Parameters); err != nil {
		return err
	}
	t := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "\t%s\tp5\tp95\t%s\t%s\t\n", c.t("cli.simulate.median"), c.t("cli.simulate.mean"), c.t("cli.simulate.sd"))
	row := func(name string, x pkpd.Spread) {
		fmt.Fprintf(t, "%s\t", name)
		for _, v := range []pkpd.Number{x.Median, x.P5, x.P95, x.Mean, x.SD} {
			fmt.Fprintf(t, "%s\t", c.text.Number(figures(float64(v))))
		}
		fmt.Fprintln(t)
	}
	for _, a := range []struct {
		name string
		of   pkpd.Analyte
	}{{c.t("alkaloid.mitragynine"), s.Mitragynine}, {c.t("alkaloid.seven_oh"), s.SevenOH}} {
		row(c.t("cli.simulate.cmax", "analyte", a.name), a.of.CmaxNM)
		row(c.t("cli.simulate.tmax", "analyte", a.name), a.of.TmaxH)
		row(c.t("cli.simulate.auc_last", "analyte", a.name), a.of.AUCLastNM)
		row(c.t("cli.simulate.auc_inf", "analyte", a.name), a.of.AUCInfNM)
		row(c.t("cli.simulate.half_life", "analyte", a.name), a.of.THalfH)
	}
	row(c.t("cli.simulate.occupancy"), s.OccupancyMax)
	row(c.t("cli.simulate.withdrawal"), s.WithdrawalMax)
	return outFault(t.Flush())
}
