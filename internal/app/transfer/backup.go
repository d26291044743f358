package transfer

import (
	"bytes"
	"context"
	"encoding/binary"
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
	var plain bytes.Buffer
	defer func() { clear(plain.Bytes()) }()
	if err := ExportJSON(ctx, a, &plain); err != nil {
		return err
	}
	file, err := a.Aside(ctx, Seal, withPassphrase(work, passphrase, plain.Bytes()))
	if err != nil {
		return err
	}
	_, err = w.Write(file)
	return writeFailed(err)
}

// SealFile makes an age file of something else than a journal, as BackupAt does of one.
func SealFile(ctx context.Context, a *app.App, plain []byte, passphrase string, work int) ([]byte, error) {
	if passphrase == "" {
		return nil, fault.New(fault.Invalid, "transfer.backup_needs_passphrase")
	}
	return a.Aside(ctx, Seal, withPassphrase(work, passphrase, plain))
}

// Seal makes a backup file of an export, and Unseal an export of a backup file:
// what takes the memory.
var (
	Seal = app.Job{Name: "seal", Do: func(in []byte) ([]byte, error) {
		work, passphrase, plain, err := parted(in)
		if err != nil {
			return nil, err
		}
		return seal(work, passphrase, plain)
	}}
	Unseal = app.Job{Name: "unseal", Do: func(in []byte) ([]byte, error) {
		_, passphrase, file, err := parted(in)
		if err != nil {
			return nil, err
		}
		plain, err := OpenBackup(bytes.NewReader(file), passphrase)
		if err != nil {
			return nil, err
		}
		export, err := io.ReadAll(plain)
		if err != nil {
			return nil, fault.Wrap(err, fault.Corrupt, "transfer.not_a_backup")
		}
		return export, nil
	}}
)

// withPassphrase is a job's input: the work, the passphrase and its length, the
// rest.
func withPassphrase(work int, passphrase string, rest []byte) []byte {
	in := make([]byte, 0, 5+len(passphrase)+len(rest))
	in = binary.BigEndian.AppendUint32(append(in, byte(work)), uint32(len(passphrase)))
	return append(append(in, passphrase...), rest...)
}

func parted(in []byte) (work int, passphrase string, rest []byte, err error) {
	if len(in) < 5 || uint64(len(in)-5) < uint64(binary.BigEndian.Uint32(in[1:])) {
		return 0, "", nil, fault.New(fault.Internal, "transfer.backup_does_not_open")
	}
	end := 5 + int(binary.BigEndian.Uint32(in[1:]))
	return int(in[0]), string(in[5:end]), in[end:], nil
}

func seal(work int, passphrase string, plain []byte) ([]byte, error) {
	recipient, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, err
	}
	recipient.SetWorkFactor(work)
	var file bytes.Buffer
	sealed, err := age.Encrypt(&file, recipient)
	if err != nil {
		return nil, writeFailed(err)
	}
	if _, err := sealed.Write(plain); err != nil {
		return nil, writeFailed(err)
	}
	if err := sealed.Close(); err != nil {
		return nil, writeFailed(err)
	}
	return file.Bytes(), opens(file.Bytes(), passphrase, plain)
}

// opens makes sure that a backup opens with its passphrase and holds what was
// put into it, before anyone is told that it is one.
func opens(file []byte, passphrase string, want []byte) error {
	plain, err := OpenBackup(bytes.NewReader(file), passphrase)
	if err != nil {
		return fault.Wrap(err, fault.Internal, "transfer.backup_does_not_open")
	}
	got, err := io.ReadAll(plain)
	defer clear(got)
	if err != nil || !bytes.Equal(got, want) {
		return fault.Wrap(err, fault.Internal, "transfer.backup_does_not_open")
	}
	return nil
}

// Restore adds every record in a backup that the journal does not have yet, as
// two devices are merged: no record is overwritten, and deletions that the
// backup holds count here too. What is damaged here and whole in the backup is
// mended.
func Restore(ctx context.Context, a *app.App, r io.Reader, passphrase string) (app.Merged, error) {
	file, err := io.ReadAll(r)
	if err != nil {
		return app.Merged{}, fault.Wrap(err, fault.Corrupt, "transfer.not_a_backup")
	}
	plain, err := a.Aside(ctx, Unseal, withPassphrase(0, passphrase, file))
	if err != nil {
		return app.Merged{}, err
	}
	defer clear(plain)
	return ImportJSON(ctx, a, bytes.NewReader(plain))
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
