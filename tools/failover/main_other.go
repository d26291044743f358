//go:build !linux

// Command failover needs Linux: it lives on Debian's packages.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "failover: this runs on Linux alone, with Debian's packages of PostgreSQL, Patroni and etcd")
	os.Exit(2)
}
