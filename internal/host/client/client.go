// Package client speaks to a host for one device of one log.
package client

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// Log is one log on one host, as one device reaches it.
type Log struct {
	line
	log wire.Address
	key ed25519.PrivateKey
	// pages is how much the line brings in time.
	pages wire.Stride
}

// New reaches a log at a host's address, such as "https://host.example". Without
// TLS it goes to this computer alone; anything else is fault.Invalid. The transport
// is http.DefaultTransport, or what a browser has in its place.
func New(base string, log wire.Address, key ed25519.PrivateKey, clock port.Clock, transport http.RoundTripper) (*Log, error) {
	l, err := newLine(base, transport)
	if err != nil {
		return nil, err
	}
	whole := &Log{line: l, log: log, key: key}
	whole.sign = func(r wire.Request) string {
		var nonce [16]byte
		rand.Read(nonce[:]) // never fails: it ends the program instead
		return wire.Sign(key, log, r, clock.Now(), nonce).Header()
	}
	return whole, nil
}

// Begin makes the log, on an invitation where the host wants one.
func (l *Log) Begin(ctx context.Context, invitation string) error {
	_, err := l.ask(ctx, "POST", "/v1/log", []byte(invitation))
	return err
}

// End destroys the log on the host.
func (l *Log) End(ctx context.Context) error {
	_, err := l.ask(ctx, "DELETE", "/v1/log", nil)
	return err
}

// Pull gives the head and some of the records after a seq, empty where forgotten.
func (l *Log) Pull(ctx context.Context, after int64) (wire.Head, []port.Sealed, error) {
	for {
		head, records, err := l.page(ctx, "/v1/records?after="+strconv.FormatInt(after, 10)+"&most="+strconv.Itoa(l.pages.Bytes()))
		if err == nil {
			l.pages.Arrived()
		}
		if key, _ := fault.KeyOf(err); key != "host.slow" || !l.pages.Lost() {
			return head, records, err
		}
	}
}

func (l *Log) page(ctx context.Context, target string) (wire.Head, []port.Sealed, error) {
	answer, err := l.ask(ctx, "GET", target, nil)
	if err != nil {
		return wire.Head{}, nil, err
	}
	head, rest, err := wire.ParseHead(answer)
	if err != nil {
		return wire.Head{}, nil, errAnswer
	}
	records, err := wire.ParseBatch(rest)
	if err != nil {
		return wire.Head{}, nil, errAnswer
	}
	return head, records, nil
}

// Push appends records to the log at a version; fault.Conflict says that it has
// moved on.
func (l *Log) Push(ctx context.Context, version int64, records []port.Sealed) (wire.Head, error) {
	var body []byte
	for _, r := range records {
		body = wire.AppendRecord(body, r)
	}
	return l.change(ctx, "/v1/records", version, body)
}

// Forget removes the bytes of records at a version, as Push.
func (l *Log) Forget(ctx context.Context, version int64, ids []port.RecordID) (wire.Head, error) {
	return l.change(ctx, "/v1/forgotten", version, wire.AppendIDs(nil, ids...))
}

func (l *Log) change(ctx context.Context, path string, version int64, body []byte) (wire.Head, error) {
	answer, err := l.ask(ctx, "POST", path+"?version="+strconv.FormatInt(version, 10), body)
	if err != nil {
		return wire.Head{}, err
	}
	head, rest, err := wire.ParseHead(answer)
	if err != nil || len(rest) > 0 {
		return wire.Head{}, errAnswer
	}
	return head, nil
}

// Devices lists the keys that may ask for the log.
func (l *Log) Devices(ctx context.Context) (keys []wire.DeviceKey, err error) {
	answer, err := l.ask(ctx, "GET", "/v1/devices", nil)
	if err != nil {
		return nil, err
	}
	if len(answer)%32 != 0 {
		return nil, errAnswer
	}
	for ; len(answer) > 0; answer = answer[32:] {
		keys = append(keys, wire.DeviceKey(answer[:32]))
	}
	return keys, nil
}

// RemoveDevice takes a key out; its requests are refused from then on.
func (l *Log) RemoveDevice(ctx context.Context, key wire.DeviceKey) error {
	_, err := l.ask(ctx, "POST", "/v1/devices/removed", key[:])
	return err
}

// Invite leaves a sealed note for a guest until a time, a week away at most.
func (l *Log) Invite(ctx context.Context, guest wire.DeviceKey, until time.Time, note []byte) error {
	body := binary.BigEndian.AppendUint64(guest[:], uint64(until.Unix()))
	_, err := l.ask(ctx, "POST", "/v1/guests", append(body, note...))
	return err
}

// Note is what was left for this guest.
func (l *Log) Note(ctx context.Context) ([]byte, error) { return l.ask(ctx, "GET", "/v1/guest", nil) }

// Accept puts a device in the place of this guest.
func (l *Log) Accept(ctx context.Context, device wire.DeviceKey) error {
	_, err := l.ask(ctx, "POST", "/v1/guest", device[:])
	return err
}

// sentences are the keys that a host's refusal may name, with our own codes: what a
// host says chooses among our sentences and adds nothing to them.
var sentences = map[string]fault.Code{
	"host.unknown_device": fault.NotFound, "host.not_signed": fault.Invalid, "host.clock": fault.Invalid, "host.replayed": fault.Conflict,
	"host.too_fast": fault.Internal, "host.too_big": fault.Invalid, "host.guest": fault.Invalid, "host.moved_on": fault.Conflict,
	"host.size_class": fault.Invalid, "host.quota": fault.FullDisk, "host.closed": fault.Invalid, "host.invitation": fault.Invalid,
	"host.last_device": fault.Conflict, "host.devices_full": fault.FullDisk, "host.guest_time": fault.Invalid, "store.full_disk": fault.FullDisk,
	"host.address_form": fault.Invalid, "host.share_form": fault.Invalid, "host.share_time": fault.Invalid, "host.share_gone": fault.NotFound,
	"host.shares_full": fault.FullDisk, "host.recipient": fault.Invalid, "host.card_form": fault.Invalid, "host.no_inbox": fault.NotFound,
	"host.inbox_full": fault.FullDisk, "store.moved_on": fault.Conflict, "host.body_cut": fault.Invalid, "host.not_a_batch": fault.Invalid, "host.no_device_key": fault.Invalid,
	"host.meeting_over": fault.NotFound, "host.meeting_form": fault.Invalid, "host.meeting_taken": fault.Conflict, "host.meeting_used": fault.NotFound, "host.meeting_refused": fault.Invalid,
}

func said(status int, answer []byte) error {
	var e struct {
		Error struct {
			Key string `json:"key"`
		} `json:"error"`
	}
	if json.Unmarshal(answer, &e) == nil {
		key := e.Error.Key
		if key == "store.moved_on" {
			key = "host.moved_on"
		}
		if key == "store.full_disk" {
			key = "host.full"
		}
		if code, ok := sentences[e.Error.Key]; ok {
			return fault.New(code, key)
		}
	}
	if status >= http.StatusInternalServerError {
		return fault.New(fault.Internal, "host.failed")
	}
	return errAnswer // no host of ours
}
