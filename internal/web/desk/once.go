package desk

import (
	"crypto/sha256"
	"slices"
	"sync"
)

// once remembers the forms that worked, so that one which is sent twice, by a thumb
// that taps twice, does its work once.
type once struct {
	mu   sync.Mutex
	done [][sha256.Size]byte
}

// mostForms is how many are remembered: far more than are ever on their way twice.
const mostForms = 64

// do runs f unless the same form worked before: one of that id, which a page makes,
// that said the same. A form without an id counts as often as it is sent.
func (o *once) do(id, said string, f func() error) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if id == "" {
		return f()
	}
	form := sha256.Sum256([]byte(id + "\x00" + said))
	if slices.Contains(o.done, form) {
		return nil
	}
	if err := f(); err != nil {
		return err
	}
	o.done = append(o.done, form)
	o.done = o.done[max(0, len(o.done)-mostForms):]
	return nil
}
