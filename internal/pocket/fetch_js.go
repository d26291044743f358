package pocket

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"syscall/js"
)

// Fetch sends requests by the browser's own fetch, with nothing that the browser
// knows of the person. It follows no redirect. The transport of net/http does the
// same and brings all of TLS with it.
type Fetch struct{}

// RoundTrip sends one request and reads the whole answer.
func (Fetch) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		defer r.Body.Close()
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
	}
	stop := js.Global().Get("AbortController").New()
	headers := js.Global().Get("Headers").New()
	for name, values := range r.Header {
		if name == "User-Agent" { // the browser's own, which a host is told anyway
			continue
		}
		for _, v := range values {
			headers.Call("append", name, v)
		}
	}
	options := map[string]any{"method": r.Method, "headers": headers, "signal": stop.Get("signal"), "redirect": "error",
		"credentials": "omit", "cache": "no-store", "referrerPolicy": "no-referrer"}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		options["body"] = toJS(body)
	}
	answer, err := settled(r, stop, js.Global().Call("fetch", r.URL.String(), options))
	if err != nil {
		return nil, err
	}
	whole, err := settled(r, stop, answer.Call("arrayBuffer"))
	if err != nil {
		return nil, err
	}
	read := fromBytes(js.Global().Get("Uint8Array").New(whole))
	header := http.Header{}
	if kind := answer.Get("headers").Call("get", "Content-Type"); kind.Truthy() {
		header.Set("Content-Type", kind.String())
	}
	return &http.Response{StatusCode: answer.Get("status").Int(), Header: header, Body: io.NopCloser(bytes.NewReader(read)), ContentLength: int64(len(read)), Request: r}, nil
}

// errNoAnswer is all that a browser tells of a host that it did not reach.
var errNoAnswer = errors.New("the browser got no answer")

// settled waits for a promise, or stops what it is of when the request ends.
func settled(r *http.Request, stop, promise js.Value) (js.Value, error) {
	done := make(chan js.Value, 1)
	failed := make(chan struct{}, 1)
	fine := js.FuncOf(func(_ js.Value, args []js.Value) any { done <- args[0]; return nil })
	bad := js.FuncOf(func(js.Value, []js.Value) any { failed <- struct{}{}; return nil })
	release := func() { fine.Release(); bad.Release() }
	promise.Call("then", fine, bad)
	select {
	case v := <-done:
		release()
		return v, nil
	case <-failed:
		release()
		return js.Value{}, errNoAnswer
	case <-r.Context().Done():
		stop.Call("abort")
		go func() { // the promise still ends, by the stop
			select {
			case <-done:
			case <-failed:
			}
			release()
		}()
		return js.Value{}, r.Context().Err()
	}
}
