package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app/doctor"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

// doctorAnswer is the app's report in words, with what was found around it.
type doctorAnswer struct {
	OK       bool          `json:"ok"`
	Findings []finding     `json:"findings"`
	Store    storeAnswer   `json:"store"`
	Data     string        `json:"data"`
	Version  versionAnswer `json:"version"`
}

type finding struct {
	What string `json:"what"`
	OK   bool   `json:"ok"`
	Says string `json:"says"`
}

// storeAnswer is what the store found, its problems as sentences.
type storeAnswer struct {
	port.Report
	Problems []string `json:"problems"`
}

func (c *commands) found(d *doctorAnswer, what string, err error, fine string) {
	if err != nil {
		fine = c.text.Fault(err)
	}
	d.Findings = append(d.Findings, finding{what, err == nil, fine})
}

func (c *commands) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: c.t("cli.doctor.short"),
		Long:  c.t("cli.doctor.long"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, err := c.examine(cmd.Context())
			if err != nil {
				return err
			}
			if err := c.sayReport(d); err != nil {
				return err
			}
			if !d.OK {
				return errShown
			}
			return nil
		},
	}
}

func (c *commands) examine(ctx context.Context) (*doctorAnswer, error) {
	dir, err := c.dir()
	if err != nil {
		return nil, err
	}
	d := &doctorAnswer{Data: dir, Version: c.version()}
	there, err := hasJournal(dir)
	if err == nil && !there {
		c.found(d, "journal", nil, c.t("cli.doctor.no_journal"))
		d.OK = true
		return d, nil
	}
	if err != nil {
		c.found(d, "data directory", err, "")
		return d, nil
	}
	c.found(d, "data directory", checkDir(dir), c.t("cli.doctor.own_folder", "place", dir))
	if err := c.examineJournal(ctx, dir, d); err != nil {
		c.found(d, "journal", err, "")
	}
	d.OK = true
	for _, f := range d.Findings {
		d.OK = d.OK && f.OK
	}
	return d, nil
}

// checkDir looks whether the person can write there and nobody else can.
func checkDir(dir string) error {
	info, err := os.Stat(dir)
	if err != nil {
		return fileFault(err)
	}
	probe, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		return fault.Wrap(err, fault.ReadOnly, "cli.doctor.cannot_write", "place", dir)
	}
	if err := errors.Join(probe.Close(), os.Remove(probe.Name())); err != nil {
		return fileFault(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o022 != 0 {
		return fault.New(fault.Invalid, "cli.doctor.open_folder", "place", dir)
	}
	return nil
}

// examineJournal opens the journal step by step, so that what can still be
// looked at is.
func (c *commands) examineJournal(ctx context.Context, dir string, d *doctorAnswer) error {
	person, err := c.person()
	if err != nil {
		return err
	}
	store, err := c.deps.OpenStore(ctx, filepath.Join(dir, storeFile))
	if err != nil {
		return err
	}
	a := newAppOf(store, c.deps.DeviceKeys(filepath.Join(dir, keyFile)), person, c.deps.Cost)
	return c.closing(a, func() error {
		opening := a.Open(ctx)
		if status, err := a.Status(ctx); err == nil && !status.Open && status.Passphrase && c.journalPassphrase().given() {
			opening = errors.Join(opening, c.unlock(ctx, a))
		}
		report, err := doctor.Examine(ctx, a)
		if err != nil {
			return errors.Join(opening, err)
		}
		d.Store = storeAnswer{report.Store, []string{}}
		for _, p := range report.Store.Problems {
			d.Store.Problems = append(d.Store.Problems, c.text.Fault(p))
		}
		for _, f := range report.Findings {
			d.Findings = append(d.Findings, finding{f.What, f.OK, c.t(f.Says.Key, f.Says.Args...)})
		}
		return opening
	})
}

func (c *commands) sayReport(d *doctorAnswer) error {
	if c.json {
		return c.printJSON(d)
	}
	todo := 0
	for _, f := range d.Findings {
		sign := c.t("cli.doctor.ok")
		if !f.OK {
			sign = c.t("cli.doctor.look")
			todo++
		}
		if err := c.print(fmt.Sprintf("%-4s  %s", sign, c.t("cli.doctor.row", "what", c.whatFound(f.What), "says", f.Says))); err != nil {
			return err
		}
	}
	if d.OK {
		return c.say("cli.doctor.fine")
	}
	return c.say("cli.doctor.todo", "n", todo)
}

// whatFound names what was looked at; the answer in JSON has it in English,
// for programs.
func (c *commands) whatFound(what string) string {
	if key := "cli.doctor.what." + strings.ReplaceAll(what, " ", "_"); c.text.Has(key) {
		return c.t(key)
	}
	return what
}
