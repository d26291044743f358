package cli

import (
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

func TestAmount(t *testing.T) {
	for _, tt := range []struct {
		v    float64
		unit string
		want string
	}{
		{3, "g", "3 g"},
		{1, "capsule", "1 capsule"},
		{2, "capsule", "2 capsules"},
		{0.5, "blue tablet", "0.5 blue tablet"},
		{2, "blue tablet", "2 blue tablets"},
		{8, "oz", "8 oz"},
		{2, "pouch", "2 pouches"},
		{2, "box", "2 boxes"},
		{2, "gummies", "2 gummies"},
		{2, "cápsula (pequeña)", "2 cápsula (pequeña)"},
		{2, "", "2 "},
	} {
		if got := amount(tt.v, tt.unit); got != tt.want {
			t.Errorf("amount(%v, %q) = %q, want %q", tt.v, tt.unit, got, tt.want)
		}
	}
}

func TestSpan(t *testing.T) {
	for _, tt := range []struct {
		d    time.Duration
		want string
	}{
		{20 * time.Second, "less than a minute"},
		{25 * time.Minute, "25 min"},
		{2 * time.Hour, "2 h"},
		{130 * time.Minute, "2 h 10 min"},
		{26*time.Hour + 5*time.Minute, "1 day 2 h"},
		{72*time.Hour + 5*time.Minute, "3 days"},
	} {
		if got := span(tt.d); got != tt.want {
			t.Errorf("span(%v) = %q, want %q", tt.d, got, tt.want)
		}
	}
}

// What a person wrote, or a file that they imported, cannot drive the terminal.
func TestOneLine(t *testing.T) {
	if got := oneLine("a\x1b[31mred\r\nline\x00 \u0085end\x7f \u202eünï"); got != "a [31mred line end ünï" {
		t.Errorf("got %q", got)
	}
}

func TestMilligrams(t *testing.T) {
	for _, tt := range []struct {
		r    journal.Range
		want string
	}{
		{journal.Range{}, "not known"},
		{journal.Range{Low: 18.5, Mid: 18.5, High: 18.5, Basis: journal.Laboratory}, "18.5 mg"},
		{journal.Range{Low: 30, Mid: 48.2, High: 81, Basis: journal.Assumed}, "about 48 mg (30 to 81)"},
	} {
		if got := milligrams(tt.r); got != tt.want {
			t.Errorf("milligrams(%v) = %q, want %q", tt.r, got, tt.want)
		}
	}
}
