package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/directory"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/quick"
)

type addOptions struct {
	dryRun bool
	now    string
}

func (c *commands) addCommand() *cobra.Command {
	var o addOptions
	cmd := &cobra.Command{
		Use:   "add LINE|-",
		Short: "Write down what happened, in one line of your own words",
		Long: `Reads one line of your own words and saves it. When something in it is
unclear it asks, and saves nothing. With "-" the line comes from the standard
input, which keeps it out of your shell's history.`,
		Example: `  evenkeel add "3 g green leaf"
  evenkeel add half a blue tablet 20 min ago because pain
  evenkeel add "rough 6 craving 8"
  evenkeel add none today
  evenkeel add --dry-run "15mg 7oh at 8:30"`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			now := time.Now()
			if o.now != "" {
				var err error
				if now, err = time.Parse(time.RFC3339, o.now); err != nil {
					return usage("The time of --now is written like 2026-11-22T19:40:00-05:00.")
				}
			}
			line := strings.Join(args, " ")
			if line == "-" {
				var err error
				if line, err = c.inputLine(); err != nil {
					return err
				}
			}
			if o.dryRun {
				return c.addDry(line, now)
			}
			return c.add(cmd.Context(), line, now)
		},
	}
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, "show how the line is understood; needs no journal and saves nothing")
	cmd.Flags().StringVar(&o.now, "now", "", "read the line as if it were written at this `time` (RFC 3339)")
	return cmd
}

func (c *commands) inputLine() (string, error) {
	line, err := bufio.NewReader(io.LimitReader(c.in, quick.MaxLine+1)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fault.Wrap(err, fault.Invalid, "The line could not be read from the standard input.")
	}
	return line, nil
}

// addDry reads a line without a journal: it opens and makes no file.
func (c *commands) addDry(line string, now time.Time) error {
	r := quick.Parse(line, quick.Context{Now: now, Currency: app.DefaultCurrency})
	if c.json {
		if err := c.printJSON(r); err != nil {
			return err
		}
	} else if err := c.sayRead("Understood, not saved", r, journal.Settings{}); err != nil {
		return err
	}
	return c.unclear(r)
}

// addAnswer is the documented form of a line, and what was saved of it.
type addAnswer struct {
	Entries json.RawMessage `json:"entries"`
	Asks    json.RawMessage `json:"asks"`
	Saved   bool            `json:"saved"`
	IDs     []journal.ID    `json:"ids"`
	// NewProducts were begun, as the line names them for the first time.
	NewProducts []journal.ID `json:"new_products,omitempty"`
}

func (c *commands) add(ctx context.Context, line string, now time.Time) error {
	return c.write(ctx, func(a *app.App) error {
		added, err := a.AddAsOf(ctx, line, now)
		if err != nil {
			return err
		}
		saved := len(added.IDs) > 0
		if c.json {
			if err := c.printAdded(added, saved); err != nil {
				return err
			}
			return c.unclear(added.Result)
		}
		settings, err := a.Settings(ctx)
		if err != nil {
			return err
		}
		words := "Understood, not saved"
		if saved {
			words = "Saved"
		}
		if err := c.sayRead(words, added.Result, settings); err != nil {
			return err
		}
		if len(added.NewProducts) > 0 {
			if err := c.say("New in your products: say more about it with `evenkeel product edit`."); err != nil {
				return err
			}
		}
		return c.unclear(added.Result)
	})
}

func (c *commands) printAdded(added app.Added, saved bool) error {
	body, err := json.Marshal(added.Result)
	if err != nil {
		return err
	}
	var answer addAnswer
	if err := json.Unmarshal(body, &answer); err != nil {
		return err
	}
	answer.Saved, answer.IDs, answer.NewProducts = saved, added.IDs, added.NewProducts
	if answer.IDs == nil {
		answer.IDs = []journal.ID{}
	}
	return c.printJSON(answer)
}

// sayRead shows what a line was understood as.
func (c *commands) sayRead(words string, r quick.Result, s journal.Settings) error {
	for i := range r.Entries {
		e := &r.Entries[i].Event
		if err := c.say("%s: %s, %s %s", words, spaced(e.Kind), e.At.Format(time.DateOnly), clock(e.At, s)+"  "+describe(e)); err != nil {
			return err
		}
	}
	return nil
}

// unclear asks what a line left open, and ends the command when it did.
func (c *commands) unclear(r quick.Result) error {
	if len(r.Asks) == 0 {
		return nil
	}
	if c.json {
		return fault.New(fault.Invalid, "Part of the line is unclear, so nothing was saved. Answer what it asks and send the whole line again.")
	}
	// The questions quote the person, so they are no fault's message.
	for _, a := range r.Asks {
		fmt.Fprintln(c.errs, oneLine(a.Question))
		if a.Urgent {
			c.printHelpLines()
		}
	}
	fmt.Fprintln(c.errs, "Nothing was saved. Answer in the line and send it again.")
	return errShown
}

// printHelpLines gives the numbers themselves: a terminal has no Help page.
// The country is the first of the directory; a locked journal knows no other.
func (c *commands) printHelpLines() {
	country := directory.Countries()[0]
	fmt.Fprintf(c.errs, "%s, emergency: %s\n", country.Name, country.Emergency)
	for _, l := range country.Lines {
		if (l.For == "crisis" || l.For == "overdose") && l.Call != "" {
			fmt.Fprintf(c.errs, "%s: %s\n", l.Name, l.Call)
		}
	}
}
