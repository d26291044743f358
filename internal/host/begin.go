package host

import (
	"encoding/json"
	"net/http"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// begin makes an empty log for the device that asks, whose key is its first. Asked
// again by the same device, it is done already.
func (h *Host) begin(q asked) ([]byte, error) {
	if reg, _, err := h.load(q.Context(), q.log); !isNobody(err) {
		if _, ok := reg.find(q.proof.Device); err == nil && !ok {
			err = errUnknown
		}
		return nil, err
	}
	if !h.begins.take(network(h.client(q.Request)), h.Clock.Now()) {
		return nil, errTooFast
	}
	switch h.Registration {
	case Open:
	case Invited:
		if err := h.useInvitation(q.Context(), string(q.body), q.log, h.Clock.Now()); err != nil {
			return nil, err
		}
	default:
		return nil, refuse(http.StatusForbidden, fault.Invalid, "host.closed")
	}
	ring, err := json.Marshal(register{Devices: []device{{Key: q.proof.Device[:]}}})
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "host.register_damaged")
	}
	return nil, h.Store.CreatePerson(q.Context(), q.log, ring)
}

// end destroys a log: register, records and what it laid out for others.
func (h *Host) end(q asked) ([]byte, error) {
	return nil, h.keeper().destroy(q.Context(), q.proof.Log)
}
