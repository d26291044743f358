package pocket

import (
	"context"
	"net/http"
	"syscall/js"
)

// Listen answers what the worker's script hands to global function "ask":
// ask(request, reply), where request has method, url, destination, headers (an
// array of names and values in turn) and body (a Uint8Array or null), and reply
// is called with status, headers and body.
func (d *Door) Listen(ctx context.Context) {
	js.Global().Set("ask", js.FuncOf(func(_ js.Value, args []js.Value) any {
		q, reply := fromJS(args[0]), args[1]
		go func() { // whatever waits must not do so in a callback
			a := d.Serve(ctx, q)
			reply.Invoke(a.Status, pairs(a.Header), toJS(a.Body))
		}()
		return nil
	}))
}

func fromJS(v js.Value) Request {
	q := Request{Method: v.Get("method").String(), URL: v.Get("url").String(), Destination: v.Get("destination").String(), Header: http.Header{}}
	headers := v.Get("headers")
	for i := 0; i+1 < headers.Length(); i += 2 {
		q.Header.Add(headers.Index(i).String(), headers.Index(i+1).String())
	}
	if body := v.Get("body"); body.Truthy() {
		q.Body = fromBytes(body)
	}
	return q
}

func pairs(h http.Header) js.Value {
	list := js.Global().Get("Array").New()
	for name, values := range h {
		for _, v := range values {
			list.Call("push", name, v)
		}
	}
	return list
}
