package union

import (
	"bytes"
	"testing"
)

func FuzzFrame(f *testing.F) {
	f.Add(frame{kind: kindEvent, last: 3, payload: []byte("{}")}.bytes())
	f.Add(frame{kind: kindTold, payload: make([]byte, 32)}.bytes())
	f.Add(frame{kind: kindAgain, payload: make([]byte, 20)}.bytes())
	f.Add([]byte{1, 9})
	f.Fuzz(func(t *testing.T, b []byte) {
		if got, err := parseFrame(b); err == nil && !bytes.Equal(got.bytes(), b) {
			t.Errorf("%x came back as %x", b, got.bytes())
		}
	})
}

// A frame follows what its writer saw, or the rest of its own batch.
func TestFollows(t *testing.T) {
	me, other := writer{1}, writer{2}
	before := tail{seq: 7, last: 5, writer: me} // the second of a batch that began after 5
	for name, c := range map[string]struct {
		f    frame
		want bool
	}{
		"rest of the batch":      {frame{last: 5, writer: me}, true},
		"another's, from before": {frame{last: 5, writer: other}, false},
		"saw the first of two":   {frame{last: 6, writer: other}, false},
		"saw both":               {frame{last: 7, writer: other}, true},
		"saw more":               {frame{last: 9, writer: me}, true},
		"saw less":               {frame{last: 4, writer: me}, false},
	} {
		if c.f.follows(before) != c.want {
			t.Error(name)
		}
	}
}
