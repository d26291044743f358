package host

import (
	"crypto/sha256"
	"crypto/subtle"

	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// What stands in the store beside logs has ids of its own: three zero bytes, what it
// is, and the beginning of a hash. So a look over the store finds the shares without
// reading all the rest.
const (
	shareMark  = 's' // one share: its latest bytes, its state as the head
	sharesMark = 'l' // the list of a log's shares: a head alone
	inboxMark  = 'i' // an inbox: its letters, and the card as the keyring
)

// otherRing is the keyring of a share and of a list, which need none.
var otherRing = []byte("{}")

func placeOf(mark byte, label string, a wire.Address) (id port.PersonID) {
	sum := sha256.Sum256(append([]byte(label), a[:]...))
	id[3] = mark
	copy(id[4:], sum[:])
	return id
}

func shareAt(a wire.Address) port.PersonID { return placeOf(shareMark, "evenkeel share at ", a) }

func sharesOf(log wire.Address) port.PersonID { return placeOf(sharesMark, "evenkeel shares of ", log) }

func inboxOf(log wire.Address) port.PersonID { return placeOf(inboxMark, "evenkeel inbox of ", log) }

// markOf is what an id says it is, 0 for a log. One log in sixteen million looks like
// something else; who reads it sees that it is not.
func markOf(id port.PersonID) byte {
	if id[0] == 0 && id[1] == 0 && id[2] == 0 {
		switch id[3] {
		case shareMark, sharesMark, inboxMark:
			return id[3]
		}
	}
	return 0
}

// masked is a share's address as it stands in the list of its log, and back again: it
// can be read with the address of the log alone, which each of its devices sends and
// which the store does not have.
func masked(log wire.Address, share port.PersonID, address [32]byte) (out [32]byte) {
	mask := sha256.Sum256(append(append([]byte("evenkeel share in the list of "), log[:]...), share[:]...))
	subtle.XORBytes(out[:], mask[:], address[:])
	return out
}
