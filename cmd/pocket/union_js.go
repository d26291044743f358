package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"syscall/js"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/pocket"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// reached is the one host that the site's policy lets this program ask: the one it
// was built for, or where it came from.
func reached() string {
	if host := js.Global().Get("host"); host.Truthy() {
		return host.String()
	}
	return js.Global().Get("location").Get("origin").String()
}

// allowed says in words what the browser would only refuse.
func allowed(base string) error {
	if base != reached() {
		return fault.New(fault.Invalid, "pocket.host_elsewhere", "host", reached())
	}
	return nil
}

// united makes the way of a journal to its host, by the browser's fetch.
func united(notes port.Notes) func(*app.App) *union.Union {
	return func(a *app.App) *union.Union {
		return &union.Union{App: a, Notes: notes, Clock: clock{}, Random: rand.Reader,
			Dial: func(base string, log wire.Address, key ed25519.PrivateKey) (union.Line, error) {
				if err := allowed(base); err != nil {
					return nil, err
				}
				l, err := client.New(base, log, key, clock{}, pocket.Fetch{})
				if err != nil {
					return nil, err // not a nil *client.Log in an interface
				}
				return l, nil
			},
			Visit: func(base string) (union.Rendezvous, error) {
				if err := allowed(base); err != nil {
					return nil, err
				}
				return client.NewVisitor(base, pocket.Fetch{})
			},
		}
	}
}
