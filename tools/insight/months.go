package main

import (
	"github.com/evenkeel/evenkeel/insight"
	"github.com/evenkeel/evenkeel/tools/insight/people"
)

// months looks at a person's whole month each week for half a year, from a real
// journal, and collects what was ever said, by kind and id.
func months(k people.Kind, seed uint64, who int) map[insight.Kind]map[string]bool {
	p := people.New(k, seed, uint64(who))
	var w people.Diarist
	said := map[insight.Kind]map[string]bool{}
	for n := 1; n <= halfYear; n++ {
		d := p.Live()
		w.Write(&d, p)
		if n%7 != 1 || n < 28 {
			continue
		}
		m := insight.Of(w.Journal(), people.Midnight(n))
		for _, i := range m.Items {
			if i.State != insight.Says {
				continue
			}
			if said[i.Kind] == nil {
				said[i.Kind] = map[string]bool{}
			}
			key := i.Says.Key
			if i.Kind == insight.Signs {
				key = "insight.sign." + i.ID
			}
			said[i.Kind][key] = true
		}
	}
	return said
}
