package host

import (
	"encoding/binary"
	"errors"
	"net/http"
	"strconv"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// state is what a host keeps in a log's head, where a journal keeps its sealed one.
type state struct {
	chain wire.Chain
	bytes int64 // of all records that were ever brought
}

const stateSize = 32 + 8

func (s state) encode() []byte { return binary.BigEndian.AppendUint64(s.chain[:], uint64(s.bytes)) }

func parseState(b []byte) (s state, err error) {
	if len(b) == 0 {
		return s, nil // a log that nothing was brought to yet
	}
	if len(b) != stateSize {
		return s, fault.New(fault.Corrupt, "host.state_damaged")
	}
	copy(s.chain[:], b)
	s.bytes = int64(binary.BigEndian.Uint64(b[32:]))
	return s, nil
}

// headOf is the head of a log as it was seen, and what the host keeps in it.
func headOf(seen port.View) (wire.Head, state, error) {
	s, err := parseState(seen.Head.Sealed)
	return wire.Head{Version: seen.Head.Version, Last: seen.Head.Last, Chain: s.chain}, s, err
}

// errFull ends a page of records.
var errFull = errors.New("the page is full")

// pull answers with the head and the records after a seq, as many as fit in a batch,
// or in what the device says its line takes, or one. None that came after the head is among them, so that what a device read
// up to the last is what the head says.
func (h *Host) pull(q asked) ([]byte, error) {
	after, err := number(q, "after")
	if err != nil {
		return nil, err
	}
	head, _, err := headOf(q.seen)
	if err != nil {
		return nil, err
	}
	most := int64(wire.MaxBatch)
	if q.URL.Query().Has("most") {
		if most, err = number(q, "most"); err != nil {
			return nil, err
		}
		most = min(max(most, wire.LeastPage), wire.MaxBatch)
	}
	reply := head.Append(nil)
	if after >= head.Last {
		return reply, nil
	}
	_, err = h.Store.ReadAfter(q.Context(), q.log, after, func(r port.Record) error {
		sealed := port.Sealed{ID: r.ID, Ciphertext: r.Ciphertext}
		if r.Seq > head.Last || r.Seq > after+1 && int64(len(reply)+wire.RecordSize(sealed)) > most {
			return errFull
		}
		reply = wire.AppendRecord(reply, sealed)
		return nil
	})
	// A store that lacks something yields the rest and says so. A device finds out by
	// itself what is missing, and a host that was restored must answer it.
	if err != nil && err != errFull && !errors.Is(err, port.ErrIncomplete) {
		return nil, err
	}
	return reply, nil
}

// push appends a batch to the log as its writer saw it: at the given version.
func (h *Host) push(q asked) ([]byte, error) {
	reply, err := h.pushAt(q)
	if err == nil || !q.kept {
		return reply, err
	}
	// What was kept of the log is not what it is now, or something else is wrong.
	if err := h.identifyNow(&q, false, h.Clock.Now()); err != nil {
		return nil, err
	}
	return h.pushAt(q)
}

// pushAt appends a batch to the log as it was seen.
func (h *Host) pushAt(q asked) ([]byte, error) {
	version, err := number(q, "version")
	if err != nil {
		return nil, err
	}
	records, err := wire.ParseBatch(q.body)
	if err != nil {
		return nil, err
	}
	head, s, err := headOf(q.seen)
	if err != nil {
		return nil, err
	}
	if head.Version != version {
		return nil, errMoved
	}
	for _, r := range records {
		if !wire.InClass(r.Ciphertext) {
			return nil, refuse(http.StatusBadRequest, fault.Invalid, "host.size_class")
		}
		s.chain = s.chain.Next(r.ID)
		s.bytes += int64(len(r.Ciphertext))
	}
	if s.bytes > h.Limits.Bytes || head.Last+int64(len(records)) > h.Limits.Records {
		return nil, refuse(http.StatusInsufficientStorage, fault.FullDisk, "host.quota")
	}
	next, err := h.append(q, records, s.encode())
	if err != nil {
		return nil, err
	}
	return wire.Head{Version: next.Version, Last: next.Last, Chain: s.chain}.Append(nil), nil
}

// errMoved is for a device that has to read on first.
var errMoved = refuse(http.StatusConflict, fault.Conflict, "host.moved_on")

// forget removes the bytes of records; their ids stay.
func (h *Host) forget(q asked) ([]byte, error) {
	version, err := number(q, "version")
	if err != nil {
		return nil, err
	}
	ids, err := wire.ParseIDs(q.body)
	if err != nil {
		return nil, err
	}
	head, s, err := headOf(q.seen)
	if err != nil {
		return nil, err
	}
	if head.Version != version {
		return nil, errMoved
	}
	next, err := h.Store.Forget(q.Context(), q.log, version, ids, s.encode())
	if err != nil {
		return nil, err
	}
	return wire.Head{Version: next.Version, Last: next.Last, Chain: s.chain}.Append(nil), nil
}

// number is a parameter of the address, 0 or more.
func number(q asked, name string) (int64, error) {
	n, err := strconv.ParseInt(q.URL.Query().Get(name), 10, 64)
	if err != nil || n < 0 {
		return 0, refuse(http.StatusBadRequest, fault.Invalid, "host.not_a_batch")
	}
	return n, nil
}
