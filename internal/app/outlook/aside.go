//go:build !js

package outlook

import "context"

// aside is the context of work that goes on beside the pages.
func aside(ctx context.Context) context.Context { return ctx }
