package postgres

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/storetest"
	server "github.com/evenkeel/evenkeel/internal/testkit/postgres"
)

// The suite on tables that are partitioned by person, as docs/host-at-scale.md has it.
func TestPartitioned(t *testing.T) {
	defer fewer(t)()
	storetest.Run(t, func(t *testing.T) port.Store {
		address := server.Address(t)
		conn, err := pgx.Connect(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close(t.Context())
		for _, text := range []string{
			`CREATE TABLE record (person UUID NOT NULL, seq BIGINT NOT NULL, id UUID NOT NULL, ciphertext BYTEA NOT NULL,
PRIMARY KEY (person, seq), UNIQUE (person, id)) PARTITION BY HASH (person)`,
			`CREATE TABLE record_0 PARTITION OF record FOR VALUES WITH (MODULUS 3, REMAINDER 0)`,
			`CREATE TABLE record_1 PARTITION OF record FOR VALUES WITH (MODULUS 3, REMAINDER 1)`,
			`CREATE TABLE record_2 PARTITION OF record FOR VALUES WITH (MODULUS 3, REMAINDER 2)`,
		} {
			if _, err := conn.Exec(t.Context(), text); err != nil {
				t.Fatal(err)
			}
		}
		return looking{open(t, address)}
	})
}
