package host

import (
	"crypto/rand"
	"errors"
	"net/http"
	"slices"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

var (
	errShareForm  = refuse(http.StatusBadRequest, fault.Invalid, "host.share_form")
	errShareTime  = refuse(http.StatusBadRequest, fault.Invalid, "host.share_time")
	errSharesFull = refuse(http.StatusInsufficientStorage, fault.FullDisk, "host.shares_full")
	errClass      = refuse(http.StatusBadRequest, fault.Invalid, "host.size_class")
)

func (h *Host) keeper() Keeper { return Keeper{h.Store, h.Clock} }

// putShare puts the bytes of a share in the place of those before, which are
// destroyed.
func (h *Host) putShare(q asked) ([]byte, error) {
	at, err := wire.ParseAddress(q.PathValue("address"))
	if err != nil {
		return nil, err
	}
	next, err := h.proposed(q)
	if err != nil {
		return nil, err
	}
	if !h.puts.take(q.proof.Log, h.Clock.Now()) {
		return nil, errTooFast
	}
	if err := h.lay(q, at, next); err != nil {
		return nil, err
	}
	// A log that ended meanwhile did so with this share, or before it was listed.
	if _, _, err := h.Store.Keyring(q.Context(), q.log); isNobody(err) {
		if err := h.keeper().endFirmly(q.Context(), shareAt(at)); err != nil {
			return nil, err
		}
		return nil, errors.Join(errUnknown, h.Store.DeletePerson(q.Context(), sharesOf(q.proof.Log)))
	}
	return nil, nil
}

// proposed reads what a device wants to put.
func (h *Host) proposed(q asked) (s share, err error) {
	kind, err := wire.ParseShareKind(q.URL.Query().Get("kind"))
	if err != nil || len(q.body) == 0 {
		return s, errShareForm
	}
	if kind == wire.ShareSealed && !wire.InClass(q.body) {
		return s, errClass
	}
	until, err := number(q, "until")
	if err != nil {
		return s, errShareForm
	}
	now := h.Clock.Now().Unix()
	if until <= now || until > now+seconds(wire.ShareLasts) {
		return s, errShareTime
	}
	return share{Of: q.log[:], Kind: kind, Until: until, Put: now}, nil
}

func (h *Host) lay(q asked, at wire.Address, next share) error {
	ctx, k, id := q.Context(), h.keeper(), shareAt(at)
	record := port.Sealed{Ciphertext: q.body}
	rand.Read(record.ID[:]) // never fails: it ends the program instead
	defer h.turns.take(id)()
	for try := 0; ; try++ {
		s, head, err := k.share(ctx, id)
		if isNobody(err) {
			if err := h.enlist(ctx, q.proof.Log, at); err != nil {
				return err
			}
			if err := k.make(ctx, id, otherRing); err != nil {
				return err
			}
			s, head, err = k.share(ctx, id)
		}
		switch {
		case err != nil:
			return err
		case s.over(h.Clock.Now()):
			if err := k.end(ctx, id); err != nil {
				return err
			}
			return errGone
		case s.Ended, len(s.Of) > 0 && !slices.Equal(s.Of, q.log[:]):
			return errGone
		}
		next.Fetched, next.Last = s.Fetched, s.Last
		head, err = h.Store.Append(ctx, id, head.Version, []port.Sealed{record}, next.encode())
		if fault.Is(err, fault.Conflict) && try < tries {
			continue
		}
		if err != nil {
			return err
		}
		return h.replaced(q, id, head, record.ID)
	}
}

// replaced destroys the bytes that came before the present ones.
func (h *Host) replaced(q asked, id port.PersonID, head port.Head, present port.RecordID) error {
	if head.Last == 1 {
		return nil
	}
	ctx, k := q.Context(), h.keeper()
	for try := 0; ; try++ {
		ids, err := k.filled(ctx, id)
		if err != nil {
			return err
		}
		i := slices.Index(ids, present)
		if i <= 0 {
			return nil // another device put newer ones, or ended it, and destroyed these
		}
		s, head, err := k.share(ctx, id)
		if err != nil || s.Ended {
			return err
		}
		if err := k.destroyBytes(ctx, id, head.Version, ids[:i], s); !fault.Is(err, fault.Conflict) || try == tries {
			return err
		}
	}
}

// endShare ends a share of the log that asks. Whatever else stands at the address, or
// nothing, gets the same answer, and nothing can be put there by devices that have
// not heard of the end.
func (h *Host) endShare(q asked) ([]byte, error) {
	at, err := wire.ParseAddress(q.PathValue("address"))
	if err != nil {
		return nil, err
	}
	ctx, k, id := q.Context(), h.keeper(), shareAt(at)
	defer h.turns.take(id)() // whoever fetches it again and again cannot hold up its end
	s, _, err := k.share(ctx, id)
	if isNobody(err) {
		room, err := h.useUp(ctx, q.proof.Log)
		if err != nil || !room {
			return nil, err
		}
	} else if err != nil {
		return nil, err
	}
	if len(s.Of) > 0 && !slices.Equal(s.Of, q.log[:]) {
		return nil, nil
	}
	if err := k.endFirmly(ctx, id); err != nil {
		return nil, err
	}
	return nil, k.delist(ctx, q.proof.Log, id)
}

// shares lists the shares of the log that asks.
func (h *Host) shares(q asked) (reply []byte, err error) {
	ctx, k, now := q.Context(), h.keeper(), h.Clock.Now()
	l, _, err := k.list(ctx, q.proof.Log)
	if err != nil {
		return nil, err
	}
	for _, entry := range l.Shares {
		id := port.PersonID(entry.ID)
		s, _, err := k.share(ctx, id)
		if err != nil && !isNobody(err) {
			return nil, err
		}
		if s.over(now) {
			if err := k.end(ctx, id); err != nil {
				return nil, err
			}
		}
		if !s.gone(now) && slices.Equal(s.Of, q.log[:]) {
			reply = wire.AppendShareState(reply, s.told(masked(q.proof.Log, id, [32]byte(entry.At))))
		}
	}
	return reply, nil
}
