package journal

import (
	"encoding/hex"
	"fmt"
)

// ID names one record of the log. It is random, never time-ordered: an
// ordered id would tell a thief when something was written.
type ID [16]byte

// IsZero reports whether the id names nothing.
func (id ID) IsZero() bool { return id == ID{} }

// String is the id in 32 lower-case hexadecimal digits.
func (id ID) String() string { return hex.EncodeToString(id[:]) }

// MarshalText writes the hexadecimal form; the zero id is empty text.
func (id ID) MarshalText() ([]byte, error) {
	if id.IsZero() {
		return nil, nil
	}
	return hex.AppendEncode(nil, id[:]), nil
}

// UnmarshalText reads the hexadecimal form; empty text is the zero id.
func (id *ID) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*id = ID{}
		return nil
	}
	if hex.DecodedLen(len(text)) != len(id) {
		return fmt.Errorf("an id has 32 hexadecimal digits, this one has %d characters", len(text))
	}
	if _, err := hex.Decode(id[:], text); err != nil {
		return fmt.Errorf("an id has hexadecimal digits only")
	}
	return nil
}

// ParseID reads an id from its hexadecimal form.
func ParseID(s string) (ID, error) {
	var id ID
	err := id.UnmarshalText([]byte(s))
	if err == nil && id.IsZero() {
		err = fmt.Errorf("an id has 32 hexadecimal digits, this one is empty")
	}
	return id, err
}
