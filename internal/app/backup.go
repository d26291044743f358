package app

import (
	"context"
	"errors"
	"io"

	"filippo.io/age"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// Backup writes the whole journal as an age file that only the passphrase
// opens. Any age tool can decrypt it to the lossless export, so that a backup
// does not depend on Evenkeel. A damaged record stops it, as in ExportJSON.
func (a *App) Backup(ctx context.Context, w io.Writer, passphrase string) error {
	if passphrase == "" {
		return fault.New(fault.Invalid, "A backup needs a passphrase. Choose one that you will still know in some years.")
	}
	recipient, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return err
	}
	sealed, err := age.Encrypt(w, recipient)
	if err != nil {
		return writeFailed(err)
	}
	if err := a.ExportJSON(ctx, sealed); err != nil {
		return err
	}
	return writeFailed(sealed.Close())
}

// Restored says what reading a backup or an import brought.
type Restored struct {
	// Added records were new; Known ones were there already.
	Added int `json:"added"`
	Known int `json:"known"`
}

// Restore adds every record in a backup that the journal does not have yet, as
// two devices are merged: no record is overwritten, and deletions that the
// backup holds count here too. What is damaged here and whole in the backup is
// mended.
func (a *App) Restore(ctx context.Context, r io.Reader, passphrase string) (Restored, error) {
	plain, err := OpenBackup(r, passphrase)
	if err != nil {
		return Restored{}, err
	}
	return a.ImportJSON(ctx, plain)
}

// OpenBackup checks the passphrase of a backup and gives the export inside, to
// be imported. It needs no journal, so that a wrong passphrase begins none.
func OpenBackup(r io.Reader, passphrase string) (io.Reader, error) {
	identity, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "Give the passphrase of the backup.")
	}
	plain, err := age.Decrypt(r, identity)
	if err != nil {
		var wrong *age.NoIdentityMatchError
		if errors.As(err, &wrong) {
			return nil, fault.Wrap(err, fault.WrongPassphrase, "This passphrase does not open the backup. Check the spelling and try again; nothing was changed.")
		}
		return nil, fault.Wrap(err, fault.Corrupt, "This file is not a backup, or it is damaged. Nothing was changed.")
	}
	return plain, nil
}
