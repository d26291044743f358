package web_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"html"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/share"
	"github.com/evenkeel/evenkeel/internal/fhir"
	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/qr"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/viewer"
	"github.com/evenkeel/evenkeel/internal/web/sharing"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// newHost is a host of sealed logs on this computer, with its viewer.
func (s *site) newHost(t testing.TB) *httptest.Server {
	t.Helper()
	h := host.New(host.Config{Store: memory.Open(), Clock: s.clock, Registration: host.Open, Limits: host.DefaultLimits(), Log: slog.New(slog.DiscardHandler)})
	handler, err := viewer.Beside(h.Handler())
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	s.line = http.DefaultTransport
	return server
}

// sharing is what the pages of sharing are wired from, as the program wires them.
func (s *site) sharing(t testing.TB) sharing.Desk {
	t.Helper()
	texts, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return sharing.Desk{
		Viewer: viewer.Path,
		QR:     qr.SVG,
		Of: func(a *app.App) *share.Sharing {
			return &share.Sharing{
				App: a, Union: s.united(s.place)(a), Random: rand.Reader, Texts: texts,
				Dial: func(base string, log wire.Address, key ed25519.PrivateKey) (share.Place, error) {
					return client.New(base, log, key, s.clock, s)
				},
				Visit:  func(base string) (share.Visitor, error) { return client.NewVisitor(base, s) },
				Bundle: fhir.Bundle,
			}
		},
		Shown: func(p care.Projection) ([]sharing.Part, error) { return fhir.Narratives(p, texts) },
	}
}

// says wants each of some texts on a page, as a person reads it.
func (s *site) says(r reply, texts ...string) {
	s.t.Helper()
	body := html.UnescapeString(r.body)
	for _, text := range texts {
		if !strings.Contains(body, text) {
			s.t.Errorf("%s does not say %q", r.path, text)
		}
	}
}

// draftOfAFile is what a person fills in to share days as a file.
var draftOfAFile = []string{"recipient", "Dr. Ames", "kind", "clinician", "patient", "Sam R.", "part", "trends", "days", "30", "purpose", "request", "until", "2026-12-24"}

// sharedFile shares days as a file and is the address of the share.
func (s *site) sharedFile() string {
	s.t.Helper()
	f, err := s.sharing(s.t).Of(s.app).File(s.t.Context(), &share.Draft{Form: "file", Recipient: "Dr. Ames", RecipientKind: "clinician", Patient: "Sam R.",
		Parts: []string{"trends"}, Days: 30, Purposes: []string{"request"}, Until: "2026-12-24", Language: "en"}, "Sam Rivers")
	if err != nil {
		s.t.Fatal(err)
	}
	return "/sharing/" + f.ID.String()
}
