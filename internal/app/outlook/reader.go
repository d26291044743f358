// Package outlook reads a journal for the pages that look: today, what is in
// the body, and what the days to come may bring. It works on readings of the
// journal, which never change, so that no save waits for a model.
package outlook

import (
	"context"
	"sync"
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/say"
)

// Reader keeps what is costly to compute of one person's journal, for as long
// as it holds. It is safe for use by several goroutines.
type Reader struct {
	// open tells whether the journal is; once it is locked nothing is kept, also
	// not by a page that read it before.
	open     func() bool
	pause    func() // nil where a fit hinders nobody
	mu       sync.Mutex
	curve    curve
	month    month
	general  general
	followed followed
	last     *fit
	// running counts the fits under way.
	running int
	stop    context.CancelFunc
	ctx     context.Context
	done    sync.WaitGroup
}

// New makes the Reader of an app's journal, which forgets when it locks.
func New(a *app.App) *Reader {
	r := &Reader{open: a.IsOpen, pause: a.Pause()}
	a.OnLock(r.Forget)
	return r
}

// curve is a Curve with what it was computed from.
type curve struct {
	of   *journal.Journal
	at   time.Time
	what exposure.Curve
}

// Curve is what is in the body around now, kept for as long as neither the
// journal nor the minute changes: pages ask for it far more often than that.
func (r *Reader) Curve(j *journal.Journal, now time.Time) exposure.Curve {
	now = now.Truncate(time.Minute)
	r.mu.Lock()
	c := r.curve
	r.mu.Unlock()
	if c.of == j && c.at.Equal(now) {
		return c.what
	}
	c = curve{of: j, at: now, what: exposure.Around(j, now)}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.open() {
		r.curve = c
	}
	return c.what
}

// fitSeed makes a fit reproducible: the same journal gives the same numbers.
const fitSeed = 20261122

// fitEvery is how long a fit of an unchanged journal stays good. The state now
// moves on with time, slowly against this.
const fitEvery = 10 * time.Minute

// fit is the model fitted to one reading of the journal.
type fit struct {
	of *journal.Journal
	at time.Time
	// done is closed once the rest holds.
	done    chan struct{}
	person  *pkpd.Person
	reading *pkpd.Outlook
	said    []say.Said // on Today
	err     error

	mu sync.Mutex
	// ahead are the what-ifs that were asked for: a slider comes back to them.
	ahead map[float64]Ahead
	same  *pkpd.Forecast // going on as now
}

// good tells that the fit still holds for a journal and a time.
func (f *fit) good(j *journal.Journal, now time.Time) bool {
	return f != nil && f.of == j && !now.Before(f.at) && now.Sub(f.at) < fitEvery
}

// begin starts a fit, or joins the one there is. The caller holds mu.
func (r *Reader) begin(j *journal.Journal, now time.Time) *fit {
	if r.last.good(j, now) {
		return r.last
	}
	if !r.open() {
		f := &fit{done: make(chan struct{}), err: app.Locked()}
		close(f.done)
		return f
	}
	if r.ctx == nil {
		r.ctx, r.stop = context.WithCancel(context.Background())
	}
	f := &fit{of: j, at: now, done: make(chan struct{})}
	r.last = f
	r.running++
	ctx := r.ctx
	r.done.Go(func() {
		f.run(r.aside(ctx))
		if ctx.Err() != nil {
			f.err = app.Locked() // what stops a fit
		}
		close(f.done)
		r.mu.Lock()
		defer r.mu.Unlock()
		r.running--
		if r.last == f && f.err != nil {
			r.last = nil // asked again, it may work
		}
	})
	return f
}

func (f *fit) run(ctx context.Context) {
	f.person, f.err = pkpd.Fit(ctx, exposure.Record(f.of, f.at), pkpd.FitOptions{Seed: fitSeed})
	if f.err != nil {
		f.err = fault.Wrap(f.err, fault.Invalid, "outlook.cannot_use")
		return
	}
	o, err := f.person.Outlook(ctx)
	if err != nil {
		f.err = failed(ctx, err)
		return
	}
	f.reading = &o
	if f.said, err = onToday(ctx, f.person, f.of, f.at); err != nil {
		f.err = failed(ctx, err)
	}
}

// fit is the person fitted to their doses and check-ins. With too little to go
// by, the answer is people in general who took these doses, and says so.
func (r *Reader) fit(ctx context.Context, j *journal.Journal, now time.Time) (*fit, error) {
	r.mu.Lock()
	f := r.begin(j, now)
	r.mu.Unlock()
	select {
	case <-f.done:
		return f, f.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// grace is how long a page waits for a fit that is under way: most are there by
// then, and nobody notices it.
const grace = 60 * time.Millisecond

// ready is the fit if it is there, or nearly so. If not it goes on aside, one
// at a time, so that the page after a tap does not wait for it. Silence over a
// weak insight: what the model cannot use shows as no reading, and the Body page
// says why.
func (r *Reader) ready(j *journal.Journal, now time.Time) (*fit, bool) {
	r.mu.Lock()
	if !r.last.good(j, now) && r.running > 0 {
		r.mu.Unlock()
		return nil, false
	}
	f := r.begin(j, now)
	r.mu.Unlock()
	if r.pause != nil { // the fit waits for the page, and not the page for it
		select {
		case <-f.done:
			return f, f.err == nil
		default:
			return nil, false
		}
	}
	wait := time.NewTimer(grace)
	defer wait.Stop()
	select {
	case <-f.done:
		return f, f.err == nil
	case <-wait.C:
		return nil, false
	}
}

// Forget stops what is under way and drops everything that was computed: the
// journal was locked.
func (r *Reader) Forget() {
	r.mu.Lock()
	if r.stop != nil {
		r.stop()
	}
	r.ctx, r.stop, r.last, r.curve = nil, nil, nil, curve{}
	r.month, r.general, r.followed = month{}, general{}, followed{}
	r.mu.Unlock()
	r.done.Wait()
}

func failed(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fault.Wrap(err, fault.Internal, "outlook.failed")
}
