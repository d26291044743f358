package care

// CardVersion and LetterVersion are the versions of the forms below.
const (
	CardVersion   = 1
	LetterVersion = 1
)

// Card is what a clinician or a program shows of itself, so that people can share
// with it. Whoever has its code checks that it is the card that was meant; the words
// of its keys are compared face to face.
type Card struct {
	Version int `json:"version"`
	// Name as people know it, and which of journal.Recipients it is.
	Name string `json:"name"`
	Kind string `json:"kind"`
	// Seal is the public key that shares are sealed to.
	Seal []byte `json:"seal"`
	// Host and Inbox are where letters are left: 64 hexadecimal digits.
	Host  string `json:"host"`
	Inbox string `json:"inbox"`
}

// Letter tells a program of a share. It lies sealed in the program's inbox.
type Letter struct {
	Version int `json:"version"`
	// Host and Address are where the share lies; Patient is the name that it stands
	// under until it was fetched.
	Host    string `json:"host"`
	Address string `json:"address"`
	Patient string `json:"patient"`
	// Ended says that the share was ended, so that the program need not ask for it. It
	// is final: a device of the person that has not heard of it may send a letter
	// without it later.
	Ended bool `json:"ended,omitempty"`
}
