package share

import (
	"context"
	"io"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// Visitor reaches what anybody may on somebody's host.
type Visitor interface {
	Card(ctx context.Context, log wire.Address) ([]byte, error)
	Post(ctx context.Context, log wire.Address, letter []byte) error
}

// Sharing is one device's journal and its ways to the hosts.
type Sharing struct {
	App   *app.App
	Union *union.Union
	// Visit reaches anybody's host.
	Visit func(base string) (Visitor, error)
	// Random is the source of keys and addresses: crypto/rand.Reader.
	Random io.Reader
	Texts  *locale.Texts
}
