//go:build !js

package opfs

import (
	"testing"

	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) port.Store { return Open(newDisk(t)) })
}

// Two tabs on one folder, each with what it knows.
func TestTwoStores(t *testing.T) {
	storetest.Run(t, func(t *testing.T) port.Store {
		return twoTabs(newDisk(t))
	})
}
