package main

import (
	"strings"
	"sync"
)

// Kinds of permission, with the numbers of authpb.Permission.
const (
	reading = 0
	writing = 1
	both    = 2
)

// caller is who asks: a token, or the name in a verified certificate. The gateway's calls have no name: etcd
// dials itself for them with its own certificate and does not take that for the user.
type caller struct{ token, name string }

type permission struct {
	kind     int64
	from, to string
}

type user struct {
	password string
	roles    []string
}

// auth is the part of etcd's auth store that the claims use (server/auth/store.go).
type auth struct {
	lock        sync.Mutex
	enabled     bool
	byName      bool
	users       map[string]*user
	roles       map[string][]permission
	tokens      map[string]string
	tokensGiven int
}

func newAuth(byName bool) *auth {
	return &auth{byName: byName, users: map[string]*user{}, roles: map[string][]permission{}, tokens: map[string]string{}}
}

func (a *auth) isEnabled() bool {
	a.lock.Lock()
	defer a.lock.Unlock()
	return a.enabled
}

func (a *auth) nameOf(by caller) string {
	a.lock.Lock()
	defer a.lock.Unlock()
	if by.token != "" {
		return a.tokens[strings.TrimPrefix(by.token, "Bearer ")]
	}
	if a.byName {
		return by.name
	}
	return ""
}

var denied = &status{codePermissionDenied, "etcdserver: permission denied"}

// permits returns why a caller may not touch a range, or nil.
func (a *auth) permits(by caller, from, to string, kind int64) *status {
	if !a.isEnabled() || breaks(commonNameIgnored) && by.token == "" {
		return nil
	}
	name := a.nameOf(by)
	switch {
	case by.token != "" && name == "":
		return &status{codeUnauthenticated, "etcdserver: invalid auth token"}
	case name == "":
		return &status{codeInvalidArgument, "etcdserver: user name is empty"}
	}
	a.lock.Lock()
	defer a.lock.Unlock()
	u := a.users[name]
	if u == nil {
		fail("cannot find a user for permission check", "user-name", name)
		return denied
	}
	for _, role := range u.roles {
		if role == "root" {
			return nil
		}
		for _, p := range a.roles[role] {
			if (p.kind == kind || p.kind == both) && p.covers(from, to) {
				return nil
			}
		}
	}
	return denied
}

func (p permission) covers(from, to string) bool {
	if to == "" {
		return within(from, p.from, p.to)
	}
	return from >= p.from && (p.to == "\x00" || to != "\x00" && to <= p.to)
}
