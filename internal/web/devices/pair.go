package devices

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/qr"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// invitation is a long code: as a picture, as a link and as text.
type invitation struct {
	code, picture string
	until         time.Time
}

// invite makes a long code and shows it, once.
func (d *Devices) invite(v *shell.Visit) error {
	if _, err := v.Form(); err != nil {
		return err
	}
	var i invitation
	var done union.Done
	err := d.with(v, func(u *union.Union) (err error) {
		i.code, i.until, done, err = u.Invite(v.Ctx())
		return err
	})
	v.Found = done.Found
	if err == nil {
		err = done.Problem()
	}
	if err == nil {
		i.picture, err = qr.SVG(i.code)
	}
	if err != nil {
		return d.refused(v, "invite", nil, err)
	}
	v.Again(home, &kit.Notice{Text: v.T("devices.invited")})
	return v.Show(http.StatusOK, invited(v, &i))
}

// showing is a short code that waits for another device, or how it ended.
type showing struct {
	meeting *union.Meeting
	ended   bool
	done    union.Done
	err     error
}

// makeCode makes a short code and waits for it aside, for the page may be left.
func (d *Devices) makeCode(v *shell.Visit) error {
	if _, err := v.Form(); err != nil {
		return err
	}
	var s *showing
	err := d.with(v, func(u *union.Union) error {
		var m *union.Meeting
		var err error
		if m, err = u.Meet(v.Ctx()); err != nil {
			return err
		}
		s = &showing{meeting: m}
		d.mu.Lock()
		d.showing = s
		d.mu.Unlock()
		return nil
	})
	if err != nil {
		return d.refused(v, "invite", nil, err)
	}
	go d.wait(context.WithoutCancel(v.Ctx()), s)
	return v.Done(codeAt, nil)
}

// wait looks until another device joined, the code is over or a newer one is shown.
func (d *Devices) wait(ctx context.Context, s *showing) {
	for {
		d.turn <- struct{}{}
		met, done, err := s.meeting.Look(ctx)
		<-d.turn
		if fault.Is(err, fault.Locked) {
			err = fault.New(fault.NotFound, "devices.locked")
		}
		d.mu.Lock()
		current := d.showing == s
		if met || err != nil && !passing(err) {
			s.ended, s.done, s.err = true, done, err
		}
		d.mu.Unlock()
		if s.ended || !current {
			return
		}
		time.Sleep(lookEvery)
	}
}

// passing tells an error that may be over at the next look.
func passing(err error) bool { return fault.Is(err, fault.Internal) }

// lookEvery is how often it is looked whether another device answered.
const lookEvery = time.Second

// shown is the short code as it stands now.
func (d *Devices) shown() (s showing, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.showing == nil {
		return s, false
	}
	return *d.showing, true
}

func (d *Devices) showCode(v *shell.Visit) error {
	v.Notify()
	s, ok := d.shown()
	switch {
	case !ok || v.Demo:
		return d.draw(v, http.StatusOK, page{})
	case s.ended && s.err != nil:
		return d.refused(v, "invite", nil, s.err)
	case s.ended:
		v.Found = s.done.Found
	}
	return v.Show(http.StatusOK, shortCode(v, &s))
}

// codeState is the part of the page that a script asks for.
func (d *Devices) codeState(v *shell.Visit) error {
	s, ok := d.shown()
	if !ok || v.Demo {
		return fault.New(fault.NotFound, "union.meeting_over")
	}
	return v.Show(http.StatusOK, state(v, &s))
}

// joining is the page that joins another device.
type joining struct {
	form url.Values
	err  error
}

func (d *Devices) askJoin(v *shell.Visit) error {
	v.Notify()
	return d.showJoin(v, http.StatusOK, joining{form: url.Values{"host": {d.host}}})
}

func (d *Devices) showJoin(v *shell.Visit, status int, j joining) error {
	v.AllowCamera()
	return v.Show(status, join(v, &j))
}

// join joins by a long code, in whatever sentence it came, or by a short one.
func (d *Devices) join(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	var done union.Done
	err = d.with(v, func(u *union.Union) (err error) {
		code := kit.Trimmed(f, "code")
		if union.IsShort(code) {
			done, err = u.JoinShort(v.Ctx(), f.Get("host"), code)
		} else {
			done, err = u.Join(v.Ctx(), strings.Join(strings.Fields(code), ""))
		}
		return err
	})
	v.Found = done.Found
	switch {
	case fault.Is(err, fault.Locked):
		return err
	case err != nil:
		return d.showJoin(v, shell.StatusOf(err), joining{f, err})
	}
	return d.done(v, done)
}
