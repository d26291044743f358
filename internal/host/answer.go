package host

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// answer writes a reply, or an error: its code and the key of its sentence, which
// the device says in its own language.
func (h *Host) answer(w http.ResponseWriter, reply []byte, err error) {
	if err == nil {
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Content-Length", strconv.Itoa(len(reply)))
		_, _ = w.Write(reply) // the device that went away asks again
		return
	}
	status := http.StatusInternalServerError
	var own refusal
	switch {
	case errors.As(err, &own):
		status = own.status
	case fault.Is(err, fault.Invalid):
		status = http.StatusBadRequest
	case fault.Is(err, fault.NotFound):
		status = http.StatusNotFound
	case fault.Is(err, fault.Conflict):
		status = http.StatusConflict
	case fault.Is(err, fault.FullDisk):
		status = http.StatusInsufficientStorage
	default:
		// The store's own words stay here: they are about its files and tables.
		h.Log.Error("store", "error", err.Error())
		err = fault.New(fault.CodeOf(err), "host.failed")
	}
	key, _ := fault.KeyOf(err)
	if status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "2")
	}
	reply, err = json.Marshal(map[string]any{"error": map[string]string{"code": string(fault.CodeOf(err)), "key": key}})
	if err != nil {
		panic(err) // texts can always be written
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(reply))) // also where the answer goes out early
	w.WriteHeader(status)
	_, _ = w.Write(reply) // as above
}

// observed counts requests and writes a line for each: what was asked in general,
// the answer's status, sizes and time. No address, no key, no network.
func (h *Host) observed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		seen := &observer{ResponseWriter: w, status: http.StatusOK}
		defer func() {
			if v := recover(); v != nil {
				h.Log.Error("a request failed", "what", r.Pattern, "panic", fmt.Sprintf("%T", v), "stack", string(debug.Stack()))
				panic(http.ErrAbortHandler) // the device asks again
			}
		}()
		next.ServeHTTP(seen, r)
		what := r.Pattern
		if what == "" {
			what = "other"
		}
		took := time.Since(began)
		h.metrics.add(what, seen.status, max(0, r.ContentLength), seen.bytes, took)
		h.Log.Info("request", slog.String("what", what), slog.Int("status", seen.status),
			slog.Int64("in", max(0, r.ContentLength)), slog.Int64("out", seen.bytes), slog.Duration("took", took.Round(time.Millisecond)))
	})
}

type observer struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (o *observer) WriteHeader(status int) {
	o.status = status
	o.ResponseWriter.WriteHeader(status)
}

func (o *observer) Write(b []byte) (int, error) {
	n, err := o.ResponseWriter.Write(b)
	o.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (o *observer) Unwrap() http.ResponseWriter { return o.ResponseWriter }
