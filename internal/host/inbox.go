package host

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"net/http"
	"slices"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// inbox is what a host keeps about an inbox beside its letters and the card.
type inbox struct {
	Chain []byte `json:"chain"` // over all that ever came
	// Waiting counts the letters that have bytes, and up to Done, a seq, none has.
	Waiting int64 `json:"waiting"`
	Done    int64 `json:"done"`
}

type carded struct {
	Card []byte `json:"card"`
}

var (
	errCard      = refuse(http.StatusBadRequest, fault.Invalid, "host.card_form")
	errNoInbox   = refuse(http.StatusNotFound, fault.NotFound, "host.no_inbox")
	errInboxFull = refuse(http.StatusInsufficientStorage, fault.FullDisk, "host.inbox_full")
	errBodyCut   = refuse(http.StatusBadRequest, fault.Invalid, "host.body_cut")
)

// putCard opens the card and the inbox of a log, or changes the card.
func (h *Host) putCard(q asked) ([]byte, error) {
	if len(q.body) == 0 || len(q.body) > wire.MaxCard {
		return nil, errCard
	}
	ring, err := json.Marshal(carded{q.body})
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "host.card_form")
	}
	ctx, id := q.Context(), inboxOf(q.proof.Log)
	for try := 0; ; try++ {
		now, version, err := h.Store.Keyring(ctx, id)
		switch {
		case isNobody(err):
			err = h.Store.CreatePerson(ctx, id, ring)
		case err == nil && !slices.Equal(now, ring):
			err = h.Store.PutKeyring(ctx, id, ring, version)
		}
		if fault.Is(err, fault.Conflict) && try < tries {
			continue
		}
		if err != nil {
			return nil, err
		}
		// A log that ended meanwhile did so without this card, or with it.
		if _, _, err := h.Store.Keyring(ctx, q.log); isNobody(err) {
			return nil, errors.Join(errUnknown, h.Store.DeletePerson(ctx, id))
		}
		return nil, nil
	}
}

// dropCard closes both.
func (h *Host) dropCard(q asked) ([]byte, error) {
	return nil, h.keeper().drop(q.Context(), inboxOf(q.proof.Log))
}

// card answers whoever knows the address of a log with its card.
func (h *Host) card(r *http.Request, _ []byte) ([]byte, error) {
	at, err := wire.ParseAddress(r.PathValue("address"))
	if err != nil {
		return nil, errNoInbox
	}
	ring, _, err := h.Store.Keyring(r.Context(), inboxOf(at))
	if isNobody(err) {
		return nil, errNoInbox
	}
	if err != nil {
		return nil, err
	}
	var c carded
	if err := json.Unmarshal(ring, &c); err != nil {
		return nil, fault.Wrap(err, fault.Corrupt, "host.inbox_damaged")
	}
	return c.Card, nil
}

// inbox reads the state of an inbox.
func (k Keeper) inbox(ctx context.Context, id port.PersonID) (b inbox, head wire.Head, err error) {
	h, err := k.headOf(ctx, id)
	if isNobody(err) {
		return b, head, errNoInbox
	}
	if err != nil {
		return b, head, err
	}
	return parseInbox(h)
}

func parseInbox(h port.Head) (b inbox, head wire.Head, err error) {
	head = wire.Head{Version: h.Version, Last: h.Last}
	if len(h.Sealed) == 0 {
		return b, head, nil // no letter came yet
	}
	if err := json.Unmarshal(h.Sealed, &b); err != nil || len(b.Chain) != len(head.Chain) {
		return b, head, fault.Wrap(err, fault.Corrupt, "host.inbox_damaged")
	}
	copy(head.Chain[:], b.Chain)
	return b, head, nil
}

func (b inbox) encode() []byte {
	out, err := json.Marshal(b)
	if err != nil {
		panic(err) // numbers and bytes can always be written
	}
	return out
}

// post takes a letter for whoever knows the address of a log. It is there once, also
// when it is sent again, and after it was forgotten not any more.
func (h *Host) post(r *http.Request, letter []byte) ([]byte, error) {
	at, err := wire.ParseAddress(r.PathValue("address"))
	if err != nil {
		return nil, errNoInbox
	}
	if !wire.InClass(letter) {
		return nil, errClass
	}
	return nil, h.posted(r.Context(), inboxOf(at), letter)
}

func (h *Host) posted(ctx context.Context, id port.PersonID, letter []byte) error {
	k := h.keeper()
	defer h.turns.take(id)()
	sum := sha256.Sum256(letter)
	record := port.Sealed{ID: port.RecordID(sum[:16]), Ciphertext: letter}
	for range tries {
		b, head, err := k.inbox(ctx, id)
		if err != nil {
			return err
		}
		if b.Waiting >= h.Limits.Letters {
			return errInboxFull
		}
		chain := head.Chain.Next(record.ID)
		b.Chain, b.Waiting = chain[:], b.Waiting+1
		_, err = h.Store.Append(ctx, id, head.Version, []port.Sealed{record}, b.encode())
		if isNobody(err) {
			return errNoInbox // it was closed meanwhile
		}
		if !fault.Is(err, fault.Conflict) {
			return err
		}
		if _, now, err := k.inbox(ctx, id); err == nil && now.Version == head.Version {
			return nil // the letter is what was in the way: it came before
		}
	}
	return errTooFast
}

// letters answers a device of the log with its inbox, as pull does with the log.
func (h *Host) letters(q asked) ([]byte, error) {
	after, err := number(q, "after")
	if err != nil {
		return nil, err
	}
	id := inboxOf(q.proof.Log)
	_, head, err := h.keeper().inbox(q.Context(), id)
	if err != nil {
		return nil, err
	}
	reply := head.Append(nil)
	_, err = h.Store.ReadAfter(q.Context(), id, after, func(r port.Record) error {
		sealed := port.Sealed{ID: r.ID, Ciphertext: r.Ciphertext}
		if r.Seq > head.Last || r.Seq > after+1 && len(reply)+wire.RecordSize(sealed) > wire.MaxBatch {
			return errFull
		}
		reply = wire.AppendRecord(reply, sealed)
		return nil
	})
	if err == errFull {
		err = nil
	}
	return reply, exceptIncomplete(err)
}

// forgetLetters removes the bytes of letters.
func (h *Host) forgetLetters(q asked) ([]byte, error) {
	version, err := number(q, "version")
	if err != nil {
		return nil, err
	}
	ids, err := wire.ParseIDs(q.body)
	if err != nil {
		return nil, err
	}
	ctx, id := q.Context(), inboxOf(q.proof.Log)
	b, head, err := h.keeper().inbox(ctx, id)
	if err != nil {
		return nil, err
	}
	if head.Version != version {
		return nil, errMoved
	}
	forgotten := map[port.RecordID]bool{}
	for _, id := range ids {
		forgotten[id] = true
	}
	done := b.Done
	b.Waiting = 0
	_, err = h.Store.ReadAfter(ctx, id, done, func(r port.Record) error {
		if len(r.Ciphertext) > 0 && !forgotten[r.ID] {
			b.Waiting++
		} else if b.Waiting == 0 {
			b.Done = r.Seq
		}
		return nil
	})
	if err = exceptIncomplete(err); err != nil {
		return nil, err
	}
	next, err := h.Store.Forget(ctx, id, version, ids, b.encode())
	if err != nil {
		return nil, err
	}
	return wire.Head{Version: next.Version, Last: next.Last, Chain: head.Chain}.Append(nil), nil
}
