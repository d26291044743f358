package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

func (c *commands) removeCommand(name, about, done string, remove func(context.Context, *app.App, ...journal.ID) error) *cobra.Command {
	return &cobra.Command{
		Use: name + " ID...", Short: about, Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return c.look(ctx, func(a *app.App) error {
				ids, err := c.resolve(ctx, a, args, name == "forget")
				if err != nil {
					return err
				}
				if err := remove(ctx, a, ids...); err != nil {
					return err
				}
				if c.json {
					return c.printJSON(struct {
						IDs []journal.ID `json:"ids"`
					}{ids})
				}
				return c.say(done, "n", len(ids))
			})
		},
	}
}

func (c *commands) editCommand() *cobra.Command {
	return &cobra.Command{
		Use: "edit ID LINE", Short: c.t("cli.log.edit.short"), Args: cobra.MinimumNArgs(2),
		Long:    c.t("cli.log.edit.long"),
		Example: `  evenkeel log edit 3f9c2a10 "2.5 g green leaf"`,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return c.look(ctx, func(a *app.App) error {
				ids, err := c.resolve(ctx, a, args[:1], false)
				if err != nil {
					return err
				}
				return c.edit(ctx, a, ids[0], strings.Join(args[1:], " "))
			})
		},
	}
}

func (c *commands) edit(ctx context.Context, a *app.App, id journal.ID, line string) error {
	j, err := a.Read(ctx)
	if err != nil {
		return err
	}
	old, ok := j.Entry(id)
	if !ok {
		return app.Gone()
	}
	r, err := record.Understand(ctx, a, record.Line{Text: line, Written: old.At, Language: c.text.Tag()})
	if err != nil {
		return err
	}
	if err := c.unclear(r); err != nil {
		return err
	}
	if len(r.Entries) != 1 {
		return fault.New(fault.Invalid, "cli.log.one_entry", "n", len(r.Entries))
	}
	if r.Entries[0].NewProduct != nil {
		return fault.New(fault.NotFound, "cli.log.product_unknown")
	}
	next := r.Entries[0].Event
	saved, err := record.Correct(ctx, a, id, next)
	c.answerDanger(c.choices(ctx, a), saved.Found)
	if err != nil {
		return err
	}
	if j, err = a.Read(ctx); err != nil {
		return err
	}
	fresh, ok := j.Entry(id)
	if !ok {
		return app.Gone()
	}
	if c.json {
		return c.printJSON(answerOf(&fresh))
	}
	return c.say("cli.log.corrected", "day", fresh.At.Format(time.DateOnly), "time", fresh.At.Format("15:04"), "entry", c.describe(&fresh.Event))
}

// resolve finds entries by their ids or the first digits of them. A whole id
// may also name an entry that was deleted, which can still be forgotten.
func (c *commands) resolve(ctx context.Context, a *app.App, args []string, deletedToo bool) ([]journal.ID, error) {
	j, err := a.Read(ctx)
	if err != nil {
		return nil, err
	}
	entries := j.All()
	ids := make([]journal.ID, len(args))
	for i, arg := range args {
		arg = strings.ToLower(arg)
		if id, err := journal.ParseID(arg); err == nil && deletedToo {
			ids[i] = id
			continue
		}
		found := 0
		for _, e := range entries {
			if strings.HasPrefix(e.ID.String(), arg) {
				ids[i] = e.ID
				found++
			}
		}
		switch {
		case len(arg) < 4:
			return nil, fault.New(fault.Invalid, "cli.log.id_short")
		case found == 0:
			return nil, fault.New(fault.NotFound, "cli.log.id_unknown")
		case found > 1:
			return nil, fault.New(fault.Conflict, "cli.log.id_many")
		}
	}
	return ids, nil
}
