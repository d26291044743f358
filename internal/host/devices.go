package host

import (
	"encoding/binary"
	"net/http"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// guestsAtOnce is how many invitations of one log may be open.
const guestsAtOnce = 4

// devices lists the keys of the log's devices, one after the other, without guests.
func (h *Host) devices(q asked) (reply []byte, err error) {
	reg, _, err := h.load(q.Context(), q.log)
	for _, d := range reg.Devices {
		if !d.guest() {
			reply = append(reply, d.Key...)
		}
	}
	return reply, err
}

// removeDevice takes a key out. The last one ends with its log, so it stays.
func (h *Host) removeDevice(q asked) ([]byte, error) {
	if len(q.body) != len(wire.DeviceKey{}) {
		return nil, errNoDevice
	}
	return nil, h.change(q.Context(), q.log, func(reg *register) error {
		reg.drop(q.body)
		for _, d := range reg.Devices {
			if !d.guest() {
				return nil
			}
		}
		return refuse(http.StatusConflict, fault.Invalid, "host.last_device")
	})
}

var errNoDevice = refuse(http.StatusBadRequest, fault.Invalid, "host.no_device_key")

// invite leaves a sealed note for a guest: its key (32), until when (8, seconds
// since 1970), the note.
func (h *Host) invite(q asked) ([]byte, error) {
	if len(q.body) < 40 {
		return nil, errNoDevice
	}
	now := h.Clock.Now().Unix()
	guest := device{Key: q.body[:32], Until: int64(binary.BigEndian.Uint64(q.body[32:40])), Note: q.body[40:]}
	if guest.Until <= now || guest.Until > now+7*24*3600 {
		return nil, refuse(http.StatusBadRequest, fault.Invalid, "host.guest_time")
	}
	return nil, h.change(q.Context(), q.log, func(reg *register) error {
		open := 0
		kept := reg.Devices[:0]
		for _, d := range reg.Devices {
			if d.guest() && d.Until < now {
				continue
			}
			if d.guest() {
				open++
			}
			kept = append(kept, d)
		}
		reg.Devices = kept
		if _, known := reg.find(wire.DeviceKey(guest.Key)); known {
			return errNoDevice
		}
		if open >= guestsAtOnce || len(reg.Devices) >= h.Limits.Devices { // each guest may become a device
			return refuse(http.StatusInsufficientStorage, fault.FullDisk, "host.devices_full")
		}
		reg.Devices = append(reg.Devices, guest)
		return nil
	})
}

// note is what was left for the guest who asks.
func (h *Host) note(q asked) ([]byte, error) { return q.device.Note, nil }

// accept puts the guest's device in the guest's place.
func (h *Host) accept(q asked) ([]byte, error) {
	if len(q.body) != len(wire.DeviceKey{}) {
		return nil, errNoDevice
	}
	return nil, h.change(q.Context(), q.log, func(reg *register) error {
		if _, still := reg.find(q.proof.Device); !still {
			return errUnknown
		}
		reg.drop(q.proof.Device[:])
		if _, there := reg.find(wire.DeviceKey(q.body)); !there {
			reg.Devices = append(reg.Devices, device{Key: q.body})
		}
		return nil
	})
}
