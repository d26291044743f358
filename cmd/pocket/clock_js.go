package main

import (
	"syscall/js"
	"time"
)

// clock asks the browser for its UTC offset each time: Go looks it up once, and
// a page that stays open travels along and sees the clocks change.
type clock struct{}

func (clock) Now() time.Time {
	minutesWest := js.Global().Get("Date").New().Call("getTimezoneOffset").Int()
	return time.Now().In(time.FixedZone("", -60*minutesWest))
}
