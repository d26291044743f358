package check_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/evidence"
	"github.com/evenkeel/evenkeel/evidence/check"
	"github.com/evenkeel/evenkeel/evidence/check/stance"
)

// said is what a text says of a claim, "" for nothing.
func said(text, id string) stance.Stance {
	for _, s := range check.Text(text, "en").Sentences {
		for _, c := range s.Claims {
			if c.ID == id {
				return c.Stance
			}
		}
	}
	return ""
}

func TestStances(t *testing.T) {
	for _, c := range []struct {
		id, text string
		want     stance.Stance
	}{
		{"addictive", "Kratom is addictive.", stance.Asserts},
		{"addictive", "Kratom is not addictive.", stance.Denies},
		{"addictive", "Kratom isn’t addictive.", stance.Denies},
		{"addictive", "kratom isnt addictive", stance.Denies},
		{"addictive", "A non-addictive leaf.", stance.Denies},
		{"addictive", "Not only is kratom cheap, it is addictive.", stance.Asserts},
		{"addictive", "Is kratom addictive?", stance.Hedges},
		{"addictive", "is kratom addictive", stance.Hedges},
		{"addictive", "Kratom may be addictive.", stance.Hedges},
		{"addictive", "Kratom is probably not addictive.", stance.Hedges},
		{"addictive", "Whether kratom is addictive is unknown.", stance.Hedges},
		{"addictive", "Users say that kratom is addictive.", stance.Reports},
		{"addictive", "Kratom is not addictive, according to the seller.", stance.Reports},
		{"addictive", "Anyone who tells you that kratom isn't addictive is lying.", stance.Asserts},
		{"addictive", "That kratom is addictive is a myth.", stance.Denies},
		{"addictive", "There is no evidence that kratom is addictive.", stance.Denies},
		{"addictive", "It costs little, but kratom is addictive.", stance.Asserts},
		{"addictive", "It is not cheap, and it is addictive.", stance.Asserts},
		{"addictive", "Kratom is not toxic and not addictive.", stance.Denies},
		{"addictive", "You can stop kratom any time you want.", stance.Denies},
		{"addictive", "You don't have to worry about addiction.", stance.Denies},
		{"addictive", "Kratom is rarely if ever addictive.", stance.Denies},
		{"wd-exists", "Forget about withdrawal with our green strain.", stance.Denies},
		{"wd-exists", "Don't forget about withdrawal from kratom, it is real.", stance.Asserts},
		{"naloxone-works", "Naloxone doesn't work on kratom so don't bother calling.", stance.Denies},
		{"naloxone-works", "Narcan did nothing.", stance.Denies},
		{"naloxone-works", "Narcan won't save you from 7-OH.", stance.Denies},
		{"naloxone-works", "Naloxone is useless against kratom.", stance.Denies},
		{"naloxone-works", "does narcan do anything", stance.Hedges},
		{"7oh-same-kratom", "7-OH isn't kratom.", stance.Denies},
		{"od-alcohol", "Kratom and beer go well together.", stance.Denies},
		{"wd-exists", "Kratom withdrawal isn't real.", stance.Denies},
		{"addictive", "Scientists disagree that kratom is addictive.", stance.Denies},
		{"addictive", "Anybody who calls kratom addictive is a shill.", stance.Denies},
		{"od-alcohol", "It is not dangerous to mix kratom with alcohol.", stance.Denies},
		{"salmonella", "Salmonella was not found in kratom.", stance.Denies},
		{"salmonella", "Salmonella has never been found in kratom.", stance.Denies},
		{"od-alone", "Kratom can't be overdosed.", stance.Denies},
		{"loperamide", "Take Imodium in large doses against withdrawal, it helps.", stance.Asserts},
		{"addictive", "It isn't harmful nor addictive.", stance.Denies},
		{"addictive", "No hangover, no withdrawal, no addiction.", stance.Denies},
		{"liver-rare", "Kratom is not a drug and won't hurt your liver.", stance.Denies},
		{"wd-exists", "Because it is plant based, there are no side effects and no withdrawal.", stance.Denies},
		{"addictive", "I don't think that kratom is not addictive.", stance.Asserts},
		{"addictive", "Don't tell me that it's safe and not addictive.", stance.Asserts},
		{"addictive", "It is not true that kratom is addictive.", stance.Denies},
		{"addictive", "It isn't true that kratom is not addictive.", stance.Asserts},
		{"addictive", "The claim that kratom is not addictive is false.", stance.Asserts},
		{"pain-works", "Kratom relieves pain without making you sleepy.", stance.Asserts},
		{"pain-works", "Kratom does not relieve pain.", stance.Denies},
		{"fda-approved", "No kratom product is approved by the FDA.", stance.Asserts},
		{"fda-approved", "Our powder is FDA-approved.", stance.Denies},
		{"drugtest-panel", "It won't show up on a standard drug test.", stance.Asserts},
		{"benzos", "Never take it with Xanax.", stance.Denies},
		{"natural-safe", "Kratom is natural, so it is safe.", stance.Asserts},
		{"natural-safe", "Natural doesn't mean safe.", stance.Denies},
		{"seizure", "<p>Kratom can cause <b>seiz</b>ures.</p><p>x</p>", stance.Asserts},
	} {
		if got := said(c.text, c.id); got != c.want {
			t.Errorf("%s: %q %q, want %q", c.id, c.text, got, c.want)
		}
	}
}

// Words that a claim is known by stand also where nothing of it is said.
func TestOtherThingsSaidWithItsWords(t *testing.T) {
	for text, id := range map[string]string{
		"Our premium Maeng Da kratom is a safe alternative.":  "maengda",
		"The most popular Maeng Da kratom is back in stock.":  "maengda",
		"Scientists agree that kratom is safer than opioids.": "is-opioid",
		"Rapid detox under anesthesia is painless and works.": "wd-mild",
		"my liver is fine so kratom doesnt hurt the liver":    "pain-works",
		"Methadone doesn't get people off opioids.":           "opioid-substitute-survey",
		"Once you quit alcohol you will not go back.":         "relapse",
		"Kratom and beer go well together.":                   "cannabis",
		"Kratom is safer than alcohol.":                       "od-alcohol",
		"Take more kratom until you feel it.":                 "tolerance",
	} {
		if got := said(text, id); got != "" {
			t.Errorf("%q %s %s", text, got, id)
		}
	}
	if got := said("Maeng Da is the strongest strain.", "maengda"); got != stance.Asserts {
		t.Errorf("Maeng Da: %q", got)
	}
}

// What is about something else is no claim about kratom.
func TestOtherSubjects(t *testing.T) {
	for _, text := range []string{"Ibuprofen relieves pain.", "Store it in a dry place.", "Our liver paté is on sale.", "Coffee gives energy.", "I quit cold turkey in March.", "The bank allows one withdrawal a day."} {
		for _, s := range check.Text(text, "en").Sentences {
			for _, c := range s.Claims {
				t.Errorf("%q: %s by %q", text, c.ID, c.Why.Rule)
			}
		}
	}
}

const twoSided = `# Kratom

Kratom is a safe and effective natural alternative for those seeking recovery from addiction.
It relieves pain. It gives energy.

Long use of kratom causes hair loss. Kratom does not relieve pain. It clears up eczema.
`

// What frightens is not said to hold because a milder sentence does: many people
// go back, and nobody knows that this one will.
func TestAThreatIsNotWhatIsKnown(t *testing.T) {
	for _, text := range []string{
		"You will relapse without treatment.", "Without our program you will relapse on kratom.",
		"Most people relapse within a month.", "90 percent of people relapse on kratom.", "Everyone relapses.",
		"Kratom destroys your liver.", "Kratom fries your liver every time.",
		// What tempts is none, either.
		"You can stop kratom at any time, no taper needed.", "You can quit whenever you want.",
		"Start with one tablet of kratom and take more until you feel the glow.", "If you don't feel anything, take more.",
		"Kratom will never show up on a drug test.", "Kratom is undetectable in every drug test.",
		// Nor is what shames or takes hope away.
		"Relapse means that you have failed.", "Recovery from kratom is impossible.", "Recovery is impossible.",
		// Nor is what is said of something else.
		"Kratom is cheap. Heroin is highly addictive and withdrawal from alcohol can kill you.",
	} {
		for _, one := range check.Text(text, "en").Sentences {
			for _, c := range one.Claims {
				if c.Reading() == check.Holds {
					t.Errorf("%q is said to hold by %s", text, c.ID)
				}
			}
		}
	}
	for _, text := range []string{
		"Many people relapse on kratom.", "Kratom can damage your liver.", "You need to take more to feel the same effect.",
		"Kratom will not show up on a standard drug test.", "Mixing kratom with alcohol can kill you.",
	} {
		if r := check.Text(text, "en"); r.Summary.Readings[check.Holds] != 1 {
			t.Errorf("%q: %+v", text, r.Summary)
		}
	}
}

func TestAWholeText(t *testing.T) {
	r := check.Text(twoSided, "")
	if r.Summary.Language != "en" || r.Summary.Kind != "markdown" || r.Summary.Bytes != len(twoSided) {
		t.Errorf("read as %+v", r.Summary)
	}
	for _, s := range r.Sentences {
		if got := strings.Join(strings.Fields(twoSided[s.Start:s.End]), " "); got != s.Text {
			t.Errorf("bytes %d to %d are %q, said %q", s.Start, s.End, got, s.Text)
		}
	}
	var ids []string
	for _, c := range r.Contradictions {
		ids = append(ids, c.ID)
		if c.First >= c.Second || c.Second >= len(r.Sentences) {
			t.Errorf("pair %d, %d of %d", c.First, c.Second, len(r.Sentences))
		}
	}
	if !slices.Contains(ids, "pain-works") || !slices.Contains(ids, "natural-safe") {
		t.Errorf("contradictions %v", ids)
	}
	if want := []string{"mixing", "pregnancy", "help"}; !slices.Equal(r.Omissions, want[:2]) {
		t.Errorf("omissions %v", r.Omissions)
	}
	if len(r.Unmatched) != 1 || r.Sentences[r.Unmatched[0]].Text != "It clears up eczema." {
		t.Errorf("unmatched %v", r.Unmatched)
	}
	if len(r.Summary.First) == 0 || !strings.Contains(r.Sentences[r.Summary.First[0]].Text, "safe and effective") {
		t.Errorf("first %v", r.Summary.First)
	}
}

func TestInterestAndHelp(t *testing.T) {
	shop := check.Text("Add to cart. Free shipping on our products. Kratom harms the liver. Kratom causes seizures.", "en")
	if !slices.Equal(shop.Summary.Interest, []string{"vendor"}) || !slices.Equal(shop.Omissions, []string{"help"}) {
		t.Errorf("interest %v, omissions %v", shop.Summary.Interest, shop.Omissions)
	}
	clinic := check.Text("Call us today. Our admissions team will verify your insurance.", "en")
	if !slices.Equal(clinic.Summary.Interest, []string{"treatment"}) {
		t.Errorf("interest %v", clinic.Summary.Interest)
	}
}

// That nothing is found in a text of another language says nothing of it.
func TestAnotherLanguage(t *testing.T) {
	for text, want := range map[string]bool{
		"El kratom no es adictivo y quita el dolor sin ningún peligro para quien lo toma cada día.":                                                                          true,
		"Kratom macht nicht süchtig und lindert Schmerzen, sagen die Händler, die es im Netz verkaufen wollen.":                                                              true,
		"Kratom natural. El kratom es legal en los cincuenta estados. Nadie ha muerto por kratom. El kratom no causa abstinencia. Puede mezclarlo con alcohol sin problema.": true,
		"Kratom is not addictive and it takes away pain without any danger to whoever takes it every day.":                                                                   false,
		"my legs wont stop kicking and i cant sleep since i quit kratom, day 3, any tips on what to take":                                                                    false,
		"Kratom": false,
	} {
		if got := check.Text(text, "").Summary.OtherLanguage; got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// Every list is a list in JSON, and a pair is three values.
func TestJSON(t *testing.T) {
	b, err := json.Marshal(check.Text("", "en"))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"sentences":[],"contradictions":[],"omissions":[],"unmatched":[],"summary":{"language":"en","kind":"text","bytes":0,"sentences":0,"claims":0,"verdicts":{},"readings":{},"first":[],"interest":[],"cut":false,"other_language":false}}`
	if string(b) != want {
		t.Errorf("%s", b)
	}
	b, _ = json.Marshal(check.Contradiction{First: 1, Second: 2, ID: "x"})
	if string(b) != `[1,2,"x"]` {
		t.Errorf("%s", b)
	}
}

// Patterns and claims belong to each other.
func TestEveryClaimHasPatterns(t *testing.T) {
	for _, language := range check.Languages() {
		without, unknown := check.In(language).Coverage()
		if len(unknown) > 0 {
			t.Errorf("%s: patterns of claims that are not there: %v", language, unknown)
		}
		if len(without) > 0 {
			t.Errorf("%s: claims without a pattern: %v", language, without)
		}
	}
	if len(evidence.All()) == 0 {
		t.Error("no claims")
	}
}

func ExampleText() {
	r := check.Text("Kratom isn't addictive, says the shop.", "en")
	c := r.Sentences[0].Claims[0]
	fmt.Println(c.ID, c.Stance, c.Verdict)
	// Output: addictive reports supported
}
