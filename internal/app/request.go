package app

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

// Request is what somebody who asks knows of their own request: when it was
// made, and by which it can be told from every other. Both matter to a request
// that comes late or twice.
type Request struct {
	// At is when the person asked, in their UTC offset; zero for now.
	At time.Time
	// Once is random, or made from something random that only this request
	// holds. The same request again gets the same ids for what it writes, and
	// the store keeps one of each. Zero for a request that never repeats.
	Once [sha256.Size]byte
}

type requestKey struct{}

// asked is a request on its way, with how many ids it was given.
type asked struct {
	Request
	given uint64
}

// WithRequest hands what is known of a request to the use cases that run with
// the context. Make one for each request: ids are counted in it.
func WithRequest(ctx context.Context, r Request) context.Context {
	return context.WithValue(ctx, requestKey{}, &asked{Request: r})
}

func askedIn(ctx context.Context) *asked {
	if r, ok := ctx.Value(requestKey{}).(*asked); ok {
		return r
	}
	return &asked{}
}

// Now is when the person asked for what ctx serves: the time of the clock, with
// the person's UTC offset, unless WithRequest says otherwise.
func (a *App) Now(ctx context.Context) time.Time {
	if at := askedIn(ctx).At; !at.IsZero() {
		return at
	}
	return a.clock.Now()
}

// newID is the id of the next record that a request writes. The caller holds mu.
func (a *App) newID(ctx context.Context) journal.ID {
	r := askedIn(ctx)
	r.given++
	return a.idFor(ctx, string(binary.BigEndian.AppendUint64(nil, r.given)))
}

// idFor is the id of a record that a request may or may not have to write
// again, such as a product that is there by the second time.
func (a *App) idFor(ctx context.Context, what string) journal.ID {
	r := askedIn(ctx)
	if r.Once == ([sha256.Size]byte{}) {
		return journal.ID(a.ids.NewRecordID())
	}
	sum := sha256.Sum256(append(r.Once[:], what...))
	return journal.ID(sum[:len(journal.ID{})])
}
