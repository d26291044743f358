// Package devices keeps one journal on several devices: where it synchronises, which
// devices there are, how another one joins, and how it ends.
package devices

import (
	"context"
	"encoding/hex"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/vault/fingerprint"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// Devices is the area.
type Devices struct {
	union func(*app.App) *union.Union
	// host is offered to start and to join at; empty for none.
	host string
	// turn is held by whoever works on what this device noted.
	turn chan struct{}

	mu      sync.Mutex
	showing *showing // the short code that is shown, or was last
}

// New is the area of a journal and the way to its host.
func New(u func(*app.App) *union.Union, host string) *Devices {
	return &Devices{union: u, host: host, turn: make(chan struct{}, 1)}
}

const (
	home   = "/settings/devices"
	joinAt = home + "/join"
	codeAt = home + "/code"
)

// Routes are the pages and their forms.
func (d *Devices) Routes() []shell.Route {
	list := []shell.Route{
		{Pattern: "GET " + home, Do: d.show},
		{Pattern: "POST " + home + "/start", Do: d.start},
		{Pattern: "POST " + home + "/sync", Do: d.sync},
		{Pattern: "POST " + home + "/again", Do: d.again},
		{Pattern: "POST " + home + "/remove", Do: d.remove},
		{Pattern: "POST " + home + "/stop", Do: d.stop},
		{Pattern: "POST " + home + "/invite", Do: d.invite},
		{Pattern: "POST " + codeAt, Do: d.makeCode},
		{Pattern: "GET " + codeAt, Do: d.showCode},
		{Pattern: "GET " + codeAt + "/state", Do: d.codeState, Idle: true},
		{Pattern: "GET " + joinAt, Do: d.askJoin},
		{Pattern: "POST " + joinAt, Do: d.join},
	}
	for i := range list {
		list[i].Part = "settings"
		list[i].Back = home
	}
	return list
}

// with runs f on what this device noted, while nobody else does.
func (d *Devices) with(v *shell.Visit, f func(*union.Union) error) error {
	if v.Demo {
		return fault.New(fault.Invalid, "devices.demo")
	}
	select {
	case d.turn <- struct{}{}:
		defer func() { <-d.turn }()
	case <-v.Ctx().Done():
		return v.Ctx().Err()
	}
	return f(d.union(v.App))
}

// page is where the journal synchronises, or where it could.
type page struct {
	form url.Values
	err  error
	// part is the form that err is about.
	part string

	here    *union.Place // nil where it does not synchronise
	devices []device
	// away is why the host did not list the devices.
	away error
}

// device is one of the journal's, as people tell it from others.
type device struct {
	key, digits string
	words       []string
	own         bool
}

func deviceOf(key wire.DeviceKey, own bool) device {
	return device{hex.EncodeToString(key[:]), fingerprint.Digits(key[:]), fingerprint.Words(key[:]), own}
}

// answerSoon is how long a page waits for the list of devices.
const answerSoon = 4 * time.Second

func (d *Devices) draw(v *shell.Visit, status int, p page) error {
	if p.form == nil {
		p.form = url.Values{"host": {d.host}}
	}
	v.Notify()
	if v.Demo {
		return v.Show(status, whole(v, &p))
	}
	u := d.union(v.App)
	here, err := u.Here(v.Ctx())
	switch {
	case fault.Is(err, fault.NotFound):
		return v.Show(status, whole(v, &p))
	case fault.Is(err, fault.Corrupt) && p.err == nil:
		p.err = err // it can be begun again
		return v.Show(status, whole(v, &p))
	case err != nil:
		return err
	}
	p.here = &here
	ctx, done := context.WithTimeout(v.Ctx(), answerSoon)
	defer done()
	all, err := u.Look(ctx)
	if err != nil {
		p.away = err
		if ctx.Err() != nil {
			p.away = fault.Wrap(err, fault.Internal, "host.away")
		}
		p.devices = []device{deviceOf(here.Own, true)}
	}
	for _, key := range all.Devices {
		p.devices = append(p.devices, deviceOf(key, key == here.Own))
	}
	return v.Show(status, whole(v, &p))
}

func (d *Devices) show(v *shell.Visit) error { return d.draw(v, http.StatusOK, page{}) }

// refused shows the page again with what went wrong at the form called part.
func (d *Devices) refused(v *shell.Visit, part string, f url.Values, err error) error {
	if fault.Is(err, fault.Locked) {
		return err
	}
	return d.draw(v, shell.StatusOf(err), page{form: f, err: err, part: part})
}

// done ends a synchronisation that came to its end: what it did is said, and in one
// sentence what the host did not keep.
func (d *Devices) done(v *shell.Visit, done union.Done) error {
	v.Found = done.Found
	if err := done.Problem(); err != nil {
		return d.refused(v, "again", nil, err)
	}
	return v.Done(home, &kit.Notice{Text: said(v, done), Found: done.Found})
}

func said(v *shell.Visit, done union.Done) string {
	text := v.T("devices.synced", "fetched", done.Fetched, "brought", done.Brought)
	if done.Forgotten > 0 {
		text += " " + v.T("devices.forgotten", "n", done.Forgotten)
	}
	if done.TooLong > 0 {
		text += " " + v.T("devices.too_long", "n", done.TooLong)
	}
	return text
}
