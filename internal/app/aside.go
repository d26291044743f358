package app

import (
	"context"
	"encoding/json"

	"github.com/evenkeel/evenkeel/internal/vault"
)

// Job is a computation that takes so much time or memory that some doors have
// it done elsewhere: bytes in, bytes out, and nothing else that it needs.
type Job struct {
	Name string
	Do   func(in []byte) (out []byte, err error)
}

// Aside has a job done, elsewhere where the App was wired so. In is cleared.
func (a *App) Aside(ctx context.Context, j Job, in []byte) ([]byte, error) {
	defer clear(in)
	if a.aside == nil {
		return j.Do(in)
	}
	return a.aside(ctx, j, in)
}

// Pause is what the App was wired with: work that goes on beside the pages calls
// it now and then. It is nil where such work hinders nobody.
func (a *App) Pause() func() { return a.pause }

// stretched is what Stretch makes a key of.
type stretched struct {
	Secret []byte     `json:"secret"`
	Salt   []byte     `json:"salt"`
	Cost   vault.Cost `json:"cost"`
}

// Stretch makes a key of a passphrase, which takes much memory on purpose.
var Stretch = Job{"stretch", func(in []byte) ([]byte, error) {
	var s stretched
	if err := json.Unmarshal(in, &s); err != nil {
		return nil, err
	}
	defer clear(s.Secret)
	return vault.Stretch(s.Secret, s.Salt, s.Cost)
}}

func (a *App) stretch(secret, salt []byte, c vault.Cost) ([]byte, error) {
	in, err := json.Marshal(stretched{secret, salt, c})
	if err != nil {
		return nil, err
	}
	return a.Aside(context.Background(), Stretch, in)
}
