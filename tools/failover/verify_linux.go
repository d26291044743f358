package main

import (
	"context"
	"errors"
	"time"

	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/postgres"
)

// verify compares what was acknowledged with what the cluster holds, then waits
// until each server by itself holds the same.
func (c *cluster) verify(ctx context.Context, s *series, all []*writer) error {
	if _, err := c.whole(ctx); err != nil {
		return err
	}
	for _, w := range all {
		s.Acknowledged += len(w.acknowledged)
		s.Found += w.found
		s.Taken += w.taken
	}
	var err error
	if s.Held, err = look(ctx, c.address(), all); err != nil {
		return err
	}
	for _, n := range c.nodes {
		for deadline := time.Now().Add(patience); ; {
			held, err := look(ctx, n.address()+"&target_session_attrs=any", all)
			if err != nil {
				return err
			}
			if held == s.Held {
				s.Copies++
				break
			}
			if time.Now().After(deadline) {
				break
			}
			if err := pause(ctx, time.Second); err != nil {
				return err
			}
		}
	}
	return nil
}

// held is what one address holds of what was acknowledged.
type held struct {
	Lost       int `json:"lost"`         // acknowledged and not there
	Gaps       int `json:"gaps"`         // journals whose numbers have holes, and what the store's own check finds
	OutOfPlace int `json:"out_of_place"` // there more than once, elsewhere than acknowledged, or never acknowledged
}

func look(ctx context.Context, address string, all []*writer) (h held, err error) {
	s, err := postgres.Open(ctx, address)
	if err != nil {
		return h, err
	}
	defer s.Close()
	for _, w := range all {
		var there []port.RecordID
		_, err := s.ReadAfter(ctx, w.person, 0, func(r port.Record) error {
			there = append(there, r.ID)
			return nil
		})
		if errors.Is(err, port.ErrIncomplete) {
			h.Gaps++
		} else if err != nil {
			return h, err
		}
		lost, out := compare(w.acknowledged, there)
		h.Lost += lost
		h.OutOfPlace += out
	}
	report, err := s.Check(ctx)
	h.Gaps += len(report.Problems)
	return h, err
}

// compare counts what was acknowledged and is not there, and what is there but not
// where it was acknowledged. What is lost moves nothing else out of its place.
func compare(acknowledged, there []port.RecordID) (lost, outOfPlace int) {
	left := make(map[port.RecordID]bool, len(there))
	for _, id := range there {
		left[id] = true
	}
	next := 0
	for _, id := range acknowledged {
		switch {
		case !left[id]:
			lost++
			continue
		case next < len(there) && there[next] == id:
			next++
			continue
		}
		// Something stands before it that should not: skip to where it stands.
		for i := next; i < len(there); i++ {
			if there[i] == id {
				outOfPlace += i - next
				next = i + 1
				break
			}
		}
	}
	return lost, outOfPlace + len(there) - next
}
