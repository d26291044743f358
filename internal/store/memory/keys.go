package memory

import (
	"io"
	"slices"
	"strconv"
	"sync"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
)

var _ port.DeviceKeys = (*Keys)(nil)

// Keys keeps device keys until the process ends. The zero Keys has none.
type Keys struct {
	mu    sync.Mutex
	keys  []named // in the order they were made
	drawn int
}

type named struct {
	name string
	key  port.DeviceKey
}

func (k *Keys) Names() ([]string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	var names []string
	for _, n := range k.keys {
		names = append(names, n.name)
	}
	return names, nil
}

func (k *Keys) Read(name string) (port.DeviceKey, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if i := slices.IndexFunc(k.keys, func(n named) bool { return n.name == name }); i >= 0 {
		return k.keys[i].key, nil
	}
	return port.DeviceKey{}, fault.New(fault.NotFound, "vault.no_device_key")
}

func (k *Keys) Create(random io.Reader) (port.DeviceKey, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.keys) > 0 {
		return k.keys[0].key, nil
	}
	return k.draw(random)
}

func (k *Keys) Fresh(random io.Reader) (port.DeviceKey, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.draw(random)
}

func (k *Keys) draw(random io.Reader) (port.DeviceKey, error) {
	var d port.DeviceKey
	if _, err := io.ReadFull(random, d[:]); err != nil {
		return d, fault.Wrap(err, fault.Internal, "vault.no_random")
	}
	k.drawn++
	k.keys = append(k.keys, named{strconv.Itoa(k.drawn), d})
	return d, nil
}

func (k *Keys) Destroy(names ...string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	for i, n := range k.keys {
		if slices.Contains(names, n.name) {
			clear(k.keys[i].key[:])
		}
	}
	k.keys = slices.DeleteFunc(k.keys, func(n named) bool { return slices.Contains(names, n.name) })
	return nil
}
