package host

import (
	"context"
	"encoding/json"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// examineLaid looks over what lies beside the logs: a share, a list or an inbox.
func (k Keeper) examineLaid(ctx context.Context, id port.PersonID, f *Findings) error {
	switch markOf(id) {
	case shareMark:
		return k.examineShare(ctx, id, f)
	case inboxMark:
		return k.examineInbox(ctx, id, f)
	}
	head, err := k.headOf(ctx, id)
	if err == nil {
		_, err = parseList(head.Sealed)
	}
	return err
}

// examineShare looks whether the bytes of a share are what its state says: some, of a
// size that sealing gives, or none once it ended.
func (k Keeper) examineShare(ctx context.Context, id port.PersonID, f *Findings) error {
	filled, odd := 0, false
	head, err := k.Store.ReadAfter(ctx, id, 0, func(r port.Record) error {
		if len(r.Ciphertext) > 0 {
			filled++
			odd = !wire.InClass(r.Ciphertext)
		}
		return nil
	})
	if err != nil {
		return err
	}
	s, err := parseShare(head.Sealed)
	if err != nil {
		return err
	}
	switch {
	case s.Ended:
		f.SharesEnded++
	case len(s.Of) > 0:
		f.Shares++
	}
	if odd && s.Kind == wire.ShareSealed || s.Ended && filled > 0 || len(s.Of) > 0 && filled == 0 {
		return errShareDamaged
	}
	return nil
}

func (k Keeper) examineInbox(ctx context.Context, id port.PersonID, f *Findings) error {
	f.Inboxes++
	ring, _, err := k.Store.Keyring(ctx, id)
	if err != nil {
		return err
	}
	var c carded
	if json.Unmarshal(ring, &c) != nil {
		return errInboxDamaged
	}
	var chain wire.Chain
	waiting, odd := int64(0), false
	view, err := k.Store.ReadAfter(ctx, id, 0, func(r port.Record) error {
		chain = chain.Next(r.ID)
		if len(r.Ciphertext) > 0 {
			waiting++
			odd = odd || !wire.InClass(r.Ciphertext)
		}
		return nil
	})
	if err != nil {
		return err
	}
	f.Letters += waiting
	b, head, err := parseInbox(view)
	if err != nil {
		return err
	}
	if odd || waiting != b.Waiting || chain != head.Chain {
		return errInboxDamaged
	}
	return nil
}

var (
	errShareDamaged = fault.New(fault.Corrupt, "host.share_damaged")
	errInboxDamaged = fault.New(fault.Corrupt, "host.inbox_damaged")
)
