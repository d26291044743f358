package keys

import (
	"context"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/vault"
)

// PasskeyInput is what a passkey is asked with.
const PasskeyInput = vault.PasskeyInput

// SetPasskey lets a passkey of this device, a fingerprint or a face, open the
// journal beside the passphrase, which is asked for. credential is its id and
// secret its answer to PasskeyInput. Without a passphrase it is
// fault.Invalid.
func SetPasskey(ctx context.Context, a *app.App, present string, credential []byte, secret [32]byte) error {
	return change(ctx, a, present, func(k *app.Keys) error {
		if err := k.Ring.SetPasskey(k.Held, credential, secret); err != nil {
			return err
		}
		return k.Save(ctx)
	})
}

// RemovePasskey lets only the passphrase, which is asked for, and the recovery
// code open the journal.
func RemovePasskey(ctx context.Context, a *app.App, present string) error {
	return change(ctx, a, present, func(k *app.Keys) error {
		k.Ring.RemovePasskey()
		return k.Save(ctx)
	})
}

// UnlockPasskey opens the journal with a passkey's answer to PasskeyInput.
func UnlockPasskey(ctx context.Context, a *app.App, secret [32]byte) error {
	return a.Keys(ctx, func(k *app.Keys) error {
		key, err := k.Ring.OpenPasskey(k.Random, secret)
		if err != nil {
			return err
		}
		return k.Enter(ctx, key)
	})
}
