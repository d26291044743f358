package web

// Routes are all that New mounts, for tests that go over each.
var Routes = routes
