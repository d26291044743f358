// Package host keeps sealed logs for the devices of many people, and can read none
// of them. It knows a log by its random address and a device by its public key;
// there are no accounts and no names.
//
// What it sees, and what it cannot: docs/host.md.
package host

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault/cpace"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// Registration says who may begin a log.
type Registration string

// Open lets everybody, Invited whoever has an invitation of the host's keeper,
// Closed nobody.
const (
	Open    Registration = "open"
	Invited Registration = "invite"
	Closed  Registration = "closed"
)

// Limits keep one log, or one network, from taking what is there for all.
type Limits struct {
	// Bytes and Records that one log may bring in its life; what it forgets later
	// does not count back.
	Bytes, Records int64
	// Devices that one log may have at once, with those that are invited.
	Devices int
	// PerLog and PerNetwork are requests a second, with bursts of ten seconds. A
	// network is the first 24 bits of an IPv4 address, 48 of an IPv6 one.
	PerLog, PerNetwork float64
	// Beginnings are logs that one network may begin in an hour.
	Beginnings float64
	// Meetings that one network may look for or answer in an hour: each is one guess
	// at which place is taken, and an answer ends it.
	Meetings float64
	// Shares that one log may have at once, and how many addresses it may use for
	// them in its life.
	Shares, SharesEver int
	// ShareBytes bounds one share.
	ShareBytes int64
	// Puts are shares that one log may put in an hour, new and renewed.
	Puts float64
	// Letters that may wait in one inbox, and Posts, letters that one network may
	// post in an hour.
	Letters int64
	Posts   float64
	// Remembered is how many requests are remembered over ten minutes, so that none is
	// taken twice: a million are 1,700 a second, and take 38 MB. Where it is full,
	// requests wait.
	Remembered int
	// Requests under way at once, from one network and in all.
	AtOncePerNetwork, AtOnce int
}

// DefaultLimits leave a journal of fifty years room many times over.
func DefaultLimits() Limits {
	return Limits{Bytes: 256 << 20, Records: wire.MostRecords, Devices: 16, PerLog: 10, PerNetwork: 20, Beginnings: 20, Meetings: 60, AtOncePerNetwork: 16, AtOnce: 128, Remembered: 1 << 20,
		Shares: 32, SharesEver: 1000, ShareBytes: wire.MaxShare, Puts: 120, Letters: 10_000, Posts: 60}
}

// Config is what a Host is made from.
type Config struct {
	Store        port.Store
	Clock        port.Clock
	Registration Registration
	Limits       Limits
	// Proxied takes the client's address from the last entry of X-Forwarded-For,
	// which a proxy in front must write.
	Proxied bool
	// Log gets one line a request, with no content and no name.
	Log *slog.Logger
}

// Host answers devices.
type Host struct {
	Config
	nonces  *nonces
	views   *views
	logs    *limiter
	nets    *limiter
	begins  *limiter
	meets   *limiter
	puts    *limiter
	posts   *limiter
	atOnce  *atOnce
	turns   turns
	metrics *metrics

	meetings *meetings
}

// New makes a host.
func New(c Config) *Host {
	return &Host{
		Config: c,
		nonces: newNonces(c.Limits.Remembered),
		views:  &views{seen: map[port.PersonID]port.View{}},
		logs:   newLimiter(c.Limits.PerLog, c.Limits.PerLog*burst),
		nets:   newLimiter(c.Limits.PerNetwork, c.Limits.PerNetwork*burst),
		begins: newLimiter(c.Limits.Beginnings/beginningsLast.Seconds(), c.Limits.Beginnings),
		meets:  newLimiter(c.Limits.Meetings/time.Hour.Seconds(), c.Limits.Meetings),
		puts:   newLimiter(c.Limits.Puts/time.Hour.Seconds(), c.Limits.Puts),
		posts:  newLimiter(c.Limits.Posts/time.Hour.Seconds(), c.Limits.Posts),
		atOnce: newAtOnce(c.Limits.AtOncePerNetwork, c.Limits.AtOnce),

		metrics:  newMetrics(),
		meetings: newMeetings(),
	}
}

// Handler answers devices, and whoever knows an address where something lies for
// others; /health to whoever asks.
func (h *Host) Handler() http.Handler {
	mux := http.NewServeMux()
	for pattern, a := range map[string]action{
		"POST /v1/log":                h.begin,
		"DELETE /v1/log":              h.end,
		"GET /v1/records":             h.pull,
		"POST /v1/records":            h.push,
		"POST /v1/forgotten":          h.forget,
		"GET /v1/devices":             h.devices,
		"POST /v1/devices/removed":    h.removeDevice,
		"POST /v1/guests":             h.invite,
		"GET /v1/guest":               h.note,
		"POST /v1/guest":              h.accept,
		"PUT /v1/meeting":             h.openMeeting,
		"GET /v1/meeting":             h.meetingReply,
		"POST /v1/meeting":            h.closeMeeting,
		"PUT /v1/card":                h.putCard,
		"DELETE /v1/card":             h.dropCard,
		"GET /v1/inbox":               h.letters,
		"POST /v1/inbox/forgotten":    h.forgetLetters,
		"PUT /v1/shares/{address}":    h.putShare,
		"DELETE /v1/shares/{address}": h.endShare,
		"GET /v1/shares":              h.shares,
	} {
		mux.Handle(pattern, h.gate(pattern, a))
	}
	mux.Handle("GET /v1/meetings/{place}", h.visitor(h.meets, 0, h.meetingMessage))
	mux.Handle("POST /v1/meetings/{place}", h.visitor(h.meets, cpace.ReplySize, h.answerMeeting))
	mux.Handle("GET /v1/meetings/{place}/note", h.visitor(nil, 0, h.meetingNote))
	mux.Handle("GET /v1/card/{address}", h.visitor(nil, 0, h.card))
	mux.Handle("POST /v1/inbox/{address}", h.visitor(h.posts, wire.MaxLetter, h.post))
	mux.Handle("GET /s/{address}", h.anybody(nil, h.fetch))
	mux.HandleFunc("GET /health", h.health)
	return h.observed(cross(mux))
}

// Server is an HTTP server for the handler that does not wait for slow senders.
func Server(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       wire.TravelWithin,
		WriteTimeout:      2 * wire.TravelWithin, // from the header on: a body in, and an answer out
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    8 << 10,
		// What a client does wrong in TLS is its own affair, and names its address.
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError),
	}
}

// health says whether the store answers, and nothing else.
func (h *Host) health(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if !h.nets.take(network(h.client(r)), h.Clock.Now()) {
		h.answer(w, nil, errTooFast)
		return
	}
	_, _, err := h.Store.Keyring(r.Context(), keeperPage)
	if err != nil && !isNobody(err) {
		http.Error(w, "store", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ok\n")) // whoever asked may have gone
}
