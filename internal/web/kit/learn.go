package kit

import (
	"github.com/evenkeel/evenkeel/evidence"
	"github.com/evenkeel/evenkeel/safety"
)

// facts are the places where the pages state a fact, and the questions of the
// evidence that tell what it rests on.
var facts = map[string][]string{
	"curve":      {"onset", "steady-state"},
	"stopping":   {"wd-timeline", "cold-turkey"},
	"tolerance":  {"tolerance", "tolerance-break"},
	"first_days": {"wd-symptoms", "wd-onset", "wd-dangerous", "wd-insomnia"},
	"plan":       {"taper-works", "taper-speed", "taper-risk", "frequency-first"},
	"mixing":     {"od-mixed", "cyp3a", "benzos"},
	"hair":       {"hair-loss", "hair-regrow"},
	"standing":   {"daily-dependence", "warning-signs", "dual-diagnosis"},
	"products":   {"7oh-labels", "coa", "serving-size"},
}

// signs are the questions behind signs of danger that leave time to read.
var signs = map[safety.Sign]string{
	safety.Liver: "liver-when", safety.Mixing: "od-mixed", safety.StopSedatives: "benzo-withdrawal", safety.Precipitated: "bup-precipitated",
	safety.Pregnancy: "pregnancy-stop", safety.Serotonin: "ssri", safety.AfterBreak: "tolerance-break", safety.Interaction: "cyp3a", safety.Synthetic: "mgm15",
}

// behind are the claims behind a place.
func behind(place string) (list []evidence.Claim) {
	for _, id := range facts[place] {
		if c, ok := evidence.ByID(id); ok {
			list = append(list, c)
		}
	}
	return list
}
