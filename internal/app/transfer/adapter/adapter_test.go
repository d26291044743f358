package adapter_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/transfer/adapter"
	"github.com/evenkeel/evenkeel/internal/app/transfer/columns"
	"github.com/evenkeel/evenkeel/internal/app/transfer/incoming"
	"github.com/evenkeel/evenkeel/journal"
)

var newYork = func() *time.Location {
	l, err := time.LoadLocation("America/New_York")
	if err != nil {
		panic(err)
	}
	return l
}()

var now = time.Date(2026, 11, 22, 19, 40, 0, 0, newYork)

// read gives the format of a file and what its rows say, in words.
func read(t *testing.T, file string, chosen columns.Chosen) (name string, list []string) {
	t.Helper()
	s, plan, err := adapter.Open([]byte(file), chosen, now)
	if err != nil {
		t.Fatal(err)
	}
	if plan.Open() {
		t.Fatalf("a question is open: %v", plan.Fault())
	}
	err = s.Rows(func(r *incoming.Row) bool {
		if r.Why != nil {
			list = append(list, "bad "+r.Why.Key)
		}
		if r.Passed == incoming.Other {
			list = append(list, "other")
		}
		for _, d := range r.Drafts {
			list = append(list, said(&d))
		}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return s.Name, list
}

func said(d *incoming.Draft) string {
	e := &d.Event
	text := e.At.Format("2006-01-02 15:04 -0700 ")
	switch b := e.Body.(type) {
	case *journal.Dose:
		text += fmt.Sprintf("%v %s of %q", b.Amount, b.Unit, d.Product)
		if b.Note != "" {
			text += fmt.Sprintf(" %q", b.Note)
		}
	case *journal.CheckIn:
		for _, f := range journal.Describe(e.Kind).Fields {
			if v := f.Get(b); v != "" {
				text += f.Name + "=" + fmt.Sprintf("%q ", v)
			}
		}
	case *journal.Note:
		text += fmt.Sprintf("note %q", b.Text)
	case *journal.Substance:
		text += fmt.Sprintf("%s %s %s", b.Class, b.Name, b.Amount)
	default:
		text += string(e.Kind)
	}
	return strings.TrimSpace(text)
}

// Each file is written by hand from the definition of its format.
func TestFilesOfOtherApps(t *testing.T) {
	for _, c := range []struct {
		title, file, name string
		want              []string
	}{
		{"PsychonautWiki Journal", `{"experiences":[{"title":"Evening","text":"slow","creationDate":1763683200000,"sortDate":1763683200000,"isFavorite":false,
			"ingestions":[
				{"substanceName":"Kratom","time":1763683200000,"endTime":null,"creationDate":1763683201000,"administrationRoute":"ORAL","dose":3.5,"isDoseAnEstimate":false,"units":"g","notes":"with tea","stomachFullness":"EMPTY","consumerName":null,"customUnitId":null},
				{"substanceName":"Kratom","time":1763690400000.0,"endTime":null,"administrationRoute":"ORAL","dose":4,"isDoseAnEstimate":true,"units":null,"notes":null,"customUnitId":7},
				{"substanceName":"Kratom","time":1763690400000,"endTime":null,"administrationRoute":"ORAL","dose":null,"isDoseAnEstimate":false,"units":"g"},
				{"substanceName":"Kratom","time":1763690400000,"endTime":null,"administrationRoute":"ORAL","dose":2,"isDoseAnEstimate":false,"units":"g","consumerName":"a friend"},
				{"substanceName":"Alcohol","time":1763690400000,"endTime":null,"administrationRoute":"ORAL","dose":20,"isDoseAnEstimate":false,"units":"mL EtOH"}],
			"location":null,"ratings":[{"option":"twoPlus","time":1763690400000,"creationDate":1763690400000}],
			"timedNotes":[{"creationDate":1763690400000,"time":1763690400000,"note":"calmer","color":"BLUE","isPartOfTimeline":true}]}],
			"substanceCompanions":[{"substanceName":"Kratom","color":"GREEN"}],"customSubstances":[],
			"customUnits":[{"id":7,"substanceName":"Kratom","name":"green capsules","creationDate":1763683200000,"administrationRoute":"ORAL","dose":0.5,"estimatedDoseStandardDeviation":null,"isEstimate":false,"isArchived":false,"unit":"capsule","unitPlural":"capsules","originalUnit":"g","note":""}]}`,
			"psychonautwiki", []string{
				`2025-11-20 19:00 -0500 3.5 g of "Kratom" "with tea"`,
				`2025-11-20 21:00 -0500 2 g of "green capsules" "4 capsule\n~ 4"`,
				"bad transfer.cell.no_amount", "other",
				"2025-11-20 21:00 -0500 alcohol Alcohol 20 mL EtOH",
				`2025-11-20 21:00 -0500 note "calmer"`, "other",
				`2025-11-20 19:00 -0500 note "Evening\nslow"`,
			}},
		{"Tea Taper JSON", `{"schemaVersion":4,"appVersion":"4.0.0-production-cloud","profile":{"lang":"ru","baselineMl":1000},"days":{
			"2026-07-01":{"date":"2026-07-01","entries":[{"id":"6f0c","ts":"2026-07-01T12:30:00.000Z","ml":150,"note":"","createdAt":"2026-07-01T12:30:00.000Z","updatedAt":"2026-07-01T12:30:00.000Z"},{"id":"6f0d","ts":"2026-07-01T22:00:00.000Z","ml":100,"note":"late"}],
				"metrics":{"craving":4,"withdrawal":2,"anxiety":3,"mood":6,"energy":null,"sleepQuality":5,"sleepHours":7,"bodyPain":1},"morning":{},"evening":{},"triggers":["stress"],"helpers":["walk"],"relapse":{"active":true,"note":"a hard day","plan":"hold"},"note":"ok","closed":false},
			"2026-07-02":{"date":"2026-07-02","entries":[],"metrics":{"mood":7}},
			"2026-07-03":{"date":"2026-07-03","entries":[{"id":"6f0e","ts":"2026-07-03T12:00:00.000Z","ml":0,"note":""}],"metrics":{}}}}`,
			"teataper", []string{
				`2026-07-01 08:30 -0400 150 mL of "kratom tea"`,
				`2026-07-01 18:00 -0400 100 mL of "kratom tea" "late"`,
				`2026-07-01 12:00 -0400 rough="2" craving="4" mood="6" pain="1" sleep_quality="5" note="anxiety 3, sleepHours 7\nstress\nwalk\na hard day\nok"`,
				`2026-07-02 12:00 -0400 mood="7"`,
				"2026-07-03 12:00 -0400 none_today",
			}},
		{"Tea Taper CSV", "\ufeff" + `"date","total_ml","target_ml","difference_ml","status","entries_count","craving","withdrawal","anxiety","mood","energy","sleepQuality","sleepHours","focus","stress","bodyPain","sweating","stomach","appetite","hydration","productivity","triggers","helpers","relapse","note"
"2026-07-01","250","1000","-750","good","2","4","2","3","6","","5","7","","","1","","","","","","stress|work","walk","yes","ok"
"2026-07-02","0","990","-990","good","0","","","","7","","","","","","","","","","","","","","",""
"2026-07-03","0","980","-980","good","1","","","","","","","","","","","","","","","","","","",""
`, "teataper", []string{
			`2026-07-01 12:00 -0400 250 mL of "kratom tea" "2 ×"`,
			`2026-07-01 12:00 -0400 rough="2" craving="4" mood="6" pain="1" sleep_quality="5" note="anxiety 3, sleepHours 7\nstress, work\nwalk\nok"`,
			`2026-07-02 12:00 -0400 mood="7"`,
			"2026-07-03 12:00 -0400 none_today",
		}},
		{"Herbal Tracker+ JSON", `{"version":1,"createdAt":"2026-08-01T10:00:00.000","strains":[{"id":"s1","name":"Maeng Da","code":"MD","color":4282339765,"icon":"oval","inStock":true}],
			"dosages":[{"id":"d1","strainId":"s1","amount":2.5,"timestamp":"2026-08-01T08:30:00.123456","notes":null},{"id":"d2","strainId":"gone","amount":3,"timestamp":"2026-08-01T23:30:00.000Z","notes":"late"}],"settings":{"darkMode":true},"userName":"x"}`,
			"herbaltracker", []string{`2026-08-01 08:30 -0400 2.5 g of "Maeng Da"`, `2026-08-01 19:30 -0400 3 g of "" "late"`}},
		{"Herbal Tracker+ JSON, doses alone", `[{"id":"d1","strainId":"red","amount":2.5,"timestamp":"2026-08-01T08:30:00.000","notes":null}]`,
			"herbaltracker", []string{`2026-08-01 08:30 -0400 2.5 g of "red"`}},
		{"Herbal Tracker+ CSV", "\ufeffdate,time,iso_timestamp,strain_code,strain_name,amount_g,notes\n2026-08-01,08:30,2026-08-01T08:30:00.123456,MD,Maeng Da,2.5,\"a, \"\"b\"\"\nc\"\n2026-08-01,19:30,2026-08-01T23:30:00.000Z,???,Unknown strain,3.0,\n",
			"herbaltracker", []string{`2026-08-01 08:30 -0400 2.5 g of "Maeng Da" "a, \"b\"\nc"`, `2026-08-01 19:30 -0400 3 g of ""`}},
		{"Loop, one habit that counts", "Date,Value,Notes\n2026-08-02,3500,after work\n2026-08-01,UNKNOWN,\n2026-07-31,NO,\n",
			"loop", []string{`2026-08-02 12:00 -0400 3.5 g of "" "after work"`, "2026-07-31 12:00 -0400 none_today"}},
		{"Daylio", "\ufefffull_date,date,weekday,time,mood,activities,note_title,note\n2026-10-06,October 6,Tuesday,9:00 pm,good,\"gym | reading\",\"\",\"Slept well\"\n2026-10-05,October 5,Monday,21:00,awful,\"\",\"\",\"\"\n2026-10-04,October 4,Sunday,21:00,hollow,\"\",\"A title\",\"\"\n",
			"daylio", []string{`2026-10-06 21:00 -0400 mood="8" note="Slept well\ngym | reading"`, `2026-10-05 21:00 -0400 mood="0"`, `2026-10-04 21:00 -0400 note "hollow\nA title"`}},
		{"Bearable", `date,date formatted,weekday,time of day,category,rating/amount,detail,notes
"8th Dec 2025","2025-12-08","Monday","mid","Symptom","2","Anxiety (Moderate)",""
"8th Dec 2025","2025-12-08","Monday","pm","Symptom","3","Neck pain (Severe)","worse"
"8th Dec 2025","2025-12-08","Monday","am","Mood","7","Calm | Happy",""
"8th Dec 2025","2025-12-08","Monday","","Sleep","7:30","Asleep 23:00 - 06:30. In bed 22:30",""
"8th Dec 2025","2025-12-08","Monday","am","Meds/Supplements","3 g","Kratom",""
"8th Dec 2025","2025-12-08","Monday","am","Factors","","Coffee",""
`, "bearable", []string{
			`2025-12-08 15:00 -0500 symptoms="anxiety=2"`,
			`2025-12-08 21:00 -0500 note "Neck pain (Severe)\n3\nworse"`,
			`2025-12-08 09:00 -0500 mood="7" note="Calm | Happy"`,
			`2025-12-08 12:00 -0500 sleep_h="7.5" note="Asleep 23:00 - 06:30. In bed 22:30"`,
			`2025-12-08 09:00 -0500 3 g of "Kratom"`,
			`2025-12-08 09:00 -0500 note "Factors: Coffee"`,
		}},
		{"Bearable before 2022", "date,weekday,time of day,category,rating/amount,detail,notes\n\"8th Dec 2021\",\"Wednesday\",\"mid\",\"Symptom\",\"2\",\"Fatigue (Moderate)\",\"\"\n",
			"bearable", []string{`2021-12-08 15:00 -0500 symptoms="tiredness=2"`}},
	} {
		t.Run(c.title, func(t *testing.T) {
			chosen := columns.Chosen{}
			if strings.HasPrefix(c.title, "Loop, one") {
				chosen.Columns = []columns.Column{{Field: "date"}, {Field: "amount", Unit: "g"}, {Field: "text"}}
			}
			name, got := read(t, c.file, chosen)
			if name != c.name || !slices.Equal(got, c.want) {
				t.Errorf("%s:\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func archive(t testing.TB, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var loopFiles = map[string]string{
	"Habits.csv": "Position,Name,Type,Question,Description,FrequencyNumerator,FrequencyDenominator,Color,Unit,Target Type,Target Value,Archived?\n" +
		"001,Kratom,NUMERICAL,How much?,,1,1,#FF8F00,g,AT_MOST,6.0,false\n002,Water,NUMERICAL,,,1,1,#00897B,mL,AT_LEAST,2000.0,false\n003,Walk,YES_NO,,,1,1,#00897B,,,,false\n",
	"Checkmarks.csv":            "Date,Kratom,Water,Walk,\n2026-08-02,3500,1500000,YES_MANUAL,\n",
	"Scores.csv":                "Date,Kratom,Water,Walk,\n2026-08-02,0.5000,0.5000,0.5000,\n",
	"001 Kratom/Checkmarks.csv": "Date,Value,Notes\n2026-08-02,3500,after work\n2026-08-01,YES_MANUAL,\n2026-07-31,NO,\n",
	"002 Water/Checkmarks.csv":  "Date,Value,Notes\n2026-08-02,1500000,\n",
	"003 Walk/Checkmarks.csv":   "Date,Value,Notes\n2026-08-02,YES_MANUAL,\n2026-08-01,NO,\n",
	"001 Kratom/Scores.csv":     "Date,Score\n2026-08-02,0.5000\n",
}

// The archive of Loop: thousandths of the unit of each habit; a habit that is no
// amount of kratom is named as left out.
func TestLoopArchive(t *testing.T) {
	file := archive(t, loopFiles)
	name, got := read(t, file, columns.Chosen{})
	want := []string{"2026-07-31 12:00 -0400 none_today", `2026-08-02 12:00 -0400 3.5 g of "" "after work"`}
	if name != "loop" || !slices.Equal(got, want) {
		t.Errorf("%s: %q", name, got)
	}
	_, plan, err := adapter.Open([]byte(file), columns.Chosen{}, now)
	if err != nil || !slices.Equal(plan.LeftOut(), []string{"Water (mL)", "Walk"}) {
		t.Errorf("left out %q, %v", plan.LeftOut(), err)
	}
}

// What Bearable's ratings are out of is asked where it cannot be seen.
func TestAScaleThatNobodySaysIsAsked(t *testing.T) {
	const file = "date,weekday,time of day,category,rating/amount,detail,notes\n\"8th Dec 2021\",\"Wednesday\",\"mid\",\"Mood\",\"4\",\"\",\"\"\n"
	_, plan, err := adapter.Open([]byte(file), columns.Chosen{}, now)
	if err != nil || len(plan.ScaleOpen) != 1 {
		t.Fatalf("%+v %v", plan, err)
	}
	plan.Columns[plan.ScaleOpen[0]].Low, plan.Columns[plan.ScaleOpen[0]].High = 1, 5
	if _, got := read(t, file, columns.Chosen{Columns: plan.Columns}); !slices.Equal(got, []string{`2021-12-08 15:00 -0500 mood="8"`}) {
		t.Errorf("%q", got)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte(`{"experiences":[{"title":"","text":"x","sortDate":1,"ingestions":[{"substanceName":"Kratom","time":1,"dose":1e400}]}]}`))
	f.Add([]byte(`{"days":{"2026-07-01":{"entries":[{"ts":"x","ml":-1}],"metrics":{"mood":99}}}}`))
	f.Add([]byte(`{"dosages":[{"amount":1,"timestamp":"2026"}],"strains":[]}`))
	f.Add([]byte(archive(f, loopFiles)))
	f.Add([]byte("full_date,weekday,time,mood,activities,note\n2026-10-06,T,9 pm,good,,\n"))
	f.Add([]byte("date,weekday,time of day,category,rating/amount,detail,notes\n8th Dec 2021,,mid,Symptom,2,Anxiety (x),\n"))
	f.Add([]byte("date,time,iso_timestamp,strain_code,strain_name,amount_g,notes\n,,,,,,\n"))
	f.Add([]byte("date,total_ml,target_ml,entries_count,mood\n2026-07-01,1,1,1,11\n"))
	f.Add([]byte("Date,Value,Notes\n2026-08-02,3500,x\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, plan, err := adapter.Open(data, columns.Chosen{}, now)
		if err != nil {
			return
		}
		if plan.Check(len(plan.Columns)) != nil {
			t.Error("the proposal cannot be followed")
		}
		err = s.Rows(func(r *incoming.Row) bool {
			if (r.Why != nil) == (len(r.Drafts) > 0) && r.Passed == "" {
				t.Errorf("row %d says nothing, or two things: %+v", r.N, r)
			}
			for _, d := range r.Drafts {
				e := d.Event
				e.Recorded = e.At
				if err := e.Validate(); err != nil {
					t.Errorf("row %d: %v", r.N, err)
				}
			}
			return true
		})
		if err != nil {
			t.Skip(err)
		}
	})
}
