package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/evenkeel/evenkeel/internal/vault"
)

// recordBytes is a sealed record of the smallest size class, as most are.
const recordBytes = 256 + vault.Overhead

// bareScript inserts one row of a record's bytes: prepared, committed by itself.
const bareScript = `\set seq :seq + 1
INSERT INTO bare VALUES (md5(:client_id::text)::uuid, :seq, gen_random_uuid(), :bytes::bytea);
`

// bare has pgbench insert for a while, and gives rows a second and the processor
// seconds of pgbench itself.
func bare(ctx context.Context, s *server, o options) (perSecond float64, own float64, err error) {
	conn, err := pgx.Connect(ctx, s.address())
	if err != nil {
		return 0, 0, err
	}
	defer conn.Close(ctx)
	for _, text := range []string{"DROP TABLE IF EXISTS bare", "CREATE TABLE bare (person UUID, seq BIGINT, id UUID, ciphertext BYTEA, PRIMARY KEY (person, seq))"} {
		if _, err := conn.Exec(ctx, text); err != nil {
			return 0, 0, err
		}
	}
	script := filepath.Join(s.dir, "bare.sql")
	if err := os.WriteFile(script, []byte(bareScript), 0o644); err != nil {
		return 0, 0, err
	}
	pgbench := program("pgbench")
	if pgbench == "" {
		return 0, 0, errors.New("no pgbench beside PostgreSQL")
	}
	cmd := exec.CommandContext(ctx, pgbench, "-n", "-M", "prepared", "-c", strconv.Itoa(o.clients), "-j", "2", "-T", strconv.Itoa(max(1, int(o.last/time.Second))),
		"-D", "seq=0", "-D", `bytes=\x`+hex.EncodeToString(random(recordBytes)), "-f", script,
		"-h", "127.0.0.1", "-p", strconv.Itoa(s.port), "-U", "evenkeel", "postgres")
	out, err := cmd.CombinedOutput()
	if err != nil {
		return 0, 0, fmt.Errorf("pgbench: %w\n%s", err, out)
	}
	found := regexp.MustCompile(`tps = ([0-9.]+) \(without`).FindSubmatch(out)
	if found == nil {
		return 0, 0, fmt.Errorf("pgbench said:\n%s", out)
	}
	perSecond, err = strconv.ParseFloat(string(found[1]), 64)
	return perSecond, cmd.ProcessState.UserTime().Seconds() + cmd.ProcessState.SystemTime().Seconds(), err
}
