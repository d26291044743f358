package opfs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"syscall/js"
	"time"
)

// Browser is a folder in the browser's own file system. It works in a dedicated
// worker alone: nowhere else are files to be had that are written at once.
type Browser struct {
	handle js.Value // of the folder
	locks  js.Value
	lock   string
	// files are the handles met so far; asking for one takes as long as opening it.
	files map[string]js.Value
}

// InBrowser opens the folder of a name, and tries whether it keeps anything.
// Where the browser gives none, as in a private tab of some, the error is
// ErrRefused, and nothing is kept elsewhere.
func InBrowser(ctx context.Context, name string) (*Browser, error) {
	navigator := js.Global().Get("navigator")
	storage, locks := navigator.Get("storage"), navigator.Get("locks")
	if !storage.Truthy() || !storage.Get("getDirectory").Truthy() || !locks.Truthy() {
		return nil, faultOf(fmt.Errorf("%w: no file system", ErrRefused))
	}
	root, err := call(storage, "getDirectory")
	if err != nil {
		return nil, faultOf(fmt.Errorf("%w: %w", ErrRefused, err))
	}
	handle, err := call(root, "getDirectoryHandle", name, map[string]any{"create": true})
	if err != nil {
		return nil, faultOf(err)
	}
	b := &Browser{handle: handle, locks: locks, lock: "evenkeel " + name, files: map[string]js.Value{}}
	return b, faultOf(b.Lock(ctx, b.try))
}

// try writes a file and reads it back.
func (b *Browser) try() error {
	const name, text = "try", "kept"
	f, err := b.Open(name, true)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	got := make([]byte, len(text))
	_, err = f.WriteAt([]byte(text), 0)
	if err == nil {
		err = f.Sync()
	}
	if err == nil {
		_, err = f.ReadAt(got, 0)
	}
	if err == nil && string(got) != text {
		err = ErrRefused
	}
	return errors.Join(err, f.Close(), b.Remove(name))
}

// patience is how long a lock or a file that another tab holds is waited for.
const patience = 15 * time.Second

// Lock holds a Web Lock, which the browser takes from a tab that dies.
func (b *Browser) Lock(ctx context.Context, f func() error) error {
	held, release, refused := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	abort := js.Global().Get("AbortController").New()
	// The lock is held until the promise that hold returns is settled.
	var settle js.Value
	executor := js.FuncOf(func(_ js.Value, args []js.Value) any { settle = args[0]; return nil })
	hold := js.FuncOf(func(js.Value, []js.Value) any {
		p := js.Global().Get("Promise").New(executor)
		close(held)
		return p
	})
	failed := js.FuncOf(func(_ js.Value, args []js.Value) any { refused <- fromJS(args[0]); return nil })
	ended := js.FuncOf(func(js.Value, []js.Value) any { close(release); return nil })
	free := func() { executor.Release(); hold.Release(); failed.Release(); ended.Release() }
	b.locks.Call("request", b.lock, map[string]any{"signal": abort.Get("signal")}, hold).Call("then", ended, failed)
	wait := time.NewTimer(patience)
	defer wait.Stop()
	var why error
	select {
	case <-held:
		err := f()
		settle.Invoke()
		<-release
		free()
		return err
	case err := <-refused:
		free()
		return err
	case <-ctx.Done():
		why = ctx.Err()
	case <-wait.C:
		why = fmt.Errorf("%w: lock", ErrBusy)
	}
	abort.Call("abort")
	go func() { // it may have been granted at this very moment
		select {
		case <-refused:
		case <-held:
			settle.Invoke()
			<-release
		}
		free()
	}()
	return why
}

func (b *Browser) Open(name string, create bool) (File, error) {
	handle, known := b.files[name]
	if !known {
		var err error
		if handle, err = call(b.handle, "getFileHandle", name, map[string]any{"create": create}); err != nil {
			return nil, err
		}
		b.files[name] = handle
	}
	if !handle.Get("createSyncAccessHandle").Truthy() {
		return nil, fmt.Errorf("%w: no synchronous access", ErrRefused)
	}
	// A tab that was killed may hold its file for a moment longer than its lock.
	until := time.Now().Add(patience)
	for pause := time.Millisecond; ; pause = min(2*pause, 200*time.Millisecond) {
		access, err := call(handle, "createSyncAccessHandle")
		if err == nil {
			return &browserFile{h: access}, nil
		}
		if known && errors.Is(err, fs.ErrNotExist) { // another tab removed it
			delete(b.files, name)
			return b.Open(name, create)
		}
		if !errors.Is(err, ErrBusy) || time.Now().After(until) {
			return nil, err
		}
		time.Sleep(pause)
	}
}

func (b *Browser) Names() (names []string, err error) {
	list := b.handle.Call("keys")
	for {
		next, err := call(list, "next")
		if err != nil {
			return nil, err
		}
		if next.Get("done").Bool() {
			return names, nil
		}
		names = append(names, next.Get("value").String())
	}
}

func (b *Browser) Remove(name string) error {
	delete(b.files, name)
	_, err := call(b.handle, "removeEntry", name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// browserFile is a synchronous access handle.
type browserFile struct {
	h   js.Value
	buf js.Value // what bytes go through, kept for the next call
}

func (f *browserFile) buffer(n int) js.Value {
	if f.buf.IsUndefined() || f.buf.Get("byteLength").Int() < n {
		f.buf = js.Global().Get("Uint8Array").New(n)
	}
	return f.buf.Call("subarray", 0, n)
}

func (f *browserFile) ReadAt(b []byte, at int64) (n int, err error) {
	defer caught(&err)
	part := f.buffer(len(b))
	n = f.h.Call("read", part, map[string]any{"at": float64(at)}).Int()
	if n < 0 || n > len(b) {
		return 0, fmt.Errorf("read %d of %d bytes", n, len(b))
	}
	js.CopyBytesToGo(b[:n], part)
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

func (f *browserFile) WriteAt(b []byte, at int64) (n int, err error) {
	defer caught(&err)
	part := f.buffer(len(b))
	js.CopyBytesToJS(part, b)
	n = f.h.Call("write", part, map[string]any{"at": float64(at)}).Int()
	// Chromium 156 in a private tab answers a write beyond its allowance with a
	// negative number, as an unsigned one, and throws nothing.
	if n != len(b) {
		return 0, fmt.Errorf("%w: %d of %d bytes", ErrFull, n, len(b))
	}
	return n, nil
}

func (f *browserFile) Size() (n int64, err error) {
	defer caught(&err)
	return int64(f.h.Call("getSize").Float()), nil
}

func (f *browserFile) Truncate(size int64) (err error) {
	defer caught(&err)
	f.h.Call("truncate", float64(size))
	return nil
}

func (f *browserFile) Sync() (err error) {
	defer caught(&err)
	f.h.Call("flush")
	return nil
}

func (f *browserFile) Close() (err error) {
	defer caught(&err)
	f.h.Call("close")
	return nil
}

// caught turns what JavaScript threw into an error.
func caught(err *error) {
	switch v := recover().(type) {
	case nil:
	case js.Error:
		*err = fromJS(v.Value)
	default:
		panic(v)
	}
}

// call calls a method and waits for its promise.
func call(of js.Value, method string, args ...any) (result js.Value, err error) {
	defer caught(&err)
	type answer struct {
		v   js.Value
		err error
	}
	done := make(chan answer, 1)
	ok := js.FuncOf(func(_ js.Value, args []js.Value) any { done <- answer{v: first(args)}; return nil })
	defer ok.Release()
	bad := js.FuncOf(func(_ js.Value, args []js.Value) any { done <- answer{err: fromJS(first(args))}; return nil })
	defer bad.Release()
	of.Call(method, args...).Call("then", ok, bad)
	a := <-done
	return a.v, a.err
}

func first(args []js.Value) js.Value {
	if len(args) == 0 {
		return js.Undefined()
	}
	return args[0]
}

// fromJS tells apart what browsers throw. Their own text names no file's
// contents.
func fromJS(v js.Value) error {
	if v.Type() != js.TypeObject {
		return errors.New("the browser failed")
	}
	name, text := v.Get("name").String(), v.Get("message").String()
	kind := map[string]error{"NotFoundError": fs.ErrNotExist, "QuotaExceededError": ErrFull, "NoModificationAllowedError": ErrBusy,
		"SecurityError": ErrRefused, "NotAllowedError": ErrRefused, "AbortError": context.Canceled}[name]
	if kind == nil {
		return fmt.Errorf("%s: %s", name, text)
	}
	return fmt.Errorf("%w: %s", kind, text)
}
