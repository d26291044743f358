package shell

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

const (
	// tokenLife is how long a link from the terminal opens the app.
	tokenLife = 10 * time.Minute
	// sessionLife is how long an unused session lasts.
	sessionLife = 7 * 24 * time.Hour
	// mostTokens and mostSessions bound the memory that either may take.
	mostTokens   = 32
	mostSessions = 64
)

// Loopback is the gate of an app that is served on this computer alone.
//
// Another account on it can serve pages on 127.0.0.1 as well, and cookies know
// no ports: whatever the person's browser keeps for 127.0.0.1 goes to all of
// them. So the app lives under a name that nobody can guess. Browsers find
// every name below "localhost" on this computer without asking anybody, keep
// the cookie for that one name, and no page elsewhere can name it.
//
// Sessions and links live in memory and are kept as hashes, so that a look-up
// tells nothing by its time.
type Loopback struct {
	host, port string
	cookie     string
	origins    *http.CrossOriginProtection

	mu     sync.Mutex
	tokens map[[32]byte]time.Time // until when
	open   map[[32]byte]*Session
}

// SecretName is a name below localhost with 128 random bits.
func SecretName() string {
	var b [16]byte
	rand.Read(b[:])
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:])) + ".localhost"
}

// NewLoopback makes the gate of an app that listens on a loopback host:port
// and is reached by a name of its own: one from SecretName, or "" for the
// address itself, for a browser that finds no such name.
func NewLoopback(addr, name string) (*Loopback, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	if name == "" {
		name = host
	}
	return &Loopback{host: net.JoinHostPort(name, port), port: port, origins: http.NewCrossOriginProtection(),
		// Two journals may be served side by side under one plain address.
		cookie: "evenkeel-" + port, tokens: map[[32]byte]time.Time{}, open: map[[32]byte]*Session{}}, nil
}

// Origin is where the app lives, such as "http://NAME.localhost:8420".
func (g *Loopback) Origin() string { return "http://" + g.host }

// Link mints a link that opens the app once, within ten minutes.
func (g *Loopback) Link() string { return g.Origin() + "/open?token=" + g.mint() }

// Look lets our own host and origin through. Whoever uses another name of this
// computer, or follows a link from another page, is a stranger: the link may
// be right, and it does not say who made it. A name elsewhere is refused, so
// that no page can reach the journal by pointing its own name here.
func (g *Loopback) Look(r *http.Request) Standing {
	host := strings.ToLower(r.Host)
	if host != g.host && !g.near(host) {
		return ForeignHost
	}
	site := r.Header.Get("Sec-Fetch-Site")
	elsewhere := site == "cross-site" || site == "same-site"
	switch {
	case elsewhere && !followed(r), g.origins.Check(r) != nil:
		return ForeignOrigin
	case elsewhere, host != g.host:
		return Stranger
	}
	return Own
}

// followed reports that a person followed a link in a window of its own: no
// part of another page, no frame in one.
func followed(r *http.Request) bool {
	dest := r.Header.Get("Sec-Fetch-Dest")
	return r.Header.Get("Sec-Fetch-Mode") == "navigate" && (dest == "" || dest == "document")
}

// near reports another name of this computer at our port.
func (g *Loopback) near(host string) bool {
	name, ok := strings.CutSuffix(host, ":"+g.port)
	return ok && (name == "127.0.0.1" || name == "localhost" || strings.HasSuffix(name, ".localhost"))
}

// Session finds the session that the request's cookie opens.
func (g *Loopback) Session(r *http.Request) *Session {
	c, err := r.Cookie(g.cookie)
	if err != nil {
		return nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	one := g.open[sha256.Sum256([]byte(c.Value))]
	now := time.Now()
	if one == nil || now.Sub(one.used) > sessionLife {
		return nil
	}
	one.used = now
	return one
}

// Enter takes a link's token, on our own host alone: a cookie that was given
// under another name would go to every server of that name.
func (g *Loopback) Enter(w http.ResponseWriter, r *http.Request) bool {
	if strings.ToLower(r.Host) != g.host {
		return false
	}
	text, ok := g.redeem(r.URL.Query().Get("token"))
	if ok {
		http.SetCookie(w, &http.Cookie{Name: g.cookie, Value: text, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
	}
	return ok
}

// randomText is 256 random bits as text, and its hash.
func randomText() (string, [32]byte) {
	text := rand.Text() + rand.Text()
	return text, sha256.Sum256([]byte(text))
}

// mint makes a token that opens one session.
func (g *Loopback) mint() string {
	text, hash := randomText()
	g.Expire(time.Now())
	g.mu.Lock()
	defer g.mu.Unlock()
	for len(g.tokens) >= mostTokens {
		delete(g.tokens, oldest(g.tokens, func(until time.Time) time.Time { return until }))
	}
	g.tokens[hash] = time.Now().Add(tokenLife)
	return text
}

// redeem turns a token into a session and gives the session's secret; false
// when the token is wrong, old or was used. Where there are as many sessions
// as there may be, the one that was not used for longest ends.
func (g *Loopback) redeem(token string) (string, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	hash := sha256.Sum256([]byte(token))
	until, ok := g.tokens[hash]
	delete(g.tokens, hash)
	now := time.Now()
	if !ok || now.After(until) {
		return "", false
	}
	for len(g.open) >= mostSessions {
		g.end(oldest(g.open, func(s *Session) time.Time { return s.used }))
	}
	text, key := randomText()
	g.open[key] = &Session{used: now}
	return text, true
}

// oldest is the key of what is least by its time; the map is not empty.
func oldest[T any](m map[[32]byte]T, when func(T) time.Time) [32]byte {
	var key [32]byte
	var least time.Time
	for k, v := range m {
		if at := when(v); least.IsZero() || at.Before(least) {
			key, least = k, at
		}
	}
	return key
}

// end ends a session; the caller holds mu. The journal of a made-up person
// lies in memory: nothing is lost when closing it fails.
func (g *Loopback) end(key [32]byte) {
	_ = g.open[key].setDemo(nil)
	delete(g.open, key)
}

// Sessions are all browsers that were let in.
func (g *Loopback) Sessions() []*Session {
	g.mu.Lock()
	defer g.mu.Unlock()
	list := make([]*Session, 0, len(g.open))
	for _, one := range g.open {
		list = append(list, one)
	}
	return list
}

// Expire ends links and sessions that were not used in time.
func (g *Loopback) Expire(now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for h, until := range g.tokens {
		if now.After(until) {
			delete(g.tokens, h)
		}
	}
	for h, one := range g.open {
		if now.Sub(one.used) > sessionLife {
			g.end(h)
		}
	}
}
