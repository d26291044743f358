package wire

import (
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// Place names where two devices meet on a host: four symbols of Crockford's base 32.
// It is public; what makes a meeting safe is the rest of the code, which no host sees.
type Place string

// MeetingLasts is how long a meeting is there, and how long any invitation of a
// device is good for.
const MeetingLasts = 5 * time.Minute

const placeSize = 4

// ParsePlace reads a place; anything else is fault.Invalid.
func ParsePlace(text string) (Place, error) {
	if len(text) != placeSize || strings.Trim(text, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") != "" {
		return "", fault.New(fault.Invalid, "host.meeting_form")
	}
	return Place(text), nil
}
