package share

import (
	"errors"
	"flag"
	"fmt"
	rnd "math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
)

// All thousand, or one that failed:
//
//	go test ./internal/app/share -run Histories -histories 1000
//	go test ./internal/app/share -run Histories -history 42
var (
	histories = flag.Int("histories", 60, "how many random histories of two devices that share are lived through")
	oneOnly   = flag.Uint64("history", 0, "the only one to live through")
)

// Two devices share, renew, take back and synchronise at random, while requests and
// answers are lost, sent twice, and programs die in the middle. At every moment:
//
//	S1 nothing is put on a host that the journal on the device's disk does not know,
//	   or says is ended, and each version that is put is on record there.
//
// And in the end, once every device went to its host in peace:
//
//	S2 nothing lies on the host but shares that the journal knows and that hold;
//	S3 every share that holds lies there in its newest version, and its recipient has
//	   a letter about it;
//	S4 the recipient of every share that was taken back has a letter that says so,
//	   which is final whatever comes after it, and both devices say the same of all.
func TestHistories(t *testing.T) {
	count := map[string]int{}
	for n := uint64(1); n <= uint64(*histories); n++ {
		if *oneOnly != 0 {
			n = *oneOnly
		}
		if !t.Run(fmt.Sprint(n), func(t *testing.T) { live(newWorld(t), n, count) }) || *oneOnly != 0 {
			break
		}
	}
	t.Log(count)
	for _, kind := range []string{"lost request", "lost answer", "sent twice", "killed before", "killed after", "begun", "taken back", "renewed"} {
		if count[kind] == 0 && *oneOnly == 0 {
			t.Errorf("nothing was %s: the histories hardly test", kind)
		}
	}
}

// life is one history.
type life struct {
	*world
	*rnd.Rand
	devices [2]*device
	count   map[string]int
}

func live(w *world, n uint64, count map[string]int) {
	l := &life{world: w, Rand: rnd.New(rnd.NewPCG(n, 15)), count: count}
	l.devices[0], l.devices[1] = w.pair()
	for _, d := range l.devices {
		d.fate = &fate{Rand: rnd.New(rnd.NewPCG(n, 16)), oneIn: 2 + l.IntN(6), count: count}
		d.restart()
	}
	for range 8 + l.IntN(20) {
		w.clock.Time = w.clock.Time.Add(time.Duration(1+l.IntN(1500)) * time.Minute)
		d := l.devices[l.IntN(2)]
		l.step(d)
		if d.fate.dead {
			d.fate.dead = false
			d.restart()
		}
	}
	for _, d := range l.devices {
		d.fate = nil
		d.restart()
	}
	for range 2 {
		for _, d := range l.devices {
			d.sync()
			if _, err := d.RenewDue(w.t.Context()); err != nil {
				w.t.Fatal(err)
			}
			d.sync()
		}
		// A device that had not heard of the newest version may have brought an older
		// one again; the next renewal mends it.
		w.clock.Time = w.clock.Time.AddDate(0, 0, 1)
	}
	l.holds()
}

// step is one thing that happens to one device.
func (l *life) step(d *device) {
	t, ctx := l.t, l.t.Context()
	shares, err := d.Shares(ctx)
	if err != nil {
		t.Fatal(err)
	}
	what := l.IntN(10)
	if len(shares) == 0 && what > 2 && what < 7 {
		what = 0
	}
	switch what {
	case 0, 1:
		draft := d.sealed()
		if l.IntN(3) == 0 {
			draft = &Draft{Form: "link", Renew: "weekly", Recipient: "Dr. Lee", RecipientKind: "clinician", Patient: "Sam R.", Parts: []string{"contact"}, Purposes: []string{"request"}, Until: draft.Until}
		}
		if _, err := d.Begin(ctx, draft, "Sam R."); err != nil {
			t.Fatal(err)
		}
		l.count["begun"]++
	case 2, 7:
		if _, err := record.New(ctx, d.App, place.Note("a note")); err != nil {
			t.Fatal(err)
		}
	case 3, 4:
		if _, err := d.Revoke(ctx, shares[l.IntN(len(shares))].ID); err != nil {
			t.Fatal(err)
		}
		l.count["taken back"]++
	case 5:
		l.fine(d.Renew(ctx, shares[l.IntN(len(shares))].ID))
	case 6:
		steps, err := d.RenewDue(ctx)
		l.fine(err)
		for _, s := range steps {
			l.fine(s.Err)
			l.count[s.Did]++
		}
	default:
		d.sync()
	}
}

// fine lets only those errors pass that the world makes.
func (l *life) fine(err error) {
	l.t.Helper()
	if err != nil && !errors.Is(err, errKilled) && !errors.Is(err, errLost) && !fault.Is(err, fault.NotFound) {
		l.t.Errorf("%v", err)
	}
}

// holds checks S2 to S4.
func (l *life) holds() {
	t := l.t
	t.Helper()
	states, err := l.devices[0].ask(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	on, known := map[string]bool{}, map[string]bool{}
	for _, s := range states {
		on[s.At.String()] = true
	}
	letters, today := l.letters(), journal.DateOf(l.clock.Time)
	said := [2]string{}
	for i, d := range l.devices {
		for _, sh := range d.onDisk().Shares() {
			address := sh.Share().Address
			known[address] = true
			said[i] += fmt.Sprintln(address, sh.Ended(), len(sh.Disclosures), newest(&sh).Arrived, ended(&sh))
			got := letters[address]
			switch {
			case sh.Ended():
				if on[address] || l.raw(address) != nil {
					t.Errorf("S2: %s was taken back and lies there", address)
				}
				if sh.Share().Form == "sealed" && !slices.ContainsFunc(got, func(l care.Letter) bool { return l.Ended }) {
					t.Errorf("S4: the recipient of %s was not told: %+v", address, got)
				}
			case sh.Over(today):
			default:
				if !on[address] || waits(&sh) {
					t.Errorf("S3: %s holds and is not there", address)
				}
				if sh.Share().Form != "sealed" {
					continue
				}
				if p := l.fetched(address); p == nil || p.Number != int64(newest(&sh).Number) || len(got) == 0 {
					t.Errorf("S3: %s: %v of %d, letters %+v", address, p != nil, newest(&sh).Number, got)
				}
			}
		}
	}
	for address := range on {
		if !known[address] {
			t.Errorf("S2: the journal does not know of %s", address)
		}
	}
	if said[0] != said[1] {
		t.Errorf("S4: the devices say\n%s\nand\n%s", said[0], said[1])
	}
}
