package cli

import (
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
)

func english(t *testing.T) *locale.Catalogue {
	t.Helper()
	texts, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return texts.English()
}

// What a person wrote, or a file that they imported, cannot drive the terminal.
func TestOneLine(t *testing.T) {
	if got := oneLine("a\x1b[31mred\r\nline\x00 \u0085end\x7f \u202eünï"); got != "a [31mred line end ünï" {
		t.Errorf("got %q", got)
	}
}

func TestMilligrams(t *testing.T) {
	c := &commands{text: english(t)}
	for _, tt := range []struct {
		r    journal.Range
		want string
	}{
		{journal.Range{}, "not known"},
		{journal.Range{Low: 18.5, Mid: 18.5, High: 18.5, Basis: journal.Laboratory}, "18.5 mg"},
		{journal.Range{Low: 30, Mid: 48.2, High: 81, Basis: journal.Assumed}, "about 48 mg (30 to 81)"},
	} {
		if got := c.milligrams(tt.r); got != tt.want {
			t.Errorf("milligrams(%v) = %q, want %q", tt.r, got, tt.want)
		}
	}
}

func TestEntry(t *testing.T) {
	c := &commands{text: english(t)}
	at := time.Date(2026, 11, 22, 19, 40, 0, 0, time.UTC)
	h24 := "24h"
	for _, tt := range []struct {
		e    journal.Event
		want string
	}{
		{journal.Event{Kind: journal.KindNone, At: at, Body: &journal.None{}}, "None today, 2026-11-22 19:40"},
		{journal.Event{Kind: journal.KindNote, At: at, Body: &journal.Note{Text: "slept\nbadly"}}, "Note, 2026-11-22 19:40 slept badly"},
		{journal.Event{Kind: journal.KindDose, At: at, Body: &journal.Dose{Amount: 3, Unit: "g", ProductName: "green\x1b[31m leaf"}}, "Dose, 2026-11-22 19:40 3 g green [31m leaf"},
	} {
		if got := c.entry(&tt.e, journal.Settings{Clock: &h24}); oneLine(got) != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

func TestLanguageOfTheTerminal(t *testing.T) {
	for _, tt := range []struct {
		env  map[string]string
		want string
	}{
		{nil, ""},
		{map[string]string{"LANG": "es_MX.UTF-8"}, "es_MX"},
		{map[string]string{"LANG": "es_ES@euro"}, "es_ES"},
		{map[string]string{"LANG": "es_MX.UTF-8", "LC_ALL": "C"}, ""},
		{map[string]string{"LANG": "es_MX.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en_US"},
		{map[string]string{"LANG": "C.UTF-8"}, ""},
	} {
		if got := languageOf(func(k string) string { return tt.env[k] }); got != tt.want {
			t.Errorf("%v: got %q, want %q", tt.env, got, tt.want)
		}
	}
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"now", "--lang", "es"}, "es"}, {[]string{"--lang=es", "now"}, "es"}, {[]string{"now", "--lang"}, ""}, {[]string{"add", "--", "--lang=es"}, ""},
	} {
		if got := languageFlag(tt.args); got != tt.want {
			t.Errorf("%v: got %q, want %q", tt.args, got, tt.want)
		}
	}
}
