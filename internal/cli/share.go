package cli

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/share"
	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/wire"
	"github.com/evenkeel/evenkeel/journal"
)

func (c *commands) shareCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "share",
		Short: c.t("cli.sharing.short"),
		Long:  c.t("cli.sharing.long"),
		Args:  cobra.NoArgs,
	}
	list := c.shareListCommand()
	cmd.RunE = list.RunE
	cmd.AddCommand(list, c.shareLookCommand(), c.sharePreviewCommand(), c.shareBeginCommand(), c.shareLinkCommand(), c.shareFileCommand(),
		c.shareRenewCommand(), c.shareEndCommand(), c.shareDisclosuresCommand())
	return cmd
}

// sharing runs f on the open journal with its ways to the hosts.
func (c *commands) sharing(ctx context.Context, f func(context.Context, *share.Sharing) error) error {
	return c.look(ctx, func(a *app.App) error {
		s, err := c.sharingOf(a)
		if err != nil {
			return err
		}
		return f(ctx, s)
	})
}

func (c *commands) sharingOf(a *app.App) (*share.Sharing, error) {
	u, err := c.union(a)
	if err != nil {
		return nil, err
	}
	return c.sharingOver(u), nil
}

// sharingOver is the sharing of a journal that has its way to its own host.
func (c *commands) sharingOver(u *union.Union) *share.Sharing {
	return &share.Sharing{
		App: u.App, Union: u, Bundle: c.deps.Bundle, Random: rand.Reader, Texts: c.texts,
		Dial: func(base string, log wire.Address, key ed25519.PrivateKey) (share.Place, error) {
			l, err := client.New(base, log, key, systemClock{}, http.DefaultTransport)
			if err != nil {
				return nil, err // not a nil *client.Log in an interface
			}
			return l, nil
		},
		Visit: func(base string) (share.Visitor, error) { return client.NewVisitor(base, http.DefaultTransport) },
	}
}

// draftFlags are what a share is put together from.
type draftFlags struct {
	share.Draft
	until, sign string
}

func (c *commands) addDraftFlags(flags *pflag.FlagSet, d *draftFlags, sign bool) {
	flags.StringVar(&d.Patient, "name", "", c.t("cli.sharing.flag.name"))
	flags.StringSliceVar(&d.Parts, "show", nil, c.t("cli.sharing.flag.show", "list", strings.Join(journal.SharedParts, ", ")))
	flags.StringSliceVar(&d.Sections, "sections", nil, c.t("cli.sharing.flag.sections"))
	flags.IntVar(&d.Days, "days", 90, c.t("cli.sharing.flag.days"))
	flags.StringSliceVar(&d.Purposes, "purpose", nil, c.t("cli.sharing.flag.purpose", "list", strings.Join(journal.Purposes, ", ")))
	flags.StringVar(&d.Purpose, "purpose-words", "", c.t("cli.sharing.flag.purpose_words"))
	flags.StringVar(&d.until, "until", "", c.t("cli.sharing.flag.until"))
	if sign {
		flags.StringVar(&d.sign, "sign", "", c.t("cli.sharing.flag.sign"))
	}
}

// addRecipientFlags are for a share that no card says the recipient of.
func (c *commands) addRecipientFlags(flags *pflag.FlagSet, d *draftFlags) {
	flags.StringVar(&d.Recipient, "for", "", c.t("cli.sharing.flag.for"))
	flags.StringVar(&d.RecipientKind, "for-kind", "clinician", c.t("cli.sharing.flag.for_kind", "list", strings.Join(journal.Recipients, ", ")))
}

// draft is what the flags put together. The last day may be given as so many days
// from today.
func (c *commands) draft(d *draftFlags, form string, now time.Time) *share.Draft {
	d.Form, d.Until, d.Language = form, journal.Date(d.until), c.text.Tag()
	if days, err := strconv.Atoi(d.until); err == nil {
		d.Until = journal.DateOf(now).Add(days)
	}
	return &d.Draft
}

// digitsOfShare are how many digits of an id name a share on the terminal.
const digitsOfShare = 8

// shareNamed finds a share by the beginning of its id.
func shareNamed(ctx context.Context, s *share.Sharing, name string) (journal.ID, error) {
	shares, err := s.Shares(ctx)
	if err != nil {
		return journal.ID{}, err
	}
	var found []journal.ID
	for _, sh := range shares {
		if len(name) >= digitsOfShare && strings.HasPrefix(sh.ID.String(), strings.ToLower(name)) {
			found = append(found, sh.ID)
		}
	}
	if len(found) != 1 {
		return journal.ID{}, fault.New(fault.NotFound, "share.none")
	}
	return found[0], nil
}
