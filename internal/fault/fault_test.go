package fault

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestFault(t *testing.T) {
	plain := New(NotFound, "journal.missing", "name", "x")
	caused := Wrap(io.ErrUnexpectedEOF, Corrupt, "journal.cut")
	for _, c := range []struct {
		err  error
		code Code
		key  string
		text string
	}{
		{nil, "", "", ""},
		{plain, NotFound, "journal.missing", "not_found: journal.missing"},
		{caused, Corrupt, "journal.cut", "corrupt: journal.cut (unexpected EOF)"},
		{fmt.Errorf("opening: %w", caused), Corrupt, "journal.cut", "opening: corrupt: journal.cut (unexpected EOF)"},
		{errors.Join(io.EOF, plain), NotFound, "journal.missing", "EOF\nnot_found: journal.missing"},
	} {
		if key, _ := KeyOf(c.err); CodeOf(c.err) != c.code || key != c.key || c.err != nil && c.err.Error() != c.text {
			t.Errorf("%v: code %q, key %q", c.err, CodeOf(c.err), key)
		}
	}
	if !errors.Is(caused, io.ErrUnexpectedEOF) || !Is(caused, Corrupt) || Is(caused, Invalid) || Is(nil, "") {
		t.Error("cause or code is lost")
	}
	if CodeOf(io.EOF) != Internal {
		t.Errorf("%q", CodeOf(io.EOF))
	}
}

func TestKeysAndLogs(t *testing.T) {
	err := Wrap(io.ErrUnexpectedEOF, Conflict, "product.taken", "name", "my blue ones")
	key, args := KeyOf(fmt.Errorf("saving: %w", err))
	if key != "product.taken" || len(args) != 2 || args[1] != "my blue ones" {
		t.Errorf("key %q, args %v", key, args)
	}
	if got, want := err.Error(), "conflict: product.taken (unexpected EOF)"; got != want {
		t.Errorf("a log gets %q, want %q: what a person wrote stays out", got, want)
	}
	if key, args := KeyOf(io.EOF); key != "" || args != nil {
		t.Errorf("an error without a key has %q, %v", key, args)
	}
}

// What an error says, and what one that has no words of its own says.
func TestSaid(t *testing.T) {
	if s := Said(New(Invalid, "a.key", "n", 1)); s.Key != "a.key" || len(s.Args) != 2 {
		t.Errorf("%+v", s)
	}
	if s := Said(io.EOF); s.Key != "fault.unknown" {
		t.Errorf("%+v", s)
	}
}

// Errors of the library that quote what they could not read lose the quotation.
func TestNoCauseQuotesWhatAPersonWrote(t *testing.T) {
	_, at := time.Parse(time.RFC3339, "zzprivatezz")
	_, number := strconv.ParseFloat("zzprivatezz", 64)
	var into struct{ A bool }
	shape := json.Unmarshal([]byte(`{"a": 73191}`), &into)
	for _, err := range []error{at, number, fmt.Errorf("row 3: %w", number), shape} {
		if err == nil {
			t.Fatal("no error")
		}
		if s := Wrap(Wrap(err, Invalid, "a.b"), Invalid, "c.d").Error(); strings.Contains(s, "zzprivatezz") || strings.Contains(s, "73191") {
			t.Errorf("says %q", s)
		}
	}
}
