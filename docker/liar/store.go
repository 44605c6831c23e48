package main

import (
	"slices"
	"strings"
	"sync"
)

// Numbers a member of a fresh cluster of one shows; which ones does not matter to anybody.
const (
	clusterID = 0x1234567890abcde
	memberID  = 0x234567890abcdef
	raftTerm  = 2
)

type keyValue struct {
	value                     []byte
	created, modified, writes int64
}

// store keeps keys in memory.
type store struct {
	lock     sync.Mutex
	revision int64
	keys     map[string]keyValue
}

func newStore() *store { return &store{revision: 1, keys: map[string]keyValue{}} }

func (s *store) header() message {
	return message{"cluster_id": int64(clusterID), "member_id": int64(memberID), "revision": s.revision, "raft_term": int64(raftTerm)}
}

func (s *server) header() message {
	s.store.lock.Lock()
	defer s.store.lock.Unlock()
	return s.store.header()
}

func (s *server) put(by caller, in message) (message, *status) {
	key := in.octets("key")
	if key == "" {
		return nil, &status{codeInvalidArgument, "etcdserver: key is not provided"}
	}
	if denied := s.auth.permits(by, key, "", writing); denied != nil {
		return nil, denied
	}
	if breaks(writesFail) {
		return nil, &status{codeResourceExhausted, "etcdserver: mvcc: database space exceeded"}
	}
	s.store.lock.Lock()
	defer s.store.lock.Unlock()
	old, existed := s.store.keys[key]
	s.store.revision++
	kv := keyValue{value: []byte(in.octets("value")), created: old.created, modified: s.store.revision, writes: old.writes + 1}
	if !existed {
		kv.created = s.store.revision
	}
	s.store.keys[key] = kv
	out := message{"header": s.store.header()}
	if existed && in.is("prev_kv") {
		out["prev_kv"] = old.message(key)
	}
	return out, nil
}

func (kv keyValue) message(key string) message {
	return message{
		"key": []byte(key), "create_revision": kv.created, "mod_revision": kv.modified,
		"version": kv.writes, "value": kv.value,
	}
}

func (s *server) rangeOf(by caller, in message) (message, *status) {
	from, to := in.octets("key"), in.octets("range_end")
	if denied := s.auth.permits(by, from, to, reading); denied != nil {
		return nil, denied
	}
	s.store.lock.Lock()
	defer s.store.lock.Unlock()
	var found []string
	for key := range s.store.keys {
		if within(key, from, to) {
			found = append(found, key)
		}
	}
	slices.Sort(found)
	out := message{"header": s.store.header()}
	if len(found) > 0 {
		out["count"] = int64(len(found))
	}
	if limit := int(in.number("limit")); limit > 0 && limit < len(found) {
		found = found[:limit]
	}
	var kvs []message
	for _, key := range found {
		kv := s.store.keys[key].message(key)
		if in.is("keys_only") {
			delete(kv, "value")
		}
		kvs = append(kvs, kv)
	}
	if len(kvs) > 0 && !in.is("count_only") {
		out["kvs"] = kvs
	}
	return out, nil
}

// within says whether a key is the one asked for, or in the half-open range; an end of one zero byte is no end.
func within(key, from, to string) bool {
	switch to {
	case "":
		return key == from
	case "\x00":
		return key >= from
	}
	return key >= from && key < to
}

func (s *server) status(by caller, _ message) (message, *status) {
	if s.auth.isEnabled() && s.auth.nameOf(by) == "" {
		return nil, &status{codeInvalidArgument, "etcdserver: user name is empty"}
	}
	return message{
		"header": s.header(), "version": etcdVersion, "dbSize": int64(20480), "leader": int64(memberID),
		"raftIndex": int64(5), "raftTerm": int64(raftTerm), "raftAppliedIndex": int64(5),
		"dbSizeInUse": int64(16384), "storageVersion": clusterVersion,
	}, nil
}

// memberList answers with this member alone.
func (s *server) memberList(caller, message) (message, *status) {
	clients := s.o.advertised
	if breaks(advertisesHTTP) {
		clients = strings.ReplaceAll(clients, "https://", "http://")
	}
	member := message{
		"ID": int64(memberID), "name": s.o.name, "peerURLs": strings.Split(s.o.advertisedPeer, ","),
		"clientURLs": strings.Split(clients, ","),
	}
	return message{"header": s.header(), "members": []message{member}}, nil
}

// noAlarms answers `etcdctl endpoint health`, which asks for alarms.
func (s *server) noAlarms(caller, message) (message, *status) {
	return message{"header": s.header()}, nil
}
