package main

import (
	"crypto/ed25519"
	"crypto/rand"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/share"
	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/fhir"
	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/pocket"
	"github.com/evenkeel/evenkeel/internal/qr"
	"github.com/evenkeel/evenkeel/internal/web/sharing"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// sharingDesk wires the pages of sharing. A program whose inbox is at another host
// than the one that the site may ask cannot be reached from here, and is said to be.
func sharingDesk(of func(*app.App) *union.Union, texts *locale.Texts) sharing.Desk {
	return sharing.Desk{
		QR: qr.SVG, Viewer: "/view",
		Shown: func(p care.Projection) ([]sharing.Part, error) { return fhir.Narratives(p, texts) },
		Of: func(a *app.App) *share.Sharing {
			return &share.Sharing{App: a, Union: of(a), Bundle: fhir.Bundle, Random: rand.Reader, Texts: texts,
				Dial: func(base string, log wire.Address, key ed25519.PrivateKey) (share.Place, error) {
					if err := allowed(base); err != nil {
						return nil, err
					}
					l, err := client.New(base, log, key, clock{}, pocket.Fetch{})
					if err != nil {
						return nil, err // not a nil *client.Log in an interface
					}
					return l, nil
				},
				Visit: func(base string) (share.Visitor, error) {
					if err := allowed(base); err != nil {
						return nil, err
					}
					return client.NewVisitor(base, pocket.Fetch{})
				},
			}
		},
	}
}
