package adapter

import "testing"

// A substance that slows breathing is told by its own name, by its brand, and
// by the part of a name that its kind shares.
func TestClassOf(t *testing.T) {
	for name, want := range map[string]string{
		"Hydromorphone": "opioid", "Oxymorphone": "opioid", "Suboxone": "opioid", "O-Desmethyltramadol": "opioid", "Chlordiazepoxide": "benzodiazepine", "Xanax": "benzodiazepine", "Flubromazolam": "benzodiazepine",
		"Phenibut": "gabapentinoid", "Alcohol": "alcohol", "Caffeine": "stimulant", "Cannabis": "cannabis", "Nicotine": "nicotine", "LSD": "other", "Psilocybin mushrooms": "other", "": "other",
	} {
		if got := classOf(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
