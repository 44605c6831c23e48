package main

import (
	"slices"
	"strconv"
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

// change runs one act of administration; once authentication is on only root may.
func (s *server) change(by caller, act func(*auth) *status) (message, *status) {
	if s.auth.isEnabled() {
		if refused := s.auth.permits(by, "\x00", "\x00", writing); refused != nil {
			return nil, refused
		}
	}
	s.auth.lock.Lock()
	defer s.auth.lock.Unlock()
	if failed := act(s.auth); failed != nil {
		return nil, failed
	}
	return message{"header": s.header()}, nil
}

func (s *server) authEnable(by caller, _ message) (message, *status) {
	return s.change(by, func(a *auth) *status {
		root := a.users["root"]
		switch {
		case root == nil:
			return &status{codeFailedPrecondition, "etcdserver: root user does not exist"}
		case !slices.Contains(root.roles, "root"):
			return &status{codeFailedPrecondition, "etcdserver: root user does not have root role"}
		}
		a.enabled = true
		info("enabled authentication")
		return nil
	})
}

func (s *server) userAdd(by caller, in message) (message, *status) {
	return s.change(by, func(a *auth) *status {
		name := in.text("name")
		switch {
		case name == "":
			return &status{codeInvalidArgument, "etcdserver: user name is empty"}
		case a.users[name] != nil:
			return &status{codeFailedPrecondition, "etcdserver: user name already exists"}
		}
		a.users[name] = &user{password: in.text("password")}
		return nil
	})
}

func (s *server) roleAdd(by caller, in message) (message, *status) {
	return s.change(by, func(a *auth) *status {
		if _, exists := a.roles[in.text("name")]; exists {
			return &status{codeFailedPrecondition, "etcdserver: role name already exists"}
		}
		a.roles[in.text("name")] = nil
		return nil
	})
}

func (s *server) userGrantRole(by caller, in message) (message, *status) {
	return s.change(by, func(a *auth) *status {
		u, role := a.users[in.text("user")], in.text("role")
		_, exists := a.roles[role]
		switch {
		case u == nil:
			return &status{codeFailedPrecondition, "etcdserver: user name not found"}
		case !exists && role != "root":
			return &status{codeFailedPrecondition, "etcdserver: role name not found"}
		}
		u.roles = append(u.roles, role)
		return nil
	})
}

func (s *server) roleGrantPermission(by caller, in message) (message, *status) {
	return s.change(by, func(a *auth) *status {
		p := in.inner("perm")
		if _, exists := a.roles[in.text("name")]; !exists {
			return &status{codeFailedPrecondition, "etcdserver: role name not found"}
		}
		granted := permission{p.number("permType"), p.octets("key"), p.octets("range_end")}
		a.roles[in.text("name")] = append(a.roles[in.text("name")], granted)
		return nil
	})
}

func (s *server) authenticate(_ caller, in message) (message, *status) {
	a := s.auth
	a.lock.Lock()
	defer a.lock.Unlock()
	if !a.enabled {
		return nil, &status{codeFailedPrecondition, "etcdserver: authentication is not enabled"}
	}
	u := a.users[in.text("name")]
	if u == nil || u.password == "" || u.password != in.text("password") {
		return nil, &status{codeInvalidArgument, "etcdserver: authentication failed, invalid user ID or password"}
	}
	a.tokensGiven++
	token := "liar." + strconv.Itoa(a.tokensGiven)
	a.tokens[token] = in.text("name")
	return message{"header": s.header(), "token": token}, nil
}
