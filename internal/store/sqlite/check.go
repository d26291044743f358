package sqlite

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

func (s *Store) Check(ctx context.Context) (port.Report, error) {
	report := port.Report{Kind: "sqlite", Place: s.path}
	for _, file := range []string{s.path, s.path + "-wal"} {
		if info, err := os.Stat(file); err == nil {
			report.Bytes += info.Size()
		}
	}
	for _, fact := range []struct {
		into  any
		query string
	}{
		{&report.EngineVersion, "SELECT sqlite_version()"},
		{&report.SchemaVersion, "PRAGMA user_version"},
		{&report.Persons, "SELECT count(*) FROM person"},
		{&report.Records, "SELECT count(*) FROM record"},
		{&report.Forgotten, "SELECT count(*) FROM record WHERE length(ciphertext) = 0"},
	} {
		if err := s.r.QueryRowContext(ctx, fact.query).Scan(fact.into); err != nil {
			if err = faultOf(err); !fault.Is(err, fault.Corrupt) {
				return report, err
			}
			report.Problems = []error{err}
			return report, nil
		}
	}
	for _, check := range checks {
		found, err := s.find(ctx, check.query)
		for _, what := range found {
			report.Problems = append(report.Problems, fault.New(fault.Corrupt, check.key, "what", what))
		}
		if err = faultOf(err); fault.Is(err, fault.Corrupt) {
			report.Problems = append(report.Problems, err)
		} else if err != nil {
			return report, err
		}
	}
	report.Problems = append(report.Problems, s.marked(ctx)...)
	return report, nil
}

// checks are queries for what must not be, and the sentence for each row found.
var checks = []struct{ query, key string }{
	{"SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok' LIMIT 20", "store.check_damaged"},
	{`SELECT 'table ' || "table" FROM pragma_foreign_key_check LIMIT 20`, "store.check_orphans"},
	// What the migrations made, what SQLite keeps for itself, and nothing else: a
	// trigger could change what is written, an index or a view keep what is forgotten.
	{`SELECT type || ' ' || name FROM sqlite_schema
		WHERE type || ' ' || name NOT IN (` + ownSchema + `) AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
		OR type IN ('trigger', 'view') LIMIT 20`, "store.check_planted"},
	{`SELECT 'journal ' || lower(hex(p.id)) FROM person p LEFT JOIN head h ON h.person = p.id WHERE h.person IS NULL`, "store.check_no_head"},
	{`SELECT 'journal ' || lower(hex(h.person)) || ', ' || (SELECT count(*) FROM record r WHERE r.person = h.person) || ' of ' || h.last
		FROM head h WHERE (SELECT count(*) <> h.last OR coalesce(min(r.seq), 1) <> 1 OR coalesce(max(r.seq), 0) <> h.last
		FROM record r NOT INDEXED WHERE +r.person = h.person)`, "store.check_missing"},
	{`SELECT 'journal ' || lower(hex(h.person)) || ', ' || (SELECT count(*) FROM record r WHERE r.person = h.person AND length(r.ciphertext) = 0) || ' / ' || h.forgotten
		FROM head h WHERE (SELECT count(*) <> h.forgotten FROM record r WHERE r.person = h.person AND length(r.ciphertext) = 0)`, "store.check_emptied"},
	{"SELECT wanted - done FROM purge WHERE wanted > done", "store.check_traces"},
}

// ownSchema is every table and index that a whole journal has.
var ownSchema = "'" + strings.Join([]string{"table person", "table record", "index record_id", "table purge", "table head"}, "', '") + "'"

func (s *Store) find(ctx context.Context, query string) (found []string, err error) {
	rows, err := s.r.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var what any
		if err := rows.Scan(&what); err != nil {
			return found, err
		}
		found = append(found, fmt.Sprint(what))
	}
	return found, rows.Err()
}
