package transfer

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"

	"filippo.io/age"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
)

// Backup writes the whole journal as an age file that only the passphrase
// opens. Any age tool can decrypt it to the lossless export, so that a backup
// does not depend on Evenkeel. It is opened again and compared before it is
// written. A damaged record stops it, as in ExportJSON.
func Backup(ctx context.Context, a *app.App, w io.Writer, passphrase string) error {
	return BackupAt(ctx, a, w, passphrase, Work)
}

// A backup's scrypt takes 2^Work KiB, 256 MiB, and about a second, which is also
// what age itself writes. Reading accepts twice that and no more, since whoever
// made the file chooses it.
const (
	Work    = 18
	maxWork = Work + 1
)

// BackupAt is Backup at another cost than Work, for tests that look at other things.
func BackupAt(ctx context.Context, a *app.App, w io.Writer, passphrase string, work int) error {
	if passphrase == "" {
		return fault.New(fault.Invalid, "transfer.backup_needs_passphrase")
	}
	// Before the second that the passphrase takes: a journal that lacks something
	// is not backed up as if it were whole.
	if _, err := a.Read(ctx); err != nil {
		return err
	}
	if err := a.Problem(); err != nil {
		return err
	}
	recipient, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return err
	}
	recipient.SetWorkFactor(work)
	var file bytes.Buffer
	sealed, err := age.Encrypt(&file, recipient)
	if err != nil {
		return writeFailed(err)
	}
	inside := sha256.New()
	if err := ExportJSON(ctx, a, io.MultiWriter(sealed, inside)); err != nil {
		return err
	}
	if err := sealed.Close(); err != nil {
		return writeFailed(err)
	}
	if err := opens(file.Bytes(), passphrase, inside.Sum(nil)); err != nil {
		return err
	}
	_, err = w.Write(file.Bytes())
	return writeFailed(err)
}

// opens makes sure that a backup opens with its passphrase and holds what was
// put into it, before anyone is told that it is one.
func opens(file []byte, passphrase string, sum []byte) error {
	plain, err := OpenBackup(bytes.NewReader(file), passphrase)
	if err != nil {
		return fault.Wrap(err, fault.Internal, "transfer.backup_does_not_open")
	}
	inside := sha256.New()
	if _, err := io.Copy(inside, plain); err != nil || !bytes.Equal(inside.Sum(nil), sum) {
		return fault.Wrap(err, fault.Internal, "transfer.backup_does_not_open")
	}
	return nil
}

// Restore adds every record in a backup that the journal does not have yet, as
// two devices are merged: no record is overwritten, and deletions that the
// backup holds count here too. What is damaged here and whole in the backup is
// mended.
func Restore(ctx context.Context, a *app.App, r io.Reader, passphrase string) (app.Merged, error) {
	plain, err := OpenBackup(r, passphrase)
	if err != nil {
		return app.Merged{}, err
	}
	return ImportJSON(ctx, a, plain)
}

// OpenBackup checks the passphrase of a backup and gives the export inside, to
// be imported. It needs no journal, so that a wrong passphrase begins none.
func OpenBackup(r io.Reader, passphrase string) (io.Reader, error) {
	identity, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "transfer.give_passphrase")
	}
	identity.SetMaxWorkFactor(maxWork)
	plain, err := age.Decrypt(r, identity)
	if err != nil {
		var wrong *age.NoIdentityMatchError
		if errors.As(err, &wrong) {
			return nil, fault.Wrap(err, fault.WrongPassphrase, "transfer.wrong_passphrase")
		}
		return nil, fault.Wrap(err, fault.Corrupt, "transfer.not_a_backup")
	}
	return plain, nil
}
