package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app/share"
	"github.com/evenkeel/evenkeel/internal/qr"
	"github.com/evenkeel/evenkeel/journal"
)

// cardAnswer is who a code leads to.
type cardAnswer struct {
	Name  string   `json:"name"`
	Kind  string   `json:"kind"`
	Host  string   `json:"host"`
	Inbox string   `json:"inbox"`
	Words []string `json:"words"`
}

func (c *commands) shareLookCommand() *cobra.Command {
	return &cobra.Command{
		Use: "look CODE", Short: c.t("cli.sharing.look.short"), Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.sharing(cmd.Context(), func(ctx context.Context, s *share.Sharing) error {
				seen, err := s.Look(ctx, args[0])
				if err != nil {
					return err
				}
				if c.json {
					return c.printJSON(cardAnswer{seen.Name, seen.Kind, seen.Host, seen.Inbox, seen.Words})
				}
				return c.sayCard(&seen)
			})
		},
	}
}

func (c *commands) sayCard(seen *share.Seen) error {
	return c.say("cli.sharing.look.said", "name", oneLine(seen.Name), "words", strings.Join(seen.Words, " "))
}

func (c *commands) sharePreviewCommand() *cobra.Command {
	var d draftFlags
	var form string
	cmd := &cobra.Command{
		Use: "preview", Short: c.t("cli.sharing.preview.short"), Long: c.t("cli.sharing.preview.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.sharing(cmd.Context(), func(ctx context.Context, s *share.Sharing) error {
				p, err := s.Preview(ctx, c.draft(&d, form, s.App.Now(ctx)))
				if err != nil {
					return err
				}
				if c.json {
					return c.printJSON(p)
				}
				return c.sayShown(&p, s.App.Now(ctx))
			})
		},
	}
	c.addDraftFlags(cmd.Flags(), &d, false)
	c.addRecipientFlags(cmd.Flags(), &d)
	cmd.Flags().StringVar(&form, "form", "sealed", c.t("cli.sharing.flag.form", "list", strings.Join(journal.ShareForms, ", ")))
	return cmd
}

// sayShown prints the form, and what will be seen as its readers have it.
func (c *commands) sayShown(p *care.Projection, now time.Time) error {
	if err := c.sayForm(&p.Consent, now); err != nil {
		return err
	}
	bundle, err := c.deps.Bundle(*p, c.texts)
	if err != nil {
		return err
	}
	said, _ := c.documentText(bundle)
	return c.print("\n" + said)
}

func (c *commands) sayForm(consent *journal.Consent, now time.Time) error {
	for _, line := range share.Form(c.text, consent, now) {
		if line.Text == "" {
			continue // what is signed is not there yet
		}
		if err := c.print(strings.TrimSpace(oneLine(line.Title) + " " + oneLine(line.Text))); err != nil {
			return err
		}
	}
	return nil
}

// begunAnswer is a share that stands in the journal.
type begunAnswer struct {
	ID string `json:"id"`
	// Waits is the sentence that says why it has not arrived; left out where it has.
	Waits string   `json:"waits,omitempty"`
	Link  string   `json:"link,omitempty"`
	Words []string `json:"words,omitempty"`
}

func (c *commands) shareBeginCommand() *cobra.Command {
	var d draftFlags
	cmd := &cobra.Command{
		Use: "begin CODE", Short: c.t("cli.sharing.begin.short"), Long: c.t("cli.sharing.begin.long"), Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.sharing(cmd.Context(), func(ctx context.Context, s *share.Sharing) error {
				seen, err := s.Look(ctx, args[0])
				if err != nil {
					return err
				}
				draft := c.draft(&d, "sealed", s.App.Now(ctx))
				draft.Card = &seen.Card
				begun, err := s.Begin(ctx, draft, d.sign)
				if err != nil {
					return err
				}
				a := begunAnswer{ID: begun.ID.String(), Waits: c.waits(begun.Waits), Words: seen.Words}
				if c.json {
					return c.printJSON(a)
				}
				if err := c.sayCard(&seen); err != nil {
					return err
				}
				return c.sayBegun(&a)
			})
		},
	}
	c.addDraftFlags(cmd.Flags(), &d, true)
	c.addRenewFlag(cmd, &d)
	return cmd
}

func (c *commands) addRenewFlag(cmd *cobra.Command, d *draftFlags) {
	cmd.Flags().StringVar(&d.Renew, "renew", "by_hand", c.t("cli.sharing.flag.renew", "list", strings.Join(journal.ShareRenewals, ", ")))
}

// waits is the sentence of what is still to be done; empty for nothing.
func (c *commands) waits(err error) string {
	if err == nil {
		return ""
	}
	return c.text.Fault(err)
}

func (c *commands) sayBegun(a *begunAnswer) error {
	if a.Waits != "" {
		return c.say("cli.sharing.waits", "id", a.ID[:digitsOfShare], "why", a.Waits)
	}
	return c.say("cli.sharing.begun", "id", a.ID[:digitsOfShare])
}

func (c *commands) shareLinkCommand() *cobra.Command {
	var d draftFlags
	var code bool
	cmd := &cobra.Command{
		Use: "link [ID]", Short: c.t("cli.sharing.link.short"), Long: c.t("cli.sharing.link.long"), Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.sharing(cmd.Context(), func(ctx context.Context, s *share.Sharing) error {
				a, id, err := begunAnswer{}, journal.ID{}, error(nil)
				if len(args) > 0 {
					id, err = shareNamed(ctx, s, args[0])
				} else {
					var begun share.Begun
					begun, err = s.Begin(ctx, c.draft(&d, "link", s.App.Now(ctx)), d.sign)
					id, a.Waits = begun.ID, c.waits(begun.Waits)
				}
				if err != nil {
					return err
				}
				link, err := s.Link(ctx, id)
				if err != nil {
					return err
				}
				a.ID, a.Link = id.String(), link.String()
				if c.json {
					return c.printJSON(a)
				}
				if err := c.sayBegun(&a); err != nil {
					return err
				}
				return c.sayKey(a.Link, code)
			})
		},
	}
	c.addDraftFlags(cmd.Flags(), &d, true)
	c.addRecipientFlags(cmd.Flags(), &d)
	c.addRenewFlag(cmd, &d)
	cmd.Flags().BoolVar(&code, "qr", false, c.t("cli.sharing.flag.qr"))
	return cmd
}

// sayKey prints what opens something, and as a picture where it was asked for.
func (c *commands) sayKey(text string, code bool) error {
	if code {
		picture, err := qr.Terminal(text)
		if err != nil {
			return err
		}
		if err := c.print(picture); err != nil {
			return err
		}
	}
	return c.print("  " + text)
}
