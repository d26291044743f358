package quick

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// texts are the sentences of one language, as the catalogue of the pages reads
// them: this small reader keeps the tables of lines in whole sentences.
type texts map[string]map[string]string

var readTexts = sync.OnceValue(func() map[string]texts {
	all := map[string]texts{}
	for _, language := range []string{"en", "es"} {
		all[language] = texts{}
		for _, room := range []string{"quick", "time"} {
			raw, err := os.ReadFile("../../internal/locale/" + language + "/" + room + ".json")
			if err != nil {
				panic(err)
			}
			var list map[string]json.RawMessage
			if err := json.Unmarshal(raw, &list); err != nil {
				panic(err)
			}
			for key, text := range list {
				forms := map[string]string{}
				var one string
				if json.Unmarshal(text, &one) == nil {
					forms["other"] = one
				} else if err := json.Unmarshal(text, &forms); err != nil {
					panic(err)
				}
				all[language][key] = forms
			}
		}
	}
	return all
})

func catalogue(language string) texts {
	if language == "" {
		language = "en"
	}
	return readTexts()[language[:2]]
}

func (c texts) say(key string, args ...any) string {
	forms, ok := c[key]
	if !ok {
		return key
	}
	text := forms["other"]
	var pairs []string
	for i := 0; i < len(args); i += 2 {
		said := fmt.Sprint(args[i+1])
		switch v := args[i+1].(type) {
		case Sentence:
			inner, args := v.Text()
			said = c.say(inner, args...)
		case float64:
			said = strconv.FormatFloat(v, 'f', -1, 64)
			if one, ok := forms["one"]; ok && args[i] == "n" && v == 1 {
				text = one
			}
		}
		pairs = append(pairs, "{"+args[i].(string)+"}", said)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// TestSentences: every key that a question can name has its sentence in every
// language.
func TestSentences(t *testing.T) {
	for language, c := range readTexts() {
		for unit := range english().units {
			if key := "quick.unit." + unit; c[key] == nil {
				t.Errorf("%s: no %s", language, key)
			}
		}
		for _, key := range flawKeys {
			if c["quick.ask."+key] == nil {
				t.Errorf("%s: no quick.ask.%s", language, key)
			}
		}
		for _, e := range english().entries {
			for _, s := range e.senses {
				if key := "quick.what." + s.value; s.role&(roleMetric|roleSymptom) != 0 && c[key] == nil {
					t.Errorf("%s: no %s", language, key)
				}
			}
		}
	}
}
