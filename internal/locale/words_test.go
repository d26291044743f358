package locale

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

func TestPluralsAndWords(t *testing.T) {
	all, now := texts(t), journal.Date("2026-11-22").Time()
	v := all.English()
	for _, c := range []struct{ got, want string }{
		{v.Amount(0.5, "tablet"), "½ tablet"}, {v.Amount(1, "capsule"), "1 capsule"}, {v.Amount(2, "capsule"), "2 capsules"}, {v.Amount(1.5, "capsule"), "1½ capsules"},
		{v.Amount(3, "g"), "3 g"}, {v.Amount(2, "mug"), "2 × mug"}, {v.Amount(0.25, "blue tablet"), "¼ blue tablet"}, {v.Amount(2.7, "mL"), "2.7 mL"},
		{v.Dose(2, "tablet", "blue tablet"), "2 blue tablets"}, {v.Dose(3, "g", "green leaf"), "3 g green leaf"},
		{v.Lasted(0), "just now"}, {v.Lasted(59e9 * 60), "59 min"}, {v.Lasted(3600e9 * 2), "2 h"}, {v.Lasted(3600e9*26 + 60e9), "1 day 2 h"}, {v.Lasted(3600e9 * 24 * 9), "9 days"},
		{v.Days(3 * 365), "3 years"}, {v.Days(547.5), "1.5 years"}, {v.Days(45), "1.5 months"}, {v.Days(10), "10 days"}, {v.Days(1), "1 day"},
		{v.Span(journal.Range{Low: 44.6, Mid: 60, High: 81.3, Basis: journal.Assumed}), "45–81 mg"}, {v.Span(journal.Range{Low: 15, Mid: 15, High: 15, Basis: journal.Laboratory}), "15 mg"},
		{v.Day("2026-11-22", now), "Sunday, November 22"}, {v.Day("2025-01-05", now), "Sunday, January 5, 2025"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	es := all.Match("es")
	for _, c := range []struct{ got, want string }{
		{es.Dose(0.5, "tablet", "blue tablet"), "½ tableta de blue tablet"}, {es.Amount(2, "capsule"), "2 cápsulas"}, {es.Day("2026-11-22", now), "domingo 22 de noviembre"},
		{es.T("journal.gap", "n", 1), "1 día sin entradas: desconocido, no cero"}, {es.Amount(2.7, "mL"), "2,7 mL"}, {es.Money(4.5, "USD"), "4,50 USD"}, {es.Span(journal.Range{Low: 1.24, Mid: 2, High: 3.51, Basis: journal.Assumed}), "1,2–3,5 mg"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	for in, want := range map[float64]float64{0: 0, 0.0312: 0.031, 4.44: 4.4, 99.6: 100, 185: 190, 12345: 12000} {
		if got := Two(in); got != want {
			t.Errorf("Two(%v) = %v, want %v", in, got, want)
		}
	}
}

// A unit that the product's own name says is said once.
func TestDoseSaysItsUnitOnce(t *testing.T) {
	en, es := texts(t).English(), texts(t).Match("es")
	for _, c := range []struct{ got, want string }{
		{en.Dose(0.5, "tablet", "blue tablet"), "½ blue tablet"}, {en.Dose(0.5, "tablet", "blue tablets"), "½ blue tablet"}, {en.Dose(2, "tablet", "blue tablets"), "2 blue tablets"},
		{en.Dose(3, "g", "green leaf"), "3 g green leaf"}, {en.Dose(1, "tablet", "tablet"), "1 tablet"}, {en.Dose(1, "tablet", "multitablet"), "1 tablet multitablet"},
		{es.Dose(1, "tablet", "tableta azul"), "1 tableta azul"}, {es.Dose(2, "tablet", "tableta azul"), "2 × tableta azul"}, {es.Dose(2, "tablet", "tabletas azules"), "2 tabletas azules"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestClock(t *testing.T) {
	en, es := texts(t).English(), texts(t).Match("es")
	now := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	at := time.Date(2026, 11, 21, 14, 5, 0, 0, time.UTC)
	for _, c := range []struct{ got, want string }{
		{en.Clock(at, en.Clock24("")), "2:05 PM"}, {es.Clock(at, es.Clock24("")), "14:05"}, {en.Clock(at, en.Clock24("24h")), "14:05"},
		{es.Clock(at, es.Clock24("12h")), "2:05 PM"}, {en.When(at, now, true), "Yesterday, 14:05"}, {en.When(now, now, true), "20:00"},
		{en.WhenSaid(at, now, true), "yesterday, 14:05"}, {es.WhenSaid(at, now, true), "ayer, 14:05"}, {en.WhenSaid(now, now, true), "20:00"},
		{en.WhenSaid(at.AddDate(0, 0, -2), now, false), "Thu, Nov 19, 2:05 PM"}, {es.WhenSaid(at.AddDate(0, 0, -2), now, true), "jue 19 nov, 14:05"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestDescribe(t *testing.T) {
	en, es := texts(t).English(), texts(t).Match("es")
	now := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	rough, craving, sleep := 6, 8, 6.5
	for _, c := range []struct {
		e      journal.Event
		en, es string
	}{
		{journal.Event{Kind: journal.KindDose, Body: &journal.Dose{Amount: 2.7, Unit: "g", ProductName: "green leaf", Reasons: []journal.Reason{"pain"}, Note: "late"}},
			"2.7 g green leaf · Pain · late", "2,7 g de green leaf · Dolor · late"},
		{journal.Event{Kind: journal.KindCheckIn, Body: &journal.CheckIn{Rough: &rough, Craving: &craving, SleepHours: &sleep}},
			"Rough 6 of 10 · Craving 8 of 10 · 6.5 hours of sleep", "Difícil 6 de 10 · Ganas 8 de 10 · 6,5 horas de sueño"},
		{journal.Event{Kind: journal.KindDose, Body: &journal.Dose{Amount: 0.5, Unit: "blue tablet", ProductName: "blue tablet"}}, "½ blue tablet", "½ blue tablet"},
		{journal.Event{Kind: journal.KindNone, Body: &journal.None{}}, "None today", "Hoy nada"},
		{journal.Event{Kind: journal.KindNote, Body: &journal.Note{Text: "walked"}}, "Note · walked", "Nota · walked"},
		{journal.Event{Kind: journal.KindSpending, Body: &journal.Spending{Amount: 35, Currency: "USD"}}, "35.00 USD", "35,00 USD"},
		{journal.Event{Kind: journal.KindBodyChange, Body: &journal.BodyChange{Change: "dizziness", Since: "2026-11-20", Ongoing: true}},
			"Dizziness · since Friday, November 20 · still there", "Mareo · desde el viernes 20 de noviembre · sigue"},
		{journal.Event{Kind: journal.KindCheckIn, Body: &journal.CheckIn{Symptoms: map[journal.Symptom]int{"yawning": 3, "anxiety": 0}}}, "Yawning 3", "Bostezos 3"},
		{journal.Event{Kind: journal.KindPriorUse, Body: &journal.PriorUse{PerDay: 20, Unit: "g", Days: 1095, TimesPerDay: 4}},
			"About 20 g a day for 3 years · in 4 doses a day", "Unos 20 g al día durante 3 años · en 4 dosis al día"},
		{journal.Event{Kind: journal.KindLife, Body: &journal.Life{Area: "work", Effect: "worse"}}, "Work · for the worse", "Trabajo · para peor"},
		{journal.Event{Kind: journal.KindSubstance, Body: &journal.Substance{Class: "alcohol", Name: "wine", Amount: "2 glasses"}}, "Alcohol · wine · 2 glasses", "Alcohol · wine · 2 glasses"},
		{journal.Event{Kind: journal.KindProduct, Body: &journal.Product{Name: "green leaf", Note: "mild"}}, "green leaf · mild", "green leaf · mild"},
	} {
		if got := en.Describe(&c.e, now).All(); got != c.en {
			t.Errorf("%q, want %q", got, c.en)
		}
		if got := es.Describe(&c.e, now).All(); got != c.es {
			t.Errorf("%q, want %q", got, c.es)
		}
	}
}

// Spanish speaks to a person as a friend does, everywhere: never as "usted", nor
// with an imperative of it at the start of a sentence.
func TestSpanishSaysTu(t *testing.T) {
	formal := regexp.MustCompile(`(?i)\bustedes?\b|(?:^|[.:;?] +|[¿«(])(?:Revise|Elija|Escriba|Llame|Haga|Ponga|Pida|Diga|Vea|Vaya|Abra|Cierre|Guarde|Mire|Intente|Pruebe|Busque|Conteste|Piense|Tenga|Espere|Quite|Toque|Deje|Lea|Mida|Marque|Siga|Pulse|Agregue|Restaure|Copie|Pegue)\b`)
	for key, m := range texts(t).Match("es").messages {
		for _, text := range m {
			if at := formal.FindString(text); at != "" {
				t.Errorf("%s says %q: %s", key, strings.TrimSpace(at), text)
			}
		}
	}
}
