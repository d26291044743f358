package share

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/vault/fingerprint"
	"github.com/evenkeel/evenkeel/internal/wire"
	"github.com/evenkeel/evenkeel/journal"
)

// Seen is who a code leads to.
type Seen struct {
	care.Card
	// Words stand for the key that shares are sealed to: both sides have the same
	// ones, or it is somebody else's.
	Words []string
}

// Look fetches the card that a code names and checks that it is that one. The code
// is the host's address, '#', the inbox in 64 hexadecimal digits, '.', and the
// SHA-256 of the card in base64url. Another card is fault.Corrupt, what is no code
// fault.Invalid.
func (s *Sharing) Look(ctx context.Context, code string) (Seen, error) {
	base, log, sum, err := parseCode(code)
	if err != nil {
		return Seen{}, err
	}
	visitor, err := s.Visit(base)
	if err != nil {
		return Seen{}, err
	}
	b, err := visitor.Card(ctx, log)
	if fault.Is(err, fault.NotFound) {
		return Seen{}, fault.Wrap(err, fault.NotFound, "share.no_card")
	}
	if err != nil {
		return Seen{}, err
	}
	if sha256.Sum256(b) != sum {
		return Seen{}, fault.New(fault.Corrupt, "share.other_card")
	}
	seen := Seen{}
	if err := json.Unmarshal(b, &seen.Card); err != nil {
		return Seen{}, fault.Wrap(err, fault.Corrupt, "share.card_form")
	}
	if seen.Version > care.CardVersion {
		return Seen{}, fault.New(fault.NewerVersion, "share.card_newer")
	}
	card := journal.ShareCard(seen.Card)
	if err := card.Check(); err != nil || card.Inbox != log.String() {
		return Seen{}, fault.Wrap(err, fault.Corrupt, "share.card_form")
	}
	seen.Words = fingerprint.Words(card.Seal)
	return seen, nil
}

// parseCode reads a program's code.
func parseCode(code string) (base string, log wire.Address, sum [sha256.Size]byte, err error) {
	base, rest, hash := strings.Cut(strings.TrimSpace(code), "#")
	place, digest, dot := strings.Cut(rest, ".")
	b, bad := base64.RawURLEncoding.Strict().DecodeString(digest)
	log, wrong := wire.ParseAddress(place)
	if base = strings.TrimSuffix(base, "/"); !hash || !dot || base == "" || bad != nil || wrong != nil || len(b) != len(sum) {
		return "", log, sum, fault.New(fault.Invalid, "share.code_form")
	}
	return base, log, [sha256.Size]byte(b), nil
}
