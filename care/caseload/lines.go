package caseload

import (
	_ "embed"
	"encoding/json"
	"sync"
)

//go:embed lines.json
var linesJSON []byte

// lines are the figures of lines.json, where each has its source.
type lines struct {
	Silence struct {
		Most     int `json:"most_days"`
		Least    int `json:"least_days"`
		Unknown  int `json:"unknown_days"`
		LookBack int `json:"look_back_days"`
		CheckIns int `json:"check_in_days"`
	} `json:"silence"`
	Rough struct {
		RecentKnown int     `json:"recent_known"`
		Within      int     `json:"within_days"`
		Before      int     `json:"before_days"`
		BeforeKnown int     `json:"before_known"`
		Least       float64 `json:"least_points"`
	} `json:"rough"`
	Score struct {
		Newest int `json:"newest_days"`
	} `json:"score"`
	Plan struct {
		Known int `json:"least_known"`
		Over  int `json:"least_over"`
	} `json:"plan"`
	Consent struct {
		Days  int `json:"days"`
		Again int `json:"again_days"`
	} `json:"consent"`
	Fetch struct {
		Waiting int `json:"waiting_days"`
		Unasked int `json:"unasked_days"`
	} `json:"fetch"`
	Acknowledged struct {
		Days int `json:"days"`
	} `json:"acknowledged"`
	Cell struct {
		Least  int    `json:"least"`
		Source string `json:"source"`
	} `json:"cell"`
}

var theLines = sync.OnceValue(func() lines {
	var l lines
	if err := json.Unmarshal(linesJSON, &l); err != nil {
		panic("caseload: the embedded lines.json is broken: " + err.Error()) // a test keeps this from shipping
	}
	return l
})
