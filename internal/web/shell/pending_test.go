package shell

import (
	"testing"
	"time"
)

func TestRedirectsStayOurs(t *testing.T) {
	for _, c := range []struct{ next, want string }{
		{"", "/"}, {"/", "/"}, {"/journal", "/journal"}, {"/entries/a?b=c#d", "/entries/a?b=c#d"}, {"/a//b", "/a//b"},
		{"journal", "/"}, {"https://evil.example/", "/"}, {"//evil.example", "/"}, {"///evil.example", "/"},
		{`/\evil.example`, "/"}, {`\\evil.example`, "/"}, {"/\t/evil.example", "/"}, {"/\n/evil.example", "/"}, {"/\r/evil.example", "/"},
		{"\t//evil.example", "/"}, {" //evil.example", "/"}, {"/\x00/evil.example", "/"}, {"/\x7f/evil.example", "/"}, {"/\u0085/evil.example", "/"},
	} {
		if got := Ours(c.next); got != c.want {
			t.Errorf("%q leads to %q, want %q", c.next, got, c.want)
		}
	}
}

func TestKeptFormsAreFewAndEnd(t *testing.T) {
	var s Session
	now := time.Now()
	s.hold(pending{path: "/old", at: now.Add(-keepPending - time.Second)})
	for range mostPending {
		if !s.hold(pending{path: "/quick", at: now}) {
			t.Fatal("a form was not kept")
		}
	}
	if s.hold(pending{path: "/quick", at: now}) {
		t.Error("one too many is kept")
	}
	if list := s.takePending(); len(list) != mostPending || list[0].path != "/quick" || s.HasPending() {
		t.Errorf("%d forms", len(list))
	}
}
