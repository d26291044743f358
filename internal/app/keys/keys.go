// Package keys is what a person does about who can open the journal: unlock it,
// set and remove the passphrase, recover without it, and destroy everything.
package keys

import (
	"context"

	"github.com/evenkeel/evenkeel/internal/app"
)

// Unlock opens the journal with the passphrase.
func Unlock(ctx context.Context, a *app.App, passphrase string) error {
	return a.Keys(ctx, func(k *app.Keys) error {
		key, err := k.Ring.OpenPassphrase(k.Random, passphrase)
		if err != nil {
			return err
		}
		return k.Enter(ctx, key)
	})
}

// Recover opens the journal with the recovery code and sets a new passphrase.
func Recover(ctx context.Context, a *app.App, code, passphrase string) error {
	return a.Keys(ctx, func(k *app.Keys) error {
		key, err := k.Ring.OpenRecovery(k.Random, code)
		if err != nil {
			return err
		}
		old, err := k.Device.Names()
		if err == nil {
			err = k.Ring.SetPassphrase(key, passphrase, k.Cost())
		}
		if err != nil {
			key.Wipe()
			return err
		}
		if err := k.EnterAnew(ctx, key); err != nil {
			return err
		}
		return k.Device.Destroy(old...)
	})
}

// SetPassphrase sets or changes the passphrase. The present one is asked for
// when there is one, so that a journal left open cannot be taken over.
func SetPassphrase(ctx context.Context, a *app.App, present, next string) error {
	return change(ctx, a, present, func(k *app.Keys) error {
		// Only the device keys that were there before the change go: one that
		// another process makes from now on belongs to a later ring.
		old, err := k.Device.Names()
		if err != nil {
			return err
		}
		if err := k.Ring.SetPassphrase(k.Held, next, k.Cost()); err != nil {
			return err
		}
		if err := k.Save(ctx); err != nil {
			return err
		}
		return k.Device.Destroy(old...)
	})
}

// RemovePassphrase lets the journal open by itself on this machine again.
func RemovePassphrase(ctx context.Context, a *app.App, present string) error {
	return change(ctx, a, present, func(k *app.Keys) error {
		device, err := k.Device.Fresh(k.Random)
		if err != nil {
			return err
		}
		defer clear(device[:])
		if err := k.Ring.SetDevice(k.Held, device); err != nil {
			return err
		}
		return k.Save(ctx)
	})
}

// NewRecoveryCode gives a fresh recovery code and makes an earlier one
// useless. It is shown once: nothing keeps it in clear.
func NewRecoveryCode(ctx context.Context, a *app.App, present string) (code string, err error) {
	err = change(ctx, a, present, func(k *app.Keys) (err error) {
		if code, err = k.Ring.SetRecovery(k.Held); err != nil {
			return err
		}
		return k.Save(ctx)
	})
	if err != nil {
		return "", err
	}
	return code, nil
}

// DeleteEverything destroys the keys and every record of the journal, here
// and in every backup copy of the data directory, and begins an empty one.
// Backup files made with transfer.Backup have their own passphrase and stay.
func DeleteEverything(ctx context.Context, a *app.App, present string) error {
	err := a.Keys(ctx, func(k *app.Keys) error {
		if err := prove(k, present); err != nil {
			return err
		}
		return k.Destroy(ctx)
	})
	if err != nil {
		return err
	}
	return a.Open(ctx)
}

// Prove tells that present is the passphrase, before something is taken away that is
// not in the journal. A journal without one wants none.
func Prove(ctx context.Context, a *app.App, present string) error {
	return a.Keys(ctx, func(k *app.Keys) error { return prove(k, present) })
}

// change runs f on the keyring of an open journal for somebody who proved the
// present passphrase.
func change(ctx context.Context, a *app.App, present string, f func(*app.Keys) error) error {
	return a.Keys(ctx, func(k *app.Keys) error {
		if k.Held == nil {
			return app.Locked()
		}
		if err := prove(k, present); err != nil {
			return err
		}
		return f(k)
	})
}

func prove(k *app.Keys, present string) error {
	if !k.Ring.HasPassphrase() {
		return nil
	}
	key, err := k.Ring.OpenPassphrase(k.Random, present)
	if err != nil {
		return err
	}
	key.Wipe()
	return nil
}
