package devices

import (
	"encoding/hex"
	"net/url"

	"github.com/evenkeel/evenkeel/internal/app/share"
	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// start begins at a host.
func (d *Devices) start(v *shell.Visit) error {
	return d.synchronise(v, "start", func(f url.Values, u *union.Union) (union.Done, error) {
		return u.Start(v.Ctx(), f.Get("host"), kit.Trimmed(f, "invitation"))
	})
}

func (d *Devices) sync(v *shell.Visit) error {
	return d.synchronise(v, "sync", func(_ url.Values, u *union.Union) (union.Done, error) { return u.Sync(v.Ctx()) })
}

// again takes the host as it is now.
func (d *Devices) again(v *shell.Visit) error {
	return d.synchronise(v, "again", func(_ url.Values, u *union.Union) (union.Done, error) { return u.Again(v.Ctx()) })
}

func (d *Devices) synchronise(v *shell.Visit, part string, f func(url.Values, *union.Union) (union.Done, error)) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	var done union.Done
	err = d.with(v, func(u *union.Union) (err error) {
		done, err = f(form, u)
		return err
	})
	if err != nil {
		v.Found = done.Found
		return d.refused(v, part, form, err)
	}
	return d.done(v, done)
}

// remove has the host refuse a device.
func (d *Devices) remove(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	key, bad := hex.DecodeString(f.Get("key"))
	if bad != nil || len(key) != len(wire.DeviceKey{}) {
		return d.refused(v, "remove", nil, fault.New(fault.NotFound, "devices.nobody"))
	}
	err = d.with(v, func(u *union.Union) error {
		here, err := u.Here(v.Ctx())
		if err != nil {
			return err
		}
		if here.Own == wire.DeviceKey(key) {
			return fault.New(fault.Invalid, "devices.own")
		}
		return u.Remove(v.Ctx(), wire.DeviceKey(key))
	})
	if err != nil {
		return d.refused(v, "remove", nil, err)
	}
	return v.Done(home, &kit.Notice{Text: v.T("devices.removed")})
}

// stop ends synchronising here, and with destroy everywhere.
func (d *Devices) stop(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	destroy, listed := f.Get("destroy") == "1", false
	err = d.with(v, func(u *union.Union) (err error) {
		// What is shared lies there, and nobody could end it afterwards.
		if err := share.NoneLies(v.Ctx(), u.App); err != nil && !destroy {
			return err
		}
		listed, err = u.Stop(v.Ctx(), destroy)
		return err
	})
	if err != nil {
		return d.refused(v, "stop", f, err)
	}
	key := "devices.stopped"
	switch {
	case destroy:
		key = "devices.destroyed"
	case listed:
		key = "devices.listed"
	}
	return v.Done(home, &kit.Notice{Text: v.T(key)})
}

// Kept is the host that has a sealed copy of the journal; empty for none.
func (d *Devices) Kept(v *shell.Visit) string {
	if v.Demo {
		return ""
	}
	here, err := d.union(v.App).Here(v.Ctx())
	if err != nil {
		return ""
	}
	return here.Host
}

// Destroy has the host destroy its copy.
func (d *Devices) Destroy(v *shell.Visit) error {
	return d.with(v, func(u *union.Union) error {
		_, err := u.Stop(v.Ctx(), true)
		return err
	})
}

// Drop removes what this device noted for a journal that is no more.
func (d *Devices) Drop(v *shell.Visit) error {
	if v.Demo {
		return nil
	}
	return d.with(v, func(u *union.Union) error { return union.Drop(v.Ctx(), u.Notes) })
}
