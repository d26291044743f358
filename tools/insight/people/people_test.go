package people

import "testing"

// The made-up people write as the study's did: some three doses and three
// check-ins a day, a sixth of the days missing.
func TestPeopleWriteAsMeant(t *testing.T) {
	for name, k := range map[string]Kind{"a": NullA, "b": NullB} {
		days, missing, doses, checks := 0, 0, 0, 0
		for who := range uint64(60) {
			p := New(k, 1, who)
			for range 180 {
				d := p.Live()
				days++
				if !d.Known && len(d.Checks) == 0 {
					missing++
					continue
				}
				doses, checks = doses+len(d.Doses), checks+len(d.Checks)
			}
		}
		written := float64(days - missing)
		t.Logf("%s: missing %.2f, doses %.2f, check-ins %.2f", name, float64(missing)/float64(days), float64(doses)/written, float64(checks)/written)
		if m := float64(missing) / float64(days); m < 0.1 || m > 0.25 {
			t.Errorf("%s: %.2f of days missing", name, m)
		}
		if v := float64(doses) / written; v < 2 || v > 4 {
			t.Errorf("%s: %.2f doses a day", name, v)
		}
		if v := float64(checks) / written; v < 2 || v > 5 {
			t.Errorf("%s: %.2f check-ins a day", name, v)
		}
	}
}
