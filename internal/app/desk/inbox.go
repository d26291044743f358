package desk

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"slices"
	"strings"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// lettersAtOnce bounds the letters of one poll, newAtOnce the new shares of one, and
// waitingAtMost the shares of which nothing came yet: whoever has the code of a card
// can leave as many letters as the host lets them. What is over the first two is left
// for the next poll.
const (
	lettersAtOnce = 5000
	newAtOnce     = 500
	waitingAtMost = 200
)

// posted is a letter in the inbox.
type posted struct {
	seq  int64
	id   port.RecordID
	body []byte
}

// reading is how far an inbox was read.
type reading struct {
	version int64
	last    int64 // the seq of the last letter that was dealt with
	ids     []port.RecordID
}

// inbox reads the letters after a seq. A host that gives nothing new, or more than it
// says there is, is not asked on. One that has fewer than were seen was restored from
// an older copy, and is read from the beginning.
func (p *poll) inbox(ctx context.Context, line Line, after int64) (letters []posted, at reading, err error) {
	at.last = after
	for len(letters) < lettersAtOnce {
		head, records, err := line.Inbox(ctx, at.last)
		if err != nil {
			return nil, at, err
		}
		at.version = head.Version
		if head.Last < at.last && len(letters) == 0 {
			at.last = 0
			if head.Last > 0 {
				continue
			}
		}
		for _, r := range records {
			at.last++
			if len(r.Ciphertext) > 0 {
				letters = append(letters, posted{at.last, r.ID, r.Ciphertext})
			}
		}
		if len(records) == 0 || at.last >= head.Last {
			return letters, at, nil
		}
	}
	p.done.More = true
	return letters, at, nil
}

// forgottenAtOnce bounds a request of ids.
const forgottenAtOnce = 1000

// forget removes letters that are on record, or told of nothing, from the inbox.
func (at *reading) forget(ctx context.Context, line Line) error {
	for part := range slices.Chunk(at.ids, forgottenAtOnce) {
		for try := 0; ; try++ {
			head, err := line.ForgetInbox(ctx, at.version, part)
			if err == nil {
				at.version = head.Version
				break
			}
			if !fault.Is(err, fault.Conflict) || try == tries {
				return err
			}
			// A letter came meanwhile, which another poll reads.
			head, _, err = line.Inbox(ctx, at.last)
			if err != nil {
				return err
			}
			at.version = head.Version
		}
	}
	return nil
}

const letterContext = "evenkeel letter 1"

// open opens something sealed to the desk, under its newest key first.
func (p *poll) open(context string, sealed []byte) (content []byte, sender ed25519.PublicKey, err error) {
	for _, r := range p.recipients {
		if content, sender, err = r.Open(context, sealed); err == nil {
			return content, sender, nil
		}
	}
	return nil, nil, err
}

// read goes through letters, and says up to where: those over newAtOnce are left.
func (p *poll) read(letters []posted, at *reading) {
	type opened struct {
		l      care.Letter
		sender []byte
		ok     bool
	}
	all := make([]opened, len(letters))
	onEveryCore(len(letters), func(i int) {
		content, sender, err := p.open(letterContext, letters[i].body)
		if err != nil {
			return
		}
		l, ok := readLetter(content)
		all[i] = opened{l, sender, ok}
	})
	seen := map[string]bool{}
	for i, o := range all {
		if len(seen) == newAtOnce {
			p.done.More, at.last = true, letters[i].seq-1
			return
		}
		at.ids = append(at.ids, letters[i].id)
		if !o.ok {
			p.done.Junk++
			continue
		}
		p.letter(o.l, o.sender, seen)
	}
}

// letter takes in one letter. One of a share that is known already, from its sender,
// asks for nothing but what the poll does anyway.
func (p *poll) letter(l care.Letter, sender []byte, seen map[string]bool) {
	k, there := p.known[l.Address]
	mine := there && bytes.Equal(k.sender, sender)
	switch {
	case mine && l.Ended:
		for _, f := range p.found {
			if f.id == l.Address && !f.letter {
				f.gone = "letter"
			}
		}
	case mine:
		// Told again after a lost answer.
	case there && (k.ended || k.shown != nil), l.Ended:
		p.done.Junk++ // of another's share, or the end of one that was never here
	case !seen[l.Address+string(sender)]:
		seen[l.Address+string(sender)] = true
		p.found = append(p.found, &found{id: l.Address, host: l.Host, patient: l.Patient, sender: sender, letter: true})
	}
}

// readLetter reads a letter as far as a desk can use it.
func readLetter(content []byte) (l care.Letter, ok bool) {
	if json.Unmarshal(content, &l) != nil || l.Version != care.LetterVersion {
		return l, false
	}
	if _, err := wire.ParseAddress(l.Address); err != nil {
		return l, false
	}
	l.Patient, l.Host = strings.TrimSpace(l.Patient), strings.TrimRight(l.Host, "/")
	return l, len(l.Host) <= 300 && checkName(l.Patient) == nil
}
