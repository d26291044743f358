package union

import (
	"context"
	"crypto/ed25519"
	"io"
	"math/rand/v2"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault"
	"github.com/evenkeel/evenkeel/internal/wire"
	"github.com/evenkeel/evenkeel/safety"
)

// Line reaches one log on a host for one device. Errors are faults; fault.Conflict
// of a change says that the log has moved on.
type Line interface {
	Begin(ctx context.Context, invitation string) error
	End(ctx context.Context) error
	Pull(ctx context.Context, after int64) (wire.Head, []port.Sealed, error)
	Push(ctx context.Context, version int64, records []port.Sealed) (wire.Head, error)
	Forget(ctx context.Context, version int64, ids []port.RecordID) (wire.Head, error)
	Devices(ctx context.Context) ([]wire.DeviceKey, error)
	RemoveDevice(ctx context.Context, key wire.DeviceKey) error
	Invite(ctx context.Context, guest wire.DeviceKey, until time.Time, note []byte) error
	Note(ctx context.Context) ([]byte, error)
	Accept(ctx context.Context, device wire.DeviceKey) error
	OpenMeeting(ctx context.Context, place wire.Place, message []byte) error
	MeetingReply(ctx context.Context, place wire.Place) ([]byte, error)
	CloseMeeting(ctx context.Context, place wire.Place, note []byte) error
}

// Union is one device's journal and the way to its host.
type Union struct {
	App   *app.App
	Notes port.Notes
	Clock port.Clock
	// Random is the source of keys and nonces: crypto/rand.Reader.
	Random io.Reader
	// Dial gives the line to a host.
	Dial func(base string, log wire.Address, key ed25519.PrivateKey) (Line, error)
	// Visit reaches a host that does not know this device yet.
	Visit func(base string) (Rendezvous, error)
}

// Done says what a synchronisation did.
type Done struct {
	Fetched   int `json:"fetched"`   // records that this device did not have
	Brought   int `json:"brought"`   // records that the host did not have
	Forgotten int `json:"forgotten"` // records whose bytes were removed from the host
	// TooLong records do not fit the host's size classes and stay here alone.
	TooLong int `json:"too_long"`
	// Harmed records came from the host empty or changed without anybody having
	// forgotten them; of these, Mended ones this device brought again.
	Harmed int `json:"harmed"`
	Mended int `json:"mended"`
	// Found are words of danger in what was fetched, and recent entries that are
	// dangerous beside others.
	Found []safety.Finding `json:"-"`
}

// Problem says in one sentence what the host did not keep; nil when it kept all.
func (d Done) Problem() error {
	if d.Harmed == 0 {
		return nil
	}
	return fault.New(fault.Corrupt, "union.harmed", "n", d.Harmed, "mended", d.Mended)
}

// tries is how often a change is made anew because another device was quicker.
const tries = 20

// Sync fetches what this device lacks and brings what the host lacks. It can be
// stopped at any moment and begun again: nothing is done twice and nothing is lost.
func (u *Union) Sync(ctx context.Context) (Done, error) {
	s, err := load(ctx, u.App, u.Notes)
	if err != nil {
		return Done{}, err
	}
	return u.sync(ctx, s)
}

// Again is Sync that takes the host as it is now: what it has is read from the
// beginning, and what it lost is brought again. It is for a host that was restored
// from an older copy.
func (u *Union) Again(ctx context.Context) (Done, error) {
	s, err := load(ctx, u.App, u.Notes)
	if err != nil {
		return Done{}, err
	}
	s.forgetHost()
	return u.sync(ctx, s)
}

func (u *Union) sync(ctx context.Context, s *state) (done Done, err error) {
	line, err := u.Dial(s.Base, s.address(), s.key())
	if err != nil {
		return done, err
	}
	key := vault.KeyOf([32]byte(s.Secret), u.Random)
	defer key.Wipe()
	r := &round{u: u, s: s, line: line, key: key, done: &done, writer: writerOf(s.public()), harm: map[port.RecordID]bool{}}
	for try := 0; ; try++ {
		err := r.once(ctx)
		r.count()
		if !fault.Is(err, fault.Conflict) || try == tries {
			return done, err
		}
		// Another device was quicker: what it wrote comes first.
		select {
		case <-ctx.Done():
			return done, ctx.Err()
		case <-time.After(rand.N(time.Millisecond << min(try, 9))):
		}
	}
}

// round is one synchronisation under way.
type round struct {
	u    *Union
	s    *state
	line Line
	key  *vault.Key
	done *Done

	writer writer // this device

	// stride is how much the line takes at once.
	stride wire.Stride

	v    *view
	head wire.Head
	harm map[port.RecordID]bool // harmed events that were met, at every try
}

// count says what the host harmed. A try whose answer was lost had mended already
// what the next one no longer meets.
func (r *round) count() {
	r.done.Harmed, r.done.Mended = len(r.harm), 0
	for id := range r.harm {
		if r.v.brought(id) {
			r.done.Mended++
		}
	}
}

// once fetches, keeps, brings and forgets. What was seen of the host is noted only
// once what came with it is kept here, so that a stop in between fetches it again.
func (r *round) once(ctx context.Context) error {
	r.v = r.s.view()
	events, err := r.pull(ctx)
	if err != nil {
		return err
	}
	if err := r.merge(ctx, events); err != nil {
		return err
	}
	if err := r.note(ctx); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{r.push, r.forget} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (r *round) note(ctx context.Context) error {
	r.s.keep(r.v)
	return r.s.save(ctx, r.u.App, r.u.Notes)
}
