package head

import (
	"crypto/rand"
	"testing"

	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/vault"
)

var person = [16]byte{9}

func newKey(t testing.TB) *vault.Key {
	t.Helper()
	key, err := vault.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// row is one record as a test writes it down.
type row struct {
	id        byte
	forgotten bool
}

func chain(rows ...row) *Chain {
	c := new(Chain)
	for _, r := range rows {
		c.Add([16]byte{r.id}, r.forgotten)
	}
	return c
}

func TestWhatIsLost(t *testing.T) {
	key := newKey(t)
	whole := []row{{id: 1}, {id: 2}, {3, true}, {id: 4}, {id: 5}}
	sealed, err := chain(whole...).Seal(key, person, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		rows []row
		want Lost
		key  string
	}{
		"whole":            {whole, Lost{}, ""},
		"last gone":        {whole[:4], Lost{Missing: 1}, "vault.log_missing"},
		"two gone":         {[]row{{id: 1}, {3, true}, {id: 5}}, Lost{Missing: 2}, "vault.log_missing"},
		"tombstone gone":   {[]row{{id: 1}, {id: 2}, {id: 4}, {id: 5}}, Lost{Missing: 1}, "vault.log_missing"},
		"all gone":         {nil, Lost{Missing: 5}, "vault.log_missing"},
		"one emptied":      {[]row{{1, true}, {id: 2}, {3, true}, {id: 4}, {id: 5}}, Lost{Emptied: 1}, "vault.log_emptied"},
		"another emptied":  {[]row{{1, true}, {id: 2}, {id: 3}, {id: 4}, {id: 5}}, Lost{Changed: true}, "vault.log_changed"},
		"tombstone filled": {[]row{{id: 1}, {id: 2}, {id: 3}, {id: 4}, {id: 5}}, Lost{Changed: true}, "vault.log_changed"},
		"two swapped":      {[]row{{id: 2}, {id: 1}, {3, true}, {id: 4}, {id: 5}}, Lost{Changed: true}, "vault.log_changed"},
		"one exchanged":    {[]row{{id: 1}, {id: 2}, {3, true}, {id: 4}, {id: 6}}, Lost{Changed: true}, "vault.log_changed"},
		"one too many":     {append(append([]row{}, whole...), row{id: 6}), Lost{Changed: true}, "vault.log_changed"},
	} {
		got, err := chain(c.rows...).Compare(key, person, sealed)
		if err != nil || got != c.want {
			t.Errorf("%s: %+v, %v; want %+v", name, got, err, c.want)
		}
		if said, _ := fault.KeyOf(got.Fault()); said != c.key || got.Any() != (c.key != "") {
			t.Errorf("%s: says %q, want %q", name, said, c.key)
		}
	}
}

// A head that was made for somebody else, under another key, or cut, is a change.
func TestForeignHead(t *testing.T) {
	key := newKey(t)
	c := chain(row{id: 1})
	sealed, err := c.Seal(key, person, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	record, err := key.Seal(nil, person, [16]byte{7}, c.state().bytes())
	if err != nil {
		t.Fatal(err)
	}
	flipped := append([]byte{}, sealed...)
	flipped[60] ^= 1
	for name, f := range map[string]struct {
		key    *vault.Key
		person [16]byte
		head   []byte
	}{
		"another key":    {newKey(t), person, sealed},
		"another person": {key, [16]byte{8}, sealed},
		"none":           {key, person, nil},
		"cut":            {key, person, sealed[:len(sealed)-1]},
		"flipped":        {key, person, flipped},
		"a record":       {key, person, record},
	} {
		if got, err := c.Compare(f.key, f.person, f.head); err != nil || got != (Lost{Changed: true}) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	key.Wipe()
	if _, err := c.Compare(key, person, sealed); !fault.Is(err, fault.Locked) {
		t.Errorf("locked: %v", err)
	}
	if _, err := c.Seal(key, person, nil, nil); !fault.Is(err, fault.Locked) {
		t.Errorf("locked: %v", err)
	}
}

// What was lost stays said, whatever is written after it.
func TestLostStays(t *testing.T) {
	key := newKey(t)
	c := chain(row{id: 1})
	c.Lose(Lost{Missing: 2})
	c.Lose(Lost{Emptied: 1, Missing: 1})
	sealed, err := c.Seal(key, person, [][16]byte{{2}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := chain(row{id: 1}, row{id: 2}).Compare(key, person, sealed); err != nil || got != (Lost{Missing: 2, Emptied: 1}) {
		t.Errorf("%+v, %v", got, err)
	}
}

// Sealing ahead of a change gives the head that the changed log agrees with, and
// every single step taken back from it is noticed.
func TestSealAhead(t *testing.T) {
	key := newKey(t)
	rapid.Check(t, func(r *rapid.T) {
		c := new(Chain)
		var rows []row
		for range rapid.IntRange(0, 6).Draw(r, "steps") {
			var more, forget [][16]byte
			for range rapid.IntRange(0, 3).Draw(r, "more") {
				more = append(more, [16]byte{byte(len(rows) + len(more))})
			}
			for range rapid.IntRange(0, 2).Draw(r, "forget") {
				forget = append(forget, [16]byte{byte(rapid.IntRange(0, 20).Draw(r, "which"))})
			}
			sealed, err := c.Seal(key, person, more, nil)
			if err != nil {
				r.Fatal(err)
			}
			for _, id := range more {
				rows = append(rows, row{id: id[0]})
			}
			agree(r, key, rows, sealed)
			for _, id := range more {
				c.Add(id, false)
			}
			if sealed, err = c.Seal(key, person, nil, forget); err != nil {
				r.Fatal(err)
			}
			c.Forget(forget...)
			for i := range rows {
				for _, id := range forget {
					rows[i].forgotten = rows[i].forgotten || rows[i].id == id[0]
				}
			}
			agree(r, key, rows, sealed)
		}
	})
}

func agree(r *rapid.T, key *vault.Key, rows []row, sealed []byte) {
	if got, err := chain(rows...).Compare(key, person, sealed); err != nil || got.Any() {
		r.Fatalf("a whole log: %+v, %v", got, err)
	}
	if len(rows) == 0 {
		return
	}
	i := rapid.IntRange(0, len(rows)-1).Draw(r, "harmed")
	harmed := append([]row{}, rows...)
	if rapid.Bool().Draw(r, "drop") {
		harmed = append(harmed[:i], harmed[i+1:]...)
	} else {
		harmed[i].forgotten = !harmed[i].forgotten
	}
	if got, err := chain(harmed...).Compare(key, person, sealed); err != nil || !got.Any() {
		r.Fatalf("row %d harmed and not noticed, %v", i, err)
	}
}
