//go:build !js

package opfs

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/evenkeel/evenkeel/internal/port"
)

// FuzzFrame reads anything without harm, and what it takes for a frame is
// written as the same bytes again.
func FuzzFrame(f *testing.F) {
	for _, fr := range []frame{
		{kind: forgotten, version: 3, last: 2, forgot: 1, emptied: []int64{2}, sealed: []byte("head")},
		{kind: appended, version: 1, first: 1, last: 2, entries: []entry{{port.RecordID{1}, 3, 9}, {port.RecordID{2}, 0, 0}}, sealed: []byte{}},
	} {
		b := fr.encode()
		got, ok := decode(b)
		if !ok || !reflect.DeepEqual(*got, fr) {
			f.Fatalf("%+v became %+v", fr, got)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if fr, ok := decode(b); ok && !bytes.Equal(fr.encode(), b) {
			t.Errorf("%x became %x", b, fr.encode())
		}
	})
}

// FuzzFile reads any bytes in a log's place: it ends, and yields no record
// twice.
func FuzzFile(f *testing.F) {
	one := frame{kind: appended, version: 1, first: 1, last: 1, entries: []entry{{port.RecordID{1}, 3, sum([]byte("abc"))}}}
	f.Add(append(one.encode(), "abc"...))
	f.Add(append(append([]byte("\xf7EKf junk"), one.encode()...), "abc"...))
	f.Fuzz(func(t *testing.T, log []byte) {
		b := append(make([]byte, framesAt), log...)
		x := newIndex(birth{})
		if err := x.catchUp(bytes.NewReader(b), int64(len(b))); err != nil {
			t.Fatal(err)
		}
		seen := map[port.RecordID]bool{}
		rows, _ := x.inOrder(0)
		for _, r := range rows {
			if seen[r.id] || r.at+int64(r.size) > int64(len(b)) {
				t.Fatalf("%+v", r)
			}
			seen[r.id] = true
		}
	})
}
