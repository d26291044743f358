package web_test

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/pocket"
)

// throughPocket runs this suite through the door of the pocket in place of a
// port on this computer: EVENKEEL_DOOR=pocket go test ./internal/web. The pages
// in a real frame of a browser are internal/site's.
var throughPocket = os.Getenv("EVENKEEL_DOOR") == "pocket"

// pocketOrigin is where the pages believe to be then.
const pocketOrigin = "https://pocket.example"

const (
	ofTheGate  = "is about hosts, links and cookies, and there are none"
	inABrowser = "drives a browser against a port; internal/site drives one against the frame"
	ofTheWire  = "is about what travels, and nothing does"
)

// differs are the tests of the desk that say nothing about the pocket, each with
// its reason.
var differs = map[string]string{
	"TestThe65thLinkWorks":               ofTheGate,
	"TestDemoLeavesNoTrace":              ofTheGate,
	"TestWithoutSessionNothingIsShown":   ofTheGate,
	"TestHelpIsOpenToEverybody":          ofTheGate,
	"TestForeignHostIsRefused":           ofTheGate,
	"TestForeignOriginChangesNothing":    ofTheGate,
	"TestLoginLinkOpensOnce":             ofTheGate,
	"TestSessionCookie":                  ofTheGate,
	"TestNoRouteAnswersAStranger":        ofTheGate,
	"TestWeightOfBody":                   ofTheWire,
	"TestWeightOfToday":                  ofTheWire,
	"TestTheSliderRedraws":               inABrowser,
	"TestWhatIfWithoutScripts":           inABrowser,
	"TestForcedColorsShowTheLines":       inABrowser,
	"TestEveryPageIsAccessible":          inABrowser,
	"TestLockedPagesAreAccessible":       inABrowser,
	"TestScales":                         inABrowser,
	"TestTheAnswerToDangerIsOnTheScreen": inABrowser,
	"TestNoDraftIsStored":                inABrowser,
	"TestFirstScreenOfAPhone":            inABrowser,
	"TestReadout":                        inABrowser,
	"TestReadingComesByItself":           inABrowser,
	"TestHeroKeepsItsFrame":              inABrowser,
	"TestAnotherPortGetsNothing":         inABrowser,
	"TestALinkFromElsewhereLetsIn":       inABrowser,
	"TestTapInPlace":                     inABrowser,
	"TestSharedAndTakenBack":             inABrowser,
	"TestScreenshots":                    inABrowser,
	"TestThePageForTheDoctorOnPaper":     inABrowser,
	"TestKeyboardAlone":                  inABrowser,
	"TestEssentialsWithoutScripts":       inABrowser,
	"TestPreviewWhileTyping":             inABrowser,
	"TestHelpWithoutTheApp":              inABrowser,
	"TestFirstRunEndsInACurve":           inABrowser,
	"TestImportPagesInABrowser":          inABrowser,
	"TestFirstScreenOfHelp":              inABrowser,
	"TestUrge":                           inABrowser,
	"TestLearnNarrows":                   inABrowser,
	"TestCheckedTextInABrowser":          inABrowser,
	"TestDeskInABrowser":                 inABrowser,
	"TestDeskScreenshots":                inABrowser,
}

// pocketTransport asks the door as a frame would.
type pocketTransport struct{ door *pocket.Door }

func (p pocketTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	q := pocket.Request{Method: r.Method, URL: r.URL.String(), Destination: "iframe", Header: r.Header.Clone()}
	if r.Method != http.MethodGet {
		q.Header.Set("Origin", pocketOrigin)
	}
	if r.Body != nil {
		var err error
		if q.Body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
	}
	a := p.door.Serve(r.Context(), q)
	return &http.Response{StatusCode: a.Status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: a.Header,
		Body: io.NopCloser(bytes.NewReader(a.Body)), ContentLength: int64(len(a.Body)), Request: r}, nil
}

// elsewhere skips a test that says nothing about the door that is tested.
func elsewhere(t testing.TB) {
	t.Helper()
	name, _, _ := strings.Cut(t.Name(), "/")
	if why := differs[name]; throughPocket && why != "" {
		t.Skip(why)
	}
}
