package host

import (
	"bytes"
	"net/http"
	"sync"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault/cpace"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// A meeting is where two devices agree on a key by a short code (internal/vault/cpace):
// a device of a log leaves its message, a stranger answers it once, and the device
// leaves a sealed note for the stranger or refuses them. The host passes these on and
// can read none of them. Meetings are in memory alone: they last five minutes, and
// two devices that lost theirs meet again.
type meeting struct {
	log     port.PersonID
	message []byte
	reply   []byte // empty until somebody answered
	note    []byte // empty until the device left it
	refused bool
	until   time.Time
}

const (
	// mostMeetings bounds their memory; one has a kilobyte or two.
	mostMeetings = 20_000
	mostNote     = 4 << 10
)

// sweepMeetings is how often those that are over are dropped.
const sweepMeetings = 10 * time.Second

type meetings struct {
	mu    sync.Mutex
	at    map[wire.Place]*meeting
	byLog map[port.PersonID]wire.Place
	now   time.Time
	swept time.Time
}

func newMeetings() *meetings {
	return &meetings{at: map[wire.Place]*meeting{}, byLog: map[port.PersonID]wire.Place{}}
}

// with runs f at a time, while nobody else looks.
func (m *meetings) with(now time.Time, f func() error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.now = now; now.Sub(m.swept).Abs() > sweepMeetings {
		m.swept = now
		for place, one := range m.at {
			if now.After(one.until) {
				m.drop(place)
			}
		}
	}
	return f()
}

func (m *meetings) drop(place wire.Place) {
	if one := m.at[place]; one != nil {
		delete(m.byLog, one.log)
	}
	delete(m.at, place)
}

// own is the log's meeting at the place that its device names: one that it opened
// before is over.
func (m *meetings) own(q asked) (*meeting, error) {
	place := wire.Place(q.URL.Query().Get("place"))
	if m.byLog[q.log] != place {
		return nil, errNoMeeting
	}
	return m.of(place)
}

// of is the meeting at a place, while it lasts.
func (m *meetings) of(place wire.Place) (*meeting, error) {
	if one := m.at[place]; one != nil && !m.now.After(one.until) {
		return one, nil
	}
	return nil, errNoMeeting
}

var (
	errNoMeeting = refuse(http.StatusNotFound, fault.NotFound, "host.meeting_over")
	errPlace     = refuse(http.StatusBadRequest, fault.Invalid, "host.meeting_form")
)

// openMeeting puts the device's message at a place that it chose. A log has one
// meeting at a time; the one before is over.
func (h *Host) openMeeting(q asked) ([]byte, error) {
	place, err := wire.ParsePlace(q.URL.Query().Get("place"))
	if err != nil || len(q.body) != cpace.MessageSize {
		return nil, errPlace
	}
	now := h.Clock.Now()
	return nil, h.meetings.with(now, func() error {
		m := h.meetings
		if one, err := m.of(place); err == nil && one.log != q.log {
			return refuse(http.StatusConflict, fault.Conflict, "host.meeting_taken")
		}
		m.drop(place)
		m.drop(m.byLog[q.log])
		if len(m.at) >= mostMeetings {
			return errTooFast
		}
		m.at[place], m.byLog[q.log] = &meeting{log: q.log, message: q.body, until: now.Add(wire.MeetingLasts)}, place
		return nil
	})
}

// meetingReply is what somebody answered; nothing while nobody did.
func (h *Host) meetingReply(q asked) (reply []byte, err error) {
	return reply, h.meetings.with(h.Clock.Now(), func() error {
		one, err := h.meetings.own(q)
		if err != nil {
			return err
		}
		reply = one.reply
		return nil
	})
}

// closeMeeting leaves the sealed note for whoever answered. An empty one refuses
// them: what they answered shows that they do not have the code.
func (h *Host) closeMeeting(q asked) ([]byte, error) {
	if len(q.body) > mostNote {
		return nil, errTooBig
	}
	return nil, h.meetings.with(h.Clock.Now(), func() error {
		one, err := h.meetings.own(q)
		if err != nil {
			return err
		}
		one.note, one.refused = q.body, len(q.body) == 0
		return nil
	})
}

// meetingMessage is what the device left for a stranger who knows the place.
func (h *Host) meetingMessage(r *http.Request, _ []byte) (message []byte, err error) {
	return message, h.visiting(r, func(one *meeting) error {
		message = one.message
		return nil
	})
}

// answerMeeting takes one answer and no other, so that one code is one try.
func (h *Host) answerMeeting(r *http.Request, body []byte) ([]byte, error) {
	if len(body) != cpace.ReplySize {
		return nil, errPlace
	}
	return nil, h.visiting(r, func(one *meeting) error {
		if one.reply != nil && !bytes.Equal(one.reply, body) {
			return refuse(http.StatusConflict, fault.NotFound, "host.meeting_used")
		}
		one.reply = body
		return nil
	})
}

// meetingNote is what the device left for whoever answered; nothing while it did not.
func (h *Host) meetingNote(r *http.Request, _ []byte) (note []byte, err error) {
	return note, h.visiting(r, func(one *meeting) error {
		if one.refused {
			return refuse(http.StatusForbidden, fault.Invalid, "host.meeting_refused")
		}
		note = one.note
		return nil
	})
}

func (h *Host) visiting(r *http.Request, f func(*meeting) error) error {
	place, err := wire.ParsePlace(r.PathValue("place"))
	if err != nil {
		return errPlace
	}
	return h.meetings.with(h.Clock.Now(), func() error {
		one, err := h.meetings.of(place)
		if err != nil {
			return err
		}
		return f(one)
	})
}
