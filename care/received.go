package care

import "time"

// Received is one person's share as a desk has it.
type Received struct {
	// ID is the share's address on its host.
	ID string `json:"id"`
	// Patient is the name that the letter gave, until there is a version.
	Patient string `json:"patient"`
	// Shown is the newest version; nil until one was fetched, and again once the
	// share ended: what a person takes back, the desk destroys.
	Shown *Projection `json:"shown,omitempty"`
	// Fetched is when it was fetched, Asked when the host last answered, Since when
	// the letter came.
	Since   time.Time `json:"since"`
	Fetched time.Time `json:"fetched,omitzero"`
	Asked   time.Time `json:"asked,omitzero"`
	// Ended is when the desk learned that the person ended it; zero while it holds.
	Ended time.Time `json:"ended,omitzero"`
	// Acknowledged are the reasons that somebody of the program has seen, by their
	// key, and when.
	Acknowledged map[string]time.Time `json:"acknowledged,omitempty"`
}
