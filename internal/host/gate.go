package host

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// asked is a request that may be answered: signed by a device of the log, new, and
// within every limit.
type asked struct {
	*http.Request
	proof wire.Proof
	log   port.PersonID
	body  []byte
	// device is what the register has of who asks, and seen the log as it was then;
	// empty for who begins a log.
	device device
	seen   port.View
	// kept says that it was seen some time ago, and may be different now.
	kept bool
}

// action answers one kind of request.
type action func(asked) (reply []byte, err error)

// refusal is an error with the status that goes with it.
type refusal struct {
	status int
	error
}

func (r refusal) Unwrap() error { return r.error }

func refuse(status int, code fault.Code, key string) error {
	return refusal{status, fault.New(code, key)}
}

var (
	errUnknown  = refuse(http.StatusUnauthorized, fault.NotFound, "host.unknown_device")
	errSigned   = refuse(http.StatusUnauthorized, fault.Invalid, "host.not_signed")
	errClock    = refuse(http.StatusUnauthorized, fault.Invalid, "host.clock")
	errReplayed = refuse(http.StatusUnauthorized, fault.Conflict, "host.replayed")
	errTooFast  = refuse(http.StatusTooManyRequests, fault.Internal, "host.too_fast")
	errTooBig   = refuse(http.StatusRequestEntityTooLarge, fault.Invalid, "host.too_big")
	errGuest    = refuse(http.StatusForbidden, fault.Invalid, "host.guest")
)

// gate lets a request through to its action, or says why not. What costs little
// comes first, and nothing is read of a body before the device is known.
func (h *Host) gate(pattern string, a action) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		net, now := network(h.client(r)), h.Clock.Now()
		for _, l := range []*limiter{h.nets, h.logs, h.begins, h.puts} {
			l.sweep(now)
		}
		if !h.nets.take(net, now) || !h.atOnce.enter(net) {
			h.answer(w, nil, errTooFast)
			return
		}
		defer h.atOnce.leave(net)
		q, err := h.admit(w, r, pattern)
		if err != nil {
			h.answer(w, nil, err)
			return
		}
		reply, err := a(q)
		h.answer(w, reply, err)
	})
}

func (h *Host) admit(w http.ResponseWriter, r *http.Request, pattern string) (q asked, err error) {
	q.Request = r
	if q.proof, err = wire.ParseProof(r.Header.Get("Authorization")); err != nil {
		return q, errSigned
	}
	now := h.Clock.Now()
	if off := now.Unix() - q.proof.Time; off > seconds(wire.Window) || off < -seconds(wire.Window) {
		return q, errClock
	}
	q.log = q.proof.Log.Person()
	begins := pattern == "POST /v1/log"
	if !begins {
		if err := h.identify(&q, pattern, now); err != nil {
			return q, err
		}
	}
	if q.body, err = io.ReadAll(http.MaxBytesReader(w, r.Body, h.bodyLimit(pattern))); err != nil {
		if errors.As(err, new(*http.MaxBytesError)) {
			return q, errTooBig
		}
		return q, errBodyCut
	}
	if !q.proof.Proves(wire.Request{Method: r.Method, Target: target(r), Body: q.body}) {
		return q, errSigned
	}
	// The log's own requests alone count: who was removed, and still knows its
	// address, would else keep its devices away.
	if !begins && !h.logs.take(q.proof.Log, now) {
		return q, errTooFast
	}
	return q, h.nonces.see(nonce{q.proof.Device, q.proof.Nonce}, q.proof.Time+seconds(wire.Window), now.Unix())
}

// identify sees who asks. What brings records may go by what was seen before: it
// changes nothing where that is no longer so (see views).
func (h *Host) identify(q *asked, pattern string, now time.Time) (err error) {
	if pattern == bringing {
		if q.seen, q.kept = h.views.of(q.log); q.kept {
			if q.device, err = known(*q, false, now); err == nil {
				return nil
			}
		}
	}
	return h.identifyNow(q, strings.HasSuffix(pattern, " /v1/guest"), now)
}

// identifyNow sees who asks by what the store has now.
func (h *Host) identifyNow(q *asked, guests bool, now time.Time) (err error) {
	q.kept = false
	if q.seen, err = h.look(q.Context(), q.log); err == nil {
		q.device, err = known(*q, guests, now)
	}
	if isNobody(err) {
		return errUnknown
	}
	return err
}

// known finds who asks in the log's register. A log that is not there and a device
// that does not belong to it get the same answer.
func known(q asked, guests bool, now time.Time) (device, error) {
	reg, err := parseRegister(q.seen.Ring)
	if err != nil {
		return device{}, err
	}
	d, ok := reg.find(q.proof.Device)
	switch {
	case !ok, d.guest() && d.Until < now.Unix():
		return device{}, errUnknown
	case d.guest() != guests:
		return device{}, errGuest
	}
	return d, nil
}

func isNobody(err error) bool { return fault.Is(err, fault.NotFound) }

// target is what of the address is signed.
func target(r *http.Request) string {
	if r.URL.RawQuery == "" {
		return r.URL.Path
	}
	return r.URL.Path + "?" + r.URL.RawQuery
}

func (h *Host) bodyLimit(pattern string) int64 {
	switch pattern {
	case "PUT /v1/shares/{address}":
		return h.Limits.ShareBytes
	case "POST /v1/records", "POST /v1/forgotten", "POST /v1/inbox/forgotten":
		return wire.MaxBatch
	}
	return 16 << 10
}

// client is where a request comes from; the zero address when that cannot be told,
// which is a network of its own.
func (h *Host) client(r *http.Request) netip.Addr {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if list := r.Header.Values("X-Forwarded-For"); h.Proxied && len(list) > 0 {
		all := strings.Split(list[len(list)-1], ",")
		host = strings.TrimSpace(all[len(all)-1])
	}
	address, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}
	}
	return address
}

func seconds(d time.Duration) int64 { return int64(d / time.Second) }
