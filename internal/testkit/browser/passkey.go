package browser

import (
	"context"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// Sensor is a fingerprint sensor that the browser makes believe the device has.
type Sensor struct {
	tab *Tab
	id  webauthn.AuthenticatorID
}

// Sensor gives the tab's device a sensor that knows every finger; keys says
// whether its passkeys answer with keys (the extension "prf").
func (tab *Tab) Sensor(keys bool) *Sensor {
	tab.t.Helper()
	s := &Sensor{tab: tab}
	tab.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		if _, err := cdp.Call(ctx, t, webauthn.Enable, webauthn.EnableParams{}); err != nil {
			return err
		}
		made, err := cdp.Call(ctx, t, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
			Protocol: "ctap2", Ctap2version: "ctap2_1", Transport: "internal", HasResidentKey: true, HasUserVerification: true,
			IsUserVerified: true, HasPrf: keys, AutomaticPresenceSimulation: true}})
		if err == nil {
			s.id = made.AuthenticatorID
		}
		return err
	}))
	return s
}

// Knows says whether the next finger is one that the sensor knows.
func (s *Sensor) Knows(finger bool) {
	s.tab.t.Helper()
	s.tab.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, webauthn.SetUserVerified, webauthn.SetUserVerifiedParams{AuthenticatorID: s.id, IsUserVerified: finger})
		return err
	}))
}
