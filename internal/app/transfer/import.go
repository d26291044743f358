package transfer

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/transfer/sheet"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// ImportJSON adds the records of a lossless export that the journal does not
// have yet, all or none, and mends what is damaged here and whole there.
// Importing the same file twice adds nothing.
func ImportJSON(ctx context.Context, a *app.App, r io.Reader) (app.Merged, error) {
	return a.Merge(ctx, func(b *app.Batch) error {
		b.Settle()
		return readExport(r, func(n int, rec exportRecord) error {
			if rec.ID.IsZero() || len(rec.Event) == 0 {
				return fault.New(fault.Invalid, "transfer.record_empty", "n", n)
			}
			// What a newer release wrote is carried along as it is.
			var unreadable *journal.UnreadableError
			e, err := journal.Decode(rec.Event)
			if err != nil && !(errors.As(err, &unreadable) && unreadable.Newer) {
				return fault.Wrap(err, fault.Invalid, "transfer.record_unreadable", "n", n)
			}
			if e.Rev == journal.MaxRev && e.Recorded.After(a.Now(ctx).Add(app.Ahead)) {
				// At the highest rev the time of recording decides, and nobody could
				// write later than this.
				return fault.New(fault.Invalid, "transfer.record_freezes", "n", n)
			}
			b.Look(rec.ID, &e)
			if err := b.Add(rec.ID, rec.Event); err != nil {
				return err
			}
			if !b.Damaged(rec.ID) {
				return nil
			}
			// Damaged here, whole in the file: what is left of it is only noise.
			b.Discard(rec.ID)
			return mend(b, rec)
		})
	})
}

// mend adds a record with the contents of a damaged one. A record cannot be
// overwritten, so it stands under another id, always the same for the same
// record; the first event of an entry becomes a version of that entry, so
// that corrections and deletions still find it.
func mend(b *app.Batch, rec exportRecord) error {
	id, err := b.DeriveID("mended record", rec.ID[:])
	if err != nil {
		return err
	}
	e, err := journal.Decode(rec.Event)
	if err != nil || !e.Replaces.IsZero() || e.Kind == journal.KindSettings {
		return b.Add(id, rec.Event)
	}
	// Rev 1 with the first event's time of writing: any true correction was
	// written later and still wins.
	e.Replaces, e.Rev = rec.ID, 1
	return b.AddEvent(id, &e)
}

// readExport streams the records of an export, numbered from 1.
func readExport(r io.Reader, yield func(int, exportRecord) error) error {
	broken := func(err error) error {
		return fault.Wrap(err, fault.Invalid, "transfer.export_broken")
	}
	in := bufio.NewReader(r)
	if mark, _ := in.Peek(len(sheet.ByteOrderMark)); string(mark) == sheet.ByteOrderMark { // editors put it there
		_, _ = in.Discard(len(mark))
	}
	d := json.NewDecoder(in)
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return broken(err)
	}
	head := exportHead{}
	seen := false
	for n := 0; d.More(); {
		key, err := d.Token()
		if err != nil {
			return broken(err)
		}
		var into any
		switch key {
		case "format":
			into = &head.Format
		case "version":
			into = &head.Version
		case "records":
			if head.Format != ExportFormat {
				return fault.New(fault.Invalid, "transfer.not_an_export")
			}
			if head.Version > ExportVersion {
				return fault.New(fault.NewerVersion, "transfer.export_newer")
			}
			if t, err := d.Token(); err != nil || t != json.Delim('[') {
				return broken(err)
			}
			for d.More() {
				var rec exportRecord
				if err := d.Decode(&rec); err != nil {
					return broken(err)
				}
				n++
				if err := yield(n, rec); err != nil {
					return err
				}
			}
			if _, err := d.Token(); err != nil {
				return broken(err)
			}
			seen = true
			continue
		default:
			into = new(json.RawMessage)
		}
		if err := d.Decode(into); err != nil {
			return broken(err)
		}
	}
	if _, err := d.Token(); err != nil {
		return broken(err)
	}
	if !seen {
		return fault.New(fault.Invalid, "transfer.not_an_export")
	}
	return nil
}

// IsExport tells the beginning of a lossless export: an object that begins with
// its format, or that says nothing else. A byte order mark may stand before it.
func IsExport(head []byte) bool {
	head = bytes.TrimSpace(bytes.TrimPrefix(head, []byte(sheet.ByteOrderMark)))
	return bytes.HasPrefix(head, []byte("{")) && bytes.Contains(head, []byte(`"`+ExportFormat+`"`))
}
