package journal

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// agree checks that the fast way, where it reads something at all, reads what
// encoding/json reads.
func agree(t interface{ Fatalf(string, ...any) }, plain []byte) {
	fast, ok := decodeFast(plain)
	if !ok {
		return
	}
	var slow Event
	if err := json.Unmarshal(plain, &slow); err != nil {
		t.Fatalf("%s: read fast, but encoding/json says %v", plain, err)
	}
	if err := slow.Validate(); err != nil {
		t.Fatalf("%s: read fast, but it is not valid: %v", plain, err)
	}
	if !fast.At.Equal(slow.At) || !fast.Recorded.Equal(slow.Recorded) || fast.At.Format("Z07:00") != slow.At.Format("Z07:00") {
		t.Fatalf("%s: times %v %v, want %v %v", plain, fast.At, fast.Recorded, slow.At, slow.Recorded)
	}
	fast.At, fast.Recorded = slow.At, slow.Recorded // equal, but for the pointer to their zone
	if !reflect.DeepEqual(fast, slow) {
		t.Fatalf("%s: fast %+v, encoding/json %+v", plain, fast, slow)
	}
}

func TestTwoWaysToDecodeAgree(t *testing.T) {
	read := 0
	rapid.Check(t, func(t *rapid.T) {
		e := genEvent(t)
		if e.Dose() != nil && rapid.Bool().Draw(t, "full") {
			e.Dose().ProductName = rapid.StringN(0, 20, 40).Draw(t, "product")
			e.Dose().Note = rapid.StringN(0, 20, 40).Draw(t, "note")
			e.Dose().Reasons = Reasons[:rapid.IntRange(0, 3).Draw(t, "reasons")]
		}
		if e.CheckIn() != nil && rapid.Bool().Draw(t, "long") {
			sleep := rapid.Float64Range(0, 24).Draw(t, "sleep")
			e.CheckIn().SleepHours = &sleep
			e.CheckIn().Symptoms = map[Symptom]int{"yawning": 2, "anxiety": 0}
		}
		plain, err := e.Encode()
		if err != nil {
			t.Skip(err)
		}
		if _, ok := decodeFast(plain); ok {
			read++
		}
		agree(t, plain)
	})
	if read == 0 {
		t.Error("the fast way read nothing at all")
	}
}

func FuzzTwoWaysToDecode(f *testing.F) {
	const head = `{"v":1,"kind":"dose","at":"2026-11-22T08:00:00-05:00","recorded":"2026-11-22T08:00:04.5-05:00","dose":`
	f.Add([]byte(head + `{"product":"00000000000000000000000000000009","product_name":"grün","amount":3,"unit":"g","reasons":["pain"],"helped":3}}`))
	f.Add([]byte(head + `{"amount":01,"unit":"g"}}`))
	f.Add([]byte(head + `{"amount":1,"amount":2,"unit":"g"}}`))
	f.Add([]byte(head + `{"amount":1e2,"unit":"\u0067"}}`))
	f.Add([]byte(`{"v":1,"kind":"check_in","at":"2026-11-22T08:00:00Z","recorded":"2026-11-22T08:00:00Z","check_in":{"symptoms":{"yawning":1},"rough":3,"sleep_h":6.5}}`))
	f.Add([]byte(`{"v":1,"kind":"none_today","at":"2026-11-22T08:00:00Z","recorded":"2026-11-22T08:00:00Z","none_today":{}}`))
	f.Fuzz(func(t *testing.T, plain []byte) { agree(t, plain) })
}
