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
	"golang.org/x/term"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/quick"
	"github.com/evenkeel/evenkeel/safety"
)

type addOptions struct {
	dryRun  bool
	now     string
	answers []int
}

func (c *commands) addCommand() *cobra.Command {
	var o addOptions
	cmd := &cobra.Command{
		Use:   "add [LINE|-]",
		Short: c.t("cli.add.short"),
		Long:  c.t("cli.add.long"),
		Example: `  evenkeel add "3 g green leaf"
  evenkeel add half a blue tablet 20 min ago because pain
  evenkeel add "rough 6 craving 8"
  evenkeel add none today
  evenkeel add --answer 2 "5 tablets today"
  evenkeel add
  evenkeel add --dry-run "15mg 7oh at 8:30"`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			now := time.Now()
			if o.now != "" {
				var err error
				if now, err = time.Parse(time.RFC3339, o.now); err != nil {
					return usage("cli.add.now_form")
				}
			}
			line := strings.Join(args, " ")
			if line == "-" || len(args) == 0 {
				if len(args) == 0 && term.IsTerminal(int(c.in.Fd())) {
					fmt.Fprint(c.errs, c.t("cli.add.type")+" ")
				}
				var err error
				if line, err = c.inputLine(); err != nil {
					return err
				}
			}
			if o.dryRun {
				return c.addDry(line, now, o.answers)
			}
			return c.add(cmd.Context(), line, now, o.answers)
		},
	}
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, c.t("cli.flag.dry_run"))
	cmd.Flags().IntSliceVar(&o.answers, "answer", nil, c.t("cli.flag.answer"))
	cmd.Flags().StringVar(&o.now, "now", "", c.t("cli.flag.now"))
	return cmd
}

func (c *commands) inputLine() (string, error) {
	line, err := bufio.NewReader(io.LimitReader(c.in, quick.MaxLine+1)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fault.Wrap(err, fault.Invalid, "cli.add.unread")
	}
	return line, nil
}

// addDry reads a line without a journal: it opens and makes no file.
func (c *commands) addDry(line string, now time.Time, answers []int) error {
	c.answerDanger(journal.Settings{}, safety.Scan(line))
	_, r, err := c.settle(line, answers, func(line string) (quick.Result, error) {
		return quick.Parse(line, quick.Context{Now: now, Currency: record.DefaultCurrency, Language: c.text.Tag()}), nil
	})
	if err != nil {
		return err
	}
	if c.json {
		body, err := r.JSON(c.t)
		if err != nil {
			return err
		}
		if err := c.printJSON(json.RawMessage(body)); err != nil {
			return err
		}
	} else if err := c.sayRead("cli.add.understood", r, journal.Settings{}); err != nil {
		return err
	}
	return c.unclear(r)
}

// addAnswer is the documented form of a line, and what was saved of it.
type addAnswer struct {
	Entries json.RawMessage `json:"entries"`
	Asks    json.RawMessage `json:"asks"`
	// Questions are the asks with their answers.
	Questions json.RawMessage `json:"questions,omitempty"`
	Saved     bool            `json:"saved"`
	IDs       []journal.ID    `json:"ids"`
	// NewProducts were begun, as the line names them for the first time.
	NewProducts []journal.ID `json:"new_products,omitempty"`
}

func (c *commands) add(ctx context.Context, line string, now time.Time, answers []int) error {
	return c.write(ctx, func(a *app.App) error {
		line, _, err := c.settle(line, answers, func(line string) (quick.Result, error) {
			return record.Understand(ctx, a, record.Line{Text: line, Written: now, Language: c.text.Tag()})
		})
		if err != nil {
			c.answerDanger(c.choices(ctx, a), safety.Scan(line))
			return err
		}
		added, err := record.Add(ctx, a, record.Line{Text: line, Written: now, Language: c.text.Tag()})
		settings := c.choices(ctx, a)
		c.answerDanger(settings, added.Found)
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
		key := "cli.add.understood"
		if saved {
			key = "cli.add.saved"
		}
		if err := c.sayRead(key, added.Result, settings); err != nil {
			return err
		}
		if len(added.NewProducts) > 0 {
			if err := c.say("cli.add.new_products"); err != nil {
				return err
			}
		}
		return c.unclear(added.Result)
	})
}

func (c *commands) printAdded(added record.Added, saved bool) error {
	body, err := added.Result.JSON(c.t)
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
func (c *commands) sayRead(key string, r quick.Result, s journal.Settings) error {
	for i := range r.Entries {
		if r.Entries[i].Unsure {
			continue
		}
		e := &r.Entries[i].Event
		if err := c.say(key, "entry", c.entry(e, s)); err != nil {
			return err
		}
	}
	return nil
}
