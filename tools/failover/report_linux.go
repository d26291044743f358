package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
	"time"
)

// seconds are rounded to hundredths.
type seconds time.Duration

func (s seconds) String() string { return fmt.Sprintf("%.1f s", time.Duration(s).Seconds()) }

func (s seconds) MarshalJSON() ([]byte, error) {
	return json.Marshal(math.Round(time.Duration(s).Seconds()*100) / 100)
}

// report is what was run and what came of it. Times are in seconds.
type report struct {
	Versions  []string `json:"versions"`
	Timing    timing   `json:"patroni"`
	StartedIn seconds  `json:"started_in"`
	Kills     *series  `json:"kills,omitempty"`
	Cuts      *series  `json:"cuts,omitempty"`
	Skipped   string   `json:"cuts_skipped,omitempty"`
}

// series is many rounds and what was there after them.
type series struct {
	Rounds       []round        `json:"rounds"`
	Acknowledged int            `json:"acknowledged"`
	Found        int            `json:"found"` // of these, without an answer, and standing in the log
	Taken        int            `json:"taken"` // how often a writer saw fewer records than it had acknowledged
	Alone        int            `json:"alone"` // answers of a leader that had no standby yet
	Held         held           `json:"held"`
	Copies       int            `json:"copies"` // servers that hold just that, each by itself
	Errors       map[string]int `json:"errors"` // what the store said to who writes over the network
}

// round is one loss of the leader.
type round struct {
	Leader    string  `json:"leader"`
	Successor string  `json:"successor"`
	Promoted  seconds `json:"promoted"` // when the successor led, from the loss
	Ready     seconds `json:"ready"`    // when it had a standby that a COMMIT can wait for
	Alone     int     `json:"alone"`    // what it answered before it had one
	Answered  int     `json:"answered"` // saves in this round
	Silence   seconds `json:"silence"`  // longest time in which no save was answered over the network
	Unread    seconds `json:"unread"`   // longest time in which no question was
	Whole     seconds `json:"whole"`    // from the return of the old leader until all three stand as before
	// Of a cut: when the old leader no longer took anything, and what it acknowledged
	// after the cut to who wrote on its own machine.
	SteppedDown *seconds `json:"stepped_down,omitempty"`
	Beside      *int     `json:"acknowledged_beside,omitempty"`
}

func (s *series) failed() bool {
	return s != nil && (s.Held != held{} || s.Taken > 0 || s.Alone > 0 || s.Copies != 3)
}

func (r report) failed() bool { return r.Kills.failed() || r.Cuts.failed() }

func (r report) write(w io.Writer, asJSON bool) error {
	if asJSON {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(r)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nPatroni: ttl %d, loop_wait %d, retry_timeout %d, synchronous_mode_strict; three servers, started in %v\n",
		strings.Join(r.Versions, "; "), r.Timing.TTL, r.Timing.LoopWait, r.Timing.RetryTimeout, r.StartedIn)
	r.Kills.write(&b, "killed")
	r.Cuts.write(&b, "cut off")
	if r.Skipped != "" {
		fmt.Fprintf(&b, "\nNo network was cut: %s.\n", r.Skipped)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (s *series) write(b *strings.Builder, how string) {
	if s == nil {
		return
	}
	fmt.Fprintf(b, "\nLeader %s %d times\n", how, len(s.Rounds))
	var silences []seconds
	for i, r := range s.Rounds {
		silences = append(silences, r.Silence)
		fmt.Fprintf(b, "%3d  %s -> %s after %v, ready after %v, silence %v, of reading %v, whole again %v later, %d saved", i+1, r.Leader, r.Successor, r.Promoted, r.Ready, r.Silence, r.Unread, r.Whole, r.Answered)
		if r.SteppedDown != nil {
			fmt.Fprintf(b, "; stepped down after %v, %d acknowledged beside it", *r.SteppedDown, *r.Beside)
		}
		b.WriteString("\n")
	}
	slices.Sort(silences)
	n := len(silences)
	fmt.Fprintf(b, "silence: median %v, longest %v\n", silences[n/2], silences[n-1])
	fmt.Fprintf(b, "%d records acknowledged (%d of them by standing in the log, after an answer was lost)\n", s.Acknowledged, s.Found)
	fmt.Fprintf(b, "%d lost, %d gaps, %d out of place, %d times fewer than before, %d answered by a leader alone; the same on %d of 3 servers\n",
		s.Held.Lost, s.Held.Gaps, s.Held.OutOfPlace, s.Taken, s.Alone, s.Copies)
	for _, key := range slices.Sorted(maps.Keys(s.Errors)) {
		fmt.Fprintf(b, "%6d x %s\n", s.Errors[key], key)
	}
}
