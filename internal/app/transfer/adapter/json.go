package adapter

import (
	"encoding/json"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/transfer/table"
)

// ofJSON tells the JSON formats apart by what they hold at their first level.
func ofJSON(data []byte, loc *time.Location) (string, *table.Table, error) {
	var keys map[string]json.RawMessage
	if json.Unmarshal(data, &keys) != nil {
		var list []json.RawMessage
		if json.Unmarshal(data, &list) != nil {
			return "", nil, notKnown()
		}
		t, err := herbalJSON(nil, data) // a backup of nothing but doses
		return "herbaltracker", t, err
	}
	switch {
	case keys["experiences"] != nil:
		t, err := psychonautJSON(data)
		return "psychonautwiki", t, err
	case keys["dosages"] != nil:
		t, err := herbalJSON(keys["strains"], keys["dosages"])
		return "herbaltracker", t, err
	case keys["days"] != nil:
		t, err := teaTaperJSON(keys["days"], loc)
		return "teataper", t, err
	}
	return "", nil, notKnown()
}
