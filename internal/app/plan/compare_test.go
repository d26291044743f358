package plan

import (
	"testing"

	"github.com/evenkeel/evenkeel/taper"
)

func TestNoPlanForAnotherDrug(t *testing.T) {
	for name, want := range map[string]taper.Flag{
		"Xanax": "benzodiazepines", "diazepam": "benzodiazepines", "clonazepam": "benzodiazepines", "my Klonopin": "benzodiazepines",
		"vodka": "alcohol", "cerveza": "alcohol", "beer": "alcohol",
		"oxycodone": "opioids", "methadone": "opioids", "Suboxone": "opioids", "tramadol 50 mg": "opioids", "heroína": "opioids",
		"leaf": "", "7-OH": "", "green maeng da": "", "Opia tablets": "", "te verde kratom": "", "OPMS gold": "", "hojas": "", "extract": "", "7ohmz": "",
	} {
		if got, ok := otherWay(name); got != want || ok != (want != "") {
			t.Errorf("%s: %q", name, got)
		}
	}
}
