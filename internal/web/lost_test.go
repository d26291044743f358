package web_test

import (
	"database/sql"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
)

// A journal that lost records says so on its pages, shows what it has, and a
// restore says what it could not bring back.
func TestALostRecordIsSaid(t *testing.T) {
	p := place.New(t)
	a := p.Open(t)
	place.Record(t, a, place.Note("first words"), place.Note("second words"))
	var backup strings.Builder
	if err := transfer.BackupAt(t.Context(), a, &backup, "a long quiet river", 10); err != nil {
		t.Fatal(err)
	}
	place.Record(t, a, place.Note("third words"), place.Note("fourth words"))
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+p.DB())
	if err != nil {
		t.Fatal(err)
	}
	// The second is in the backup, the third is not.
	if _, err := db.Exec("DELETE FROM record WHERE seq IN (2, 3)"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s := &site{t: t, clock: &clock{now: evening}, app: p.Open(t)}
	s.serve()
	for _, path := range []string{"/journal", "/products", "/settings"} {
		s.contains(s.want(200, s.get(path)), "2 records of the journal are missing")
	}
	s.contains(s.get("/journal"), "first words", "fourth words")
	r := s.want(200, s.upload("/restore", "backup.age", backup.String(), "passphrase", "a long quiet river"))
	s.contains(r, "second words", "1 record was added", "1 record that the journal had lost is still missing")
	if strings.Contains(r.body, "of the journal are missing") || strings.Contains(s.get("/journal").body, "of the journal") {
		t.Error("a restored journal still says that it lacks records")
	}
}
