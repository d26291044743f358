package transfer_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"filippo.io/age"

	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/fault"
)

// Whoever made a backup chose what it costs to try a passphrase. What costs more
// than twice our own is refused before anything is spent on it.
func TestABackupThatCostsTooMuchIsRefused(t *testing.T) {
	recipient, err := age.NewScryptRecipient("pass phrase")
	if err != nil {
		t.Fatal(err)
	}
	recipient.SetWorkFactor(8)
	var cheap bytes.Buffer
	w, err := age.Encrypt(&cheap, recipient)
	if err == nil {
		_, err = io.WriteString(w, "{}")
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := transfer.OpenBackup(bytes.NewReader(cheap.Bytes()), "pass phrase"); err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(cheap.String(), " 8\n")
	if !ok {
		t.Fatal("the work factor does not stand where it did")
	}
	for _, work := range []int{transfer.Work + 2, 22} {
		hostile := fmt.Sprintf("%s %d\n%s", head, work, rest)
		if _, err := transfer.OpenBackup(strings.NewReader(hostile), "pass phrase"); !fault.Is(err, fault.Corrupt) {
			t.Errorf("work factor %d: %v", work, err)
		}
	}
}
