package web

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
		if got := ours(c.next); got != c.want {
			t.Errorf("%q leads to %q, want %q", c.next, got, c.want)
		}
	}
}

func TestWhatALockedJournalKeeps(t *testing.T) {
	for path, want := range map[string]bool{
		"/quick": true, "/dose": true, "/none": true, "/check-in": true, "/new/dose": true, "/entries/abc": true, "/products/new": true, "/undelete": true,
		"/entries/abc/delete": false, "/entries/abc/forget": false, "/products/abc/delete": false, "/undo": false, "/delete-everything": false,
		"/settings/passphrase": false, "/settings/passphrase/remove": false, "/settings/recovery": false, "/unlock": false, "/quick/preview": false,
	} {
		if keeps(path) != want {
			t.Errorf("%s kept: %v", path, !want)
		}
	}
}

func TestKeptFormsAreFewAndEnd(t *testing.T) {
	var s session
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
	if list := s.takePending(); len(list) != mostPending || list[0].path != "/quick" || s.hasPending() {
		t.Errorf("%d forms", len(list))
	}
}
