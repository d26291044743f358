package client

import (
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// line reaches a host. It follows no redirect: a host answers itself, and another
// place would learn who asks for what. So it is a transport and no http.Client,
// which would also bring the whole of TLS into the browser's build.
type line struct {
	base string
	http http.RoundTripper
	// sign proves who asks; nil for whom the host does not know.
	sign func(wire.Request) string
}

// answerWithin bounds one request: longer than a host waits for a body, so that it is
// the host who says that it was cut.
const answerWithin = wire.TravelWithin + 30*time.Second

// slowAfter is how long a request was under way that broke off for being slow, and
// not because nobody is there. Sent again as it is, it would break off again.
const slowAfter = 20 * time.Second

func newLine(base string, transport http.RoundTripper) (line, error) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" ||
		u.Scheme != "https" && !(u.Scheme == "http" && loopback(u.Hostname())) {
		return line{}, fault.Wrap(err, fault.Invalid, "host.where_form")
	}
	return line{base: strings.TrimSuffix(base, "/"), http: transport}, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// tries is how often a request is sent that got no answer, or was too soon. Each is
// signed anew; all may be repeated.
const tries = 4

func (l *line) ask(ctx context.Context, method, target string, body []byte) (answer []byte, err error) {
	for try := 0; ; try++ {
		var again bool
		if answer, _, again, err = l.once(ctx, method, target, body); err == nil || !again || try == tries-1 {
			return answer, err
		}
		if err := pause(ctx, 300*time.Millisecond<<(2*try)); err != nil {
			return nil, err
		}
	}
}

// turns is how often one who asks for very many things, one after the other, asks for
// each when the host wants them to wait. At a host's rate for a network all get theirs;
// the waits differ, so that those who ask at once do not meet again and again.
const turns = 16

// ofMany is ask for one of very many things. It also gives the answer's content type.
func (l *line) ofMany(ctx context.Context, method, target string) (answer []byte, contentType string, err error) {
	for try, turn := 0, 0; ; {
		var again bool
		answer, contentType, again, err = l.once(ctx, method, target, nil)
		key, _ := fault.KeyOf(err)
		wait := 300 * time.Millisecond << (2 * try)
		switch {
		case err == nil || !again:
			return answer, contentType, err
		case key == "host.too_fast":
			turn++
			wait = time.Second/2 + rand.N(time.Second)
		default:
			try++
		}
		if try == tries || turn == turns {
			return nil, "", err
		}
		if err := pause(ctx, wait); err != nil {
			return nil, "", err
		}
	}
}

func pause(ctx context.Context, wait time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(wait):
		return nil
	}
}

// once sends a request. Again tells that sending it once more may help.
func (l *line) once(whole context.Context, method, target string, body []byte) (answer []byte, contentType string, again bool, err error) {
	ctx, done := context.WithTimeout(whole, answerWithin)
	defer done()
	r, err := http.NewRequestWithContext(ctx, method, l.base+target, bytes.NewReader(body))
	if err != nil {
		return nil, "", false, fault.Wrap(err, fault.Invalid, "host.where_form")
	}
	if l.sign != nil {
		r.Header.Set("Authorization", l.sign(wire.Request{Method: method, Target: target, Body: body}))
	}
	r.Header.Set("User-Agent", "Evenkeel") // no version and no system
	began := time.Now()
	broken := func(err error) (answer []byte, contentType string, again bool, _ error) {
		if whole.Err() != nil {
			return nil, "", false, whole.Err()
		}
		if time.Since(began) > slowAfter {
			return nil, "", false, fault.Wrap(err, fault.Internal, "host.slow")
		}
		return nil, "", true, fault.Wrap(err, fault.Internal, "host.away")
	}
	reply, err := l.http.RoundTrip(r)
	if err != nil {
		if untrusted(err) {
			return nil, "", false, fault.Wrap(err, fault.Invalid, "host.untrusted")
		}
		return broken(err)
	}
	defer reply.Body.Close()
	answer, err = io.ReadAll(io.LimitReader(reply.Body, wire.MaxBatch+1))
	if err != nil {
		return broken(err)
	}
	if len(answer) > wire.MaxBatch { // no answer of a host is larger
		return nil, "", false, errAnswer
	}
	if reply.StatusCode != http.StatusOK {
		return nil, "", passing(reply.StatusCode), said(reply.StatusCode, answer)
	}
	return answer, reply.Header.Get("Content-Type"), false, nil
}

// passing tells a refusal that time cures.
func passing(status int) bool {
	switch status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

var errAnswer = fault.New(fault.Corrupt, "host.answer")
