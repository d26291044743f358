package pkpd

import (
	"crypto/sha256"
	"fmt"
	"math"
	"reflect"
	"testing"
)

// TestDigits says what a fit and a forecast come to, for whoever compares
// machines: internal/site compares this one with a browser.
func TestDigits(t *testing.T) {
	h, _ := invented(stopped(), 8)
	p := fitted(t, h, 7)
	f := bands(t, p, Regimen{}, []float64{h.NowH, h.NowH + 12, h.NowH + 36, h.NowH + 96, h.NowH + 240})
	sum := sha256.New()
	for _, list := range [][]Band{f.MitragynineNM, f.SevenOHNM, f.Occupancy, f.Withdrawal, f.Rough} {
		for _, b := range list {
			v := reflect.ValueOf(b)
			for i := range v.NumField() {
				if v.Field(i).CanFloat() {
					fmt.Fprintf(sum, "%x ", math.Float64bits(v.Field(i).Float()))
				}
			}
		}
	}
	fmt.Fprintf(sum, "%x %x", math.Float64bits(p.Quality.ESS), math.Float64bits(p.Quality.ParetoK))
	t.Logf("digits %x", sum.Sum(nil)[:12])
}
