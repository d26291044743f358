package sharing

import (
	"strings"

	"github.com/evenkeel/evenkeel/internal/app/share"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// parts are what a share shows, in words.
func parts(v *shell.Visit, list []string) string {
	said := make([]string, len(list))
	for i, name := range list {
		said[i] = v.T("share.part." + name)
	}
	return strings.Join(said, ", ")
}

// fetched says how often the host gave a share out. A fetch is not a reading, and a
// host can only tell what was asked of it.
func fetched(v *shell.Visit, i *share.Item) string {
	on := i.OnHost
	switch {
	case on == nil:
		return v.T("sharing.not_there")
	case on.Fetched == 0:
		return v.T("sharing.not_fetched")
	}
	return v.T("sharing.fetched", "n", int(on.Fetched), "last", v.When(on.LastFetched.In(v.Now.Location())))
}

// name is whom a share is for.
func (p *listed) name(id journal.ID) string {
	for i := range p.items {
		if p.items[i].ID == id {
			return p.items[i].Consent.Recipient
		}
	}
	return ""
}

// lastDay is the furthest day that a form offers.
func lastDay(v *shell.Visit) string { return string(v.Today().Add(366)) }
