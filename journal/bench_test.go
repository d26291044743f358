package journal

import "testing"

// BenchmarkDecode is one record of each common kind, as opening a journal
// meets them.
func BenchmarkDecode(b *testing.B) {
	helped, rough, sleep := 3, 4, 6.5
	dose := dose("2026-11-22 08:00", 3)
	dose.Dose().Product, dose.Dose().ProductName, dose.Dose().Reasons, dose.Dose().Helped = id(9), "green leaf", []Reason{"energy"}, &helped
	check := Event{At: dose.At, Body: &CheckIn{Rough: &rough, Craving: &rough, SleepHours: &sleep, SleepQuality: &rough}}
	check.Stamp(dose.At)
	full := Event{At: dose.At, Body: &CheckIn{Symptoms: map[Symptom]int{"yawning": 1, "anxiety": 2, "tiredness": 3, "restless_legs": 1, "low_mood": 1}, Mood: &rough}}
	full.Stamp(dose.At)
	for _, c := range []struct {
		name string
		e    Event
	}{{"dose", dose}, {"check_in", check}, {"symptoms", full}} {
		plain, err := c.e.Encode()
		if err != nil {
			b.Fatal(err)
		}
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(plain)))
			for b.Loop() {
				if _, err := Decode(plain); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
