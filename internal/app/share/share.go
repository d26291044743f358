package share

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"io"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/wire"
	"github.com/evenkeel/evenkeel/journal"
)

// Place is where the person's own shares lie: their log's part of their host.
type Place interface {
	// PutShare is fault.NotFound for a share that was ended there.
	PutShare(ctx context.Context, share wire.Address, kind wire.ShareKind, until time.Time, body []byte) error
	// EndShare destroys a share; fine where it is gone.
	EndShare(ctx context.Context, share wire.Address) error
	Shares(ctx context.Context) ([]wire.ShareState, error)
}

// Visitor reaches what anybody may on somebody's host.
type Visitor interface {
	Card(ctx context.Context, log wire.Address) ([]byte, error)
	Post(ctx context.Context, log wire.Address, letter []byte) error
}

// Sharing is one device's journal and its ways to the hosts.
type Sharing struct {
	App   *app.App
	Union *union.Union
	// Dial reaches the person's own log, Visit anybody's host.
	Dial  func(base string, log wire.Address, key ed25519.PrivateKey) (Place, error)
	Visit func(base string) (Visitor, error)
	// Bundle writes a projection as a FHIR document, for links and files.
	Bundle func(p care.Projection, texts *locale.Texts) ([]byte, error)
	// Random is the source of keys and addresses: crypto/rand.Reader.
	Random io.Reader
	Texts  *locale.Texts
}

// Shares are what the person shared, the last first.
func (s *Sharing) Shares(ctx context.Context) ([]journal.Shared, error) {
	j, err := s.App.Read(ctx)
	if err != nil {
		return nil, err
	}
	return j.Shares(), nil
}

// find reads a share; fault.NotFound where there is none of that id.
func (s *Sharing) find(ctx context.Context, id journal.ID) (journal.Shared, *journal.Journal, error) {
	j, err := s.App.Read(ctx)
	if err != nil {
		return journal.Shared{}, nil, err
	}
	for _, sh := range j.Shares() {
		if sh.ID == id {
			return sh, j, nil
		}
	}
	return journal.Shared{}, nil, fault.New(fault.NotFound, "share.none")
}

// here reaches the person's log where a share lies. A journal that is on another
// host now, or is another log there, is fault.Conflict: only that log's devices can
// change it.
func (s *Sharing) here(ctx context.Context, sh *journal.Share) (Place, error) {
	base, log, place, err := union.Reach(ctx, s.Union, s.Dial)
	if fault.Is(err, fault.NotFound) {
		return nil, fault.Wrap(err, fault.Conflict, "share.other_host", "host", sh.Host)
	}
	if err != nil {
		return nil, err
	}
	if base != sh.Host || logName(log) != sh.Log {
		return nil, fault.New(fault.Conflict, "share.other_host", "host", sh.Host)
	}
	return place, nil
}

// logName names a log without leading to it.
func logName(log wire.Address) string {
	person := log.Person()
	return hex.EncodeToString(person[:])
}

// draw fills n bytes from the source of randomness.
func (s *Sharing) draw(n int) ([]byte, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(s.Random, b); err != nil {
		return nil, fault.Wrap(err, fault.Internal, "vault.no_random")
	}
	return b, nil
}

// correct writes a new version of an event, as change makes it of the present one.
// Where that changes nothing, nothing is written.
func (s *Sharing) correct(ctx context.Context, id journal.ID, change func(journal.Payload) (journal.Payload, bool)) error {
	_, err := s.App.Write(ctx, func(tx *app.Tx) ([]app.Draft, error) {
		old, ok := tx.Entry(id)
		if !ok {
			return nil, app.Gone()
		}
		body, changed := change(old.Body)
		if !changed {
			return nil, nil
		}
		return []app.Draft{{Event: journal.Event{Replaces: id, Rev: journal.NextRev(old.Rev), At: old.At, Body: body}}}, nil
	})
	return err
}
