package shell

import (
	"fmt"
	"net/http"
	"strings"
)

// The policy allows what the pages need and nothing else; there is no inline
// script or style anywhere. Who may frame the pages stands behind it.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
	"manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "

const permissions = "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), " +
	"magnetometer=(), microphone=(), midi=(), payment=(), screen-wake-lock=(), serial=(), usb=(), browsing-topics=(), publickey-credentials-create=%[1]s, publickey-credentials-get=%[1]s"

// framing is who may show the pages in a frame, what they tell of where a
// request comes from, and who may ask for a passkey.
type framing struct{ ancestors, options, referrer, passkeys string }

var (
	// A passkey belongs to a name that lasts, which the desk's is not.
	unframed = framing{"'none'", "DENY", "no-referrer", "()"}
	// A page of our own holds the frame. A request has to name our origin there:
	// where it names none, nobody can tell it from another site's.
	ownFrame = framing{"'self'", "SAMEORIGIN", "same-origin", "(self)"}
)

// AllowCamera lets this one page ask the person for the camera.
func (v *Visit) AllowCamera() {
	h := v.W.Header()
	h.Set("Permissions-Policy", strings.Replace(h.Get("Permissions-Policy"), "camera=()", "camera=(self)", 1))
}

// Guard refuses whatever does not come from this machine's own pages, before
// anything else looks at it.
func (g *Ground) Guard(next http.Handler) http.Handler {
	frame := unframed
	if g.framed {
		frame = ownFrame
	}
	allowed := fmt.Sprintf(permissions, frame.passkeys)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy+frame.ancestors)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", frame.referrer)
		h.Set("Permissions-Policy", allowed)
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("X-Frame-Options", frame.options)
		h.Set("Cache-Control", "no-store")
		switch g.gate.Look(r) {
		case ForeignHost:
			g.refuse(w, r, http.StatusMisdirectedRequest, "refused.host")
		case ForeignOrigin:
			g.refuse(w, r, http.StatusForbidden, "refused.origin")
		default:
			next.ServeHTTP(w, r)
		}
	})
}
