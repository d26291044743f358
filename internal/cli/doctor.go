package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
)

// doctorAnswer is the app's report, with what was found around it.
type doctorAnswer struct {
	app.Report
	Data    string        `json:"data"`
	Version versionAnswer `json:"version"`
}

func (d *doctorAnswer) add(what string, err error, fine string) {
	f := app.Finding{What: what, OK: err == nil, Says: fine}
	if err != nil {
		f.Says = fault.MessageOf(err)
	}
	d.Findings = append(d.Findings, f)
}

func (c *commands) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Check the journal and everything it needs, and say what to do",
		Long: `Looks over the data directory, the storage, the keys and every entry. It
changes nothing. It exits with 1 when something needs doing. The entries of a
journal with a passphrase are checked when the passphrase is given.`,
		Args: cobra.NoArgs,
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
		d.add("journal", nil, "There is none here yet. It begins with the first entry.")
		d.OK = true
		return d, nil
	}
	if err != nil {
		d.add("data directory", err, "")
		return d, nil
	}
	d.add("data directory", checkDir(dir), "Only you can use "+dir+".")
	if err := c.examineJournal(ctx, dir, d); err != nil {
		d.add("journal", err, "")
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
		return fault.Wrap(err, fault.ReadOnly, "Nothing can be written to %s. Check its permissions and the free space.", dir)
	}
	if err := errors.Join(probe.Close(), os.Remove(probe.Name())); err != nil {
		return fileFault(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o022 != 0 {
		return fault.New(fault.Invalid, "Other users of this computer can put files into %s. Run: chmod 700 on it.", dir)
	}
	return nil
}

// examineJournal opens the journal step by step, so that what can still be
// looked at is.
func (c *commands) examineJournal(ctx context.Context, dir string, d *doctorAnswer) error {
	store, err := c.deps.OpenStore(ctx, filepath.Join(dir, storeFile))
	if err != nil {
		return err
	}
	a := NewApp(store, filepath.Join(dir, keyFile))
	return c.closing(a, func() error {
		opening := a.Open(ctx)
		if status, err := a.Status(ctx); err == nil && !status.Open && status.Passphrase && c.journalPassphrase().given() {
			opening = errors.Join(opening, c.unlock(ctx, a))
		}
		report, err := a.Doctor(ctx)
		if err != nil {
			return errors.Join(opening, err)
		}
		d.Store = report.Store
		d.Findings = append(d.Findings, report.Findings...)
		return opening
	})
}

func (c *commands) sayReport(d *doctorAnswer) error {
	if c.json {
		return c.printJSON(d)
	}
	for _, f := range d.Findings {
		sign := "ok  "
		if !f.OK {
			sign = "LOOK"
		}
		if err := c.say("%s  %s: %s", sign, f.What, f.Says); err != nil {
			return err
		}
	}
	words := "Everything is in order."
	if !d.OK {
		n := 0
		for _, f := range d.Findings {
			if !f.OK {
				n++
			}
		}
		words = fmt.Sprintf("%s to look at.", count(n, "thing", "things"))
	}
	return c.say("%s", words)
}
