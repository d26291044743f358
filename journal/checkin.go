package journal

// KindCheckIn is how it was at a moment.
const KindCheckIn Kind = "check_in"

// Symptom is one of the twelve withdrawal symptoms of the long check-in.
type Symptom string

// Symptoms in the order in which a check-in asks for them. The list follows
// the concepts of the published opioid withdrawal scales (Handelsman 1987;
// Gossop 1990) in our own words; it is not one of those scales.
var Symptoms = []Symptom{"muscle_aches", "trouble_sleeping", "upset_stomach", "anxiety", "low_mood", "irritability",
	"runny_nose_eyes", "shakiness", "sweats_chills", "restless_legs", "tiredness", "yawning"}

// SymptomTop is the highest answer for a symptom: extremely.
const SymptomTop = 4

// CheckIn is how it is right now. Every part may be left out; what is left
// out is unknown, not zero.
type CheckIn struct {
	// Symptoms 0 (not at all) to 4 (extremely).
	Symptoms map[Symptom]int `json:"symptoms,omitempty"`
	// Rough answers "how rough is it now", 0 to 10.
	Rough *int `json:"rough,omitempty"`
	// Craving 0 to 10.
	Craving *int `json:"craving,omitempty"`
	// Mood, Calm and Energy 0 to 10, higher is better.
	Mood   *int `json:"mood,omitempty"`
	Calm   *int `json:"calm,omitempty"`
	Energy *int `json:"energy,omitempty"`
	// Pain 0 to 10, higher is worse.
	Pain *int `json:"pain,omitempty"`
	// SleepHours of the last night, 0 to 24.
	SleepHours *float64 `json:"sleep_h,omitempty"`
	// SleepQuality 0 to 10, higher is better.
	SleepQuality *int   `json:"sleep_quality,omitempty"`
	Note         string `json:"note,omitempty"`
}

// Kind is KindCheckIn.
func (*CheckIn) Kind() Kind { return KindCheckIn }

// CheckIn is the event's check-in; nil when it is about something else.
func (e *Event) CheckIn() *CheckIn { return of[CheckIn](e) }

func checkInScale(name string, at func(*CheckIn) **int) Field {
	return with(scaleField(name, 10, at), func(f *Field) { f.Said = "check_in." + name + ".said" })
}

var _ = register(Descriptor{
	Kind: KindCheckIn, Order: 3, New: func() Payload { return new(CheckIn) },
	Fields: []Field{
		checkInScale("rough", func(c *CheckIn) **int { return &c.Rough }),
		checkInScale("craving", func(c *CheckIn) **int { return &c.Craving }),
		with(scalesField("symptoms", SymptomTop, Symptoms, func(c *CheckIn) *map[Symptom]int { return &c.Symptoms }),
			func(f *Field) { f.Words, f.Said = "symptom.", "symptom.said" }),
		rest(checkInScale("mood", func(c *CheckIn) **int { return &c.Mood })),
		beside(rest(checkInScale("calm", func(c *CheckIn) **int { return &c.Calm }))),
		beside(rest(checkInScale("energy", func(c *CheckIn) **int { return &c.Energy }))),
		beside(rest(checkInScale("pain", func(c *CheckIn) **int { return &c.Pain }))),
		with(maybeField("sleep_h", func(c *CheckIn) **float64 { return &c.SleepHours }, 0, 24), func(f *Field) { f.Said, f.Rest = "check_in.sleep_h.said", true }),
		rest(checkInScale("sleep_quality", func(c *CheckIn) **int { return &c.SleepQuality })),
		noteField("note", func(c *CheckIn) *string { return &c.Note }),
	},
	Check: func(p Payload) error {
		c := p.(*CheckIn)
		if len(c.Symptoms) == 0 && c.Rough == nil && c.Craving == nil && c.Mood == nil && c.Calm == nil && c.Energy == nil &&
			c.Pain == nil && c.SleepHours == nil && c.SleepQuality == nil && c.Note == "" {
			return bad("", "event.check_in_empty")
		}
		return nil
	},
	fast: func(r *reader) Payload {
		c := new(CheckIn)
		r.object(func(key []byte) {
			switch string(key) {
			case "symptoms":
				c.Symptoms = make(map[Symptom]int)
				r.object(func(key []byte) { c.Symptoms[Symptom(key)] = r.int() })
			case "rough":
				c.Rough = r.intp()
			case "craving":
				c.Craving = r.intp()
			case "mood":
				c.Mood = r.intp()
			case "calm":
				c.Calm = r.intp()
			case "energy":
				c.Energy = r.intp()
			case "pain":
				c.Pain = r.intp()
			case "sleep_h":
				v := r.float()
				c.SleepHours = &v
			case "sleep_quality":
				c.SleepQuality = r.intp()
			case "note":
				c.Note = string(r.string())
			default:
				r.fail(true)
			}
		})
		return c
	},
})
