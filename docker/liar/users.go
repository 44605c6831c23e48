package main

import (
	"slices"
	"strconv"
)

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
