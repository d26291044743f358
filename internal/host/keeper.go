package host

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// keeperPage is where the host's own page stands, beside the logs: which
// invitations are open.
var keeperPage = port.PersonID{}

type page struct {
	Invitations []invitation `json:"invitations"`
}

// invitation lets one log begin. The page has its sum alone, so that a copy of the
// store invites nobody.
type invitation struct {
	Sum   []byte `json:"sum"`
	Until int64  `json:"until"` // seconds since 1970
	// Used is the log that it began, so that a lost answer can be asked for again.
	Used []byte `json:"used,omitempty"`
}

// Keeper does what the keeper of a host does, beside a running host or without one.
type Keeper struct {
	Store port.Store
	Clock port.Clock
}

// Invite makes an invitation to begin one log, good for some days: 26 letters and
// digits, 128 random bits and a rest.
func (k Keeper) Invite(ctx context.Context, days int) (code string, err error) {
	code = rand.Text()
	now := k.Clock.Now()
	return code, k.change(ctx, func(p *page) error {
		p.Invitations = slices.DeleteFunc(p.Invitations, func(i invitation) bool { return i.Until < now.Unix() })
		p.Invitations = append(p.Invitations, invitation{Sum: sumOf(code), Until: now.Add(time.Duration(days) * 24 * time.Hour).Unix()})
		return nil
	})
}

// Destroy removes one log, whose address its devices show.
func (k Keeper) Destroy(ctx context.Context, log wire.Address) error {
	if _, _, err := k.Store.Keyring(ctx, log.Person()); err != nil {
		return err
	}
	return k.destroy(ctx, log)
}

// destroy removes a log, its shares, its card and its inbox. What a device puts in the
// meantime is found when nobody can put any more, or undone by who put it.
func (k Keeper) destroy(ctx context.Context, log wire.Address) error {
	beside := func() error {
		if err := k.endShares(ctx, log); err != nil {
			return err
		}
		return k.drop(ctx, inboxOf(log))
	}
	if err := beside(); err != nil {
		return err
	}
	if err := k.Store.DeletePerson(ctx, log.Person()); err != nil {
		return err
	}
	if err := beside(); err != nil {
		return err
	}
	return k.drop(ctx, sharesOf(log))
}

// drop removes what may not be there: a store may rewrite all its bytes to let go of
// nothing.
func (k Keeper) drop(ctx context.Context, id port.PersonID) error {
	if _, _, err := k.Store.Keyring(ctx, id); err != nil {
		return exceptNobody(err)
	}
	return k.Store.DeletePerson(ctx, id)
}

func (k Keeper) change(ctx context.Context, f func(*page) error) error {
	for try := 0; ; try++ {
		var p page
		ring, version, err := k.Store.Keyring(ctx, keeperPage)
		switch {
		case isNobody(err):
		case err != nil:
			return err
		default:
			if err := json.Unmarshal(ring, &p); err != nil {
				return fault.Wrap(err, fault.Corrupt, "host.register_damaged")
			}
		}
		if err := f(&p); err != nil {
			return err
		}
		next, err := json.Marshal(p)
		if err != nil {
			return fault.Wrap(err, fault.Internal, "host.register_damaged")
		}
		if version == 0 {
			err = k.Store.CreatePerson(ctx, keeperPage, next)
		} else {
			err = k.Store.PutKeyring(ctx, keeperPage, next, version)
		}
		if !fault.Is(err, fault.Conflict) || try == 20 {
			return err
		}
	}
}

var errInvitation = refuse(http.StatusForbidden, fault.Invalid, "host.invitation")

// useInvitation spends an invitation on a log; again on the same one is fine.
func (h *Host) useInvitation(ctx context.Context, code string, log port.PersonID, now time.Time) error {
	sum := sumOf(code)
	return Keeper{h.Store, h.Clock}.change(ctx, func(p *page) error {
		for i := range p.Invitations {
			in := &p.Invitations[i]
			if !slices.Equal(in.Sum, sum) || in.Until < now.Unix() {
				continue
			}
			if len(in.Used) > 0 && !slices.Equal(in.Used, log[:]) {
				return errInvitation
			}
			in.Used = log[:]
			return nil
		}
		return errInvitation
	})
}

// sumOf is the sum of a code as somebody typed it.
func sumOf(code string) []byte {
	code = strings.ToUpper(strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, strings.TrimSpace(code)))
	if _, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(code); err != nil {
		return nil // nothing has this sum
	}
	sum := sha256.Sum256([]byte(code))
	return sum[:]
}
