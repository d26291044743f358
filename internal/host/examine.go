package host

import (
	"context"
	"encoding/json"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// Findings are what a look over a host's store found, without a name.
type Findings struct {
	port.Report
	Logs    int64 `json:"logs"`
	Devices int64 `json:"devices"`
	Guests  int64 `json:"guests"` // invitations of devices that are open or run out
	// Shares that lie here, addresses where one ended, inboxes, and letters that wait
	// in them.
	Shares      int64 `json:"shares"`
	SharesEnded int64 `json:"shares_ended"`
	Inboxes     int64 `json:"inboxes"`
	Letters     int64 `json:"letters"`
}

// Examine looks the store over, and each log: its register, its records one by
// one, their sizes, and that the chain over them is the one in its head; and each
// share and inbox.
func (k Keeper) Examine(ctx context.Context) (f Findings, err error) {
	if f.Report, err = k.Store.Check(ctx); err != nil {
		return f, err
	}
	logs, err := k.Store.Persons(ctx)
	if err != nil {
		return f, err
	}
	for _, log := range logs {
		if log == keeperPage {
			continue
		}
		if markOf(log) != 0 {
			if err := k.examineLaid(ctx, log, &f); fault.Is(err, fault.Corrupt) {
				f.Problems = append(f.Problems, err)
			} else if err != nil && !isNobody(err) {
				return f, err
			}
			continue
		}
		f.Logs++
		ring, _, err := k.Store.Keyring(ctx, log)
		if isNobody(err) {
			continue // it ended meanwhile
		}
		if err != nil {
			return f, err
		}
		var reg register
		if json.Unmarshal(ring, &reg) != nil {
			f.Problems = append(f.Problems, fault.New(fault.Corrupt, "host.register_damaged"))
		}
		for _, d := range reg.Devices {
			if d.guest() {
				f.Guests++
			} else {
				f.Devices++
			}
		}
		if err := k.examine(ctx, log); fault.Is(err, fault.Corrupt) {
			f.Problems = append(f.Problems, err)
		} else if err != nil && !isNobody(err) {
			return f, err
		}
	}
	return f, nil
}

func (k Keeper) examine(ctx context.Context, log port.PersonID) error {
	var chain wire.Chain
	odd := false
	head, err := k.Store.ReadAfter(ctx, log, 0, func(r port.Record) error {
		chain = chain.Next(r.ID)
		odd = odd || len(r.Ciphertext) > 0 && !wire.InClass(r.Ciphertext)
		return nil
	})
	if err != nil {
		return err
	}
	s, err := parseState(head.Sealed)
	if err != nil {
		return err
	}
	if s.chain != chain || odd {
		return fault.New(fault.Corrupt, "host.log_changed")
	}
	return nil
}
