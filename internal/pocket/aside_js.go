package pocket

import (
	"context"
	"syscall/js"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
)

// Aside has a job done in a worker of its own, by the worker's script. Where the
// browser gives no second worker it is done here.
func Aside(ctx context.Context, j app.Job, in []byte) ([]byte, error) {
	done := make(chan js.Value, 1)
	callback := js.FuncOf(func(_ js.Value, args []js.Value) any { done <- args[0]; return nil })
	js.Global().Call("aside", j.Name, toJS(in), callback)
	select {
	case answer := <-done:
		callback.Release()
		if !answer.Truthy() {
			return j.Do(in)
		}
		if code := answer.Get("code"); code.Truthy() {
			return nil, fault.New(fault.Code(code.String()), answer.Get("key").String())
		}
		return fromBytes(answer.Get("out")), nil
	case <-ctx.Done():
		go func() { <-done; callback.Release() }()
		return nil, ctx.Err()
	}
}

// DoAside does the job that the worker's script was given, and gives it what
// came out.
func DoAside(jobs []app.Job) {
	given := js.Global().Get("job")
	out, err := []byte(nil), error(fault.New(fault.Internal, "fault.unknown"))
	for _, j := range jobs {
		if j.Name == given.Get("name").String() {
			out, err = j.Do(fromBytes(given.Get("input")))
		}
	}
	if err != nil {
		key, _ := fault.KeyOf(err)
		if key == "" {
			key = "fault.unknown"
		}
		js.Global().Call("answer", js.Null(), string(fault.CodeOf(err)), key)
		return
	}
	js.Global().Call("answer", toJS(out))
}

func toJS(b []byte) js.Value {
	v := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(v, b)
	return v
}

func fromBytes(v js.Value) []byte {
	b := make([]byte, v.Get("byteLength").Int())
	js.CopyBytesToGo(b, v)
	return b
}
